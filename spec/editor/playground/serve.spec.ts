import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { serve } from '../../../editor/playground/serve.ts';

describe('what serves the playground', () => {
  it('answers whatever is asked for', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'netc-serve-'));
    writeFileSync(join(folder, 'index.html'), 'here');
    const { url, server } = await serve(folder);
    const asked = async (path: string) => (await fetch(`${url}${path}`)).status;
    expect(await asked('')).to.equal(200);
    for (const path of ['nothing', '%00', '%', 'x'.repeat(300), '..%2f..%2fetc%2fpasswd']) {
      expect(await asked(path), path).to.equal(404);
    }
    expect(await asked('')).to.equal(200);
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  });
});
