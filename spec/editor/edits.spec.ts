import { followEdits } from './follow.ts';
import { editInServer } from './in-server.ts';

describe('a text that is edited', () => {
  it('is known as well as one that is read for the first time', () => followEdits(12));

  it('is shown by a server as one that it reads for the first time', () => editInServer(200));
});
