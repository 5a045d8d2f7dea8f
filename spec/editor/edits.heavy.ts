import { followEdits } from './follow.ts';
import { editInServer } from './in-server.ts';

/** `edits.spec.ts` for as long as somebody writes in a day. */
describe('a text that is edited all day', () => {
  it('is known as well as one that is read for the first time', () => followEdits(150)).timeout(1_200_000);

  it('is shown by a server as one that it reads for the first time', () => editInServer(2000)).timeout(1_200_000);
});
