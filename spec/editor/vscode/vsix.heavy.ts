import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageExtension, vsix } from '../../../editor/vscode/scripts/package.ts';
import { initialize, unpack } from '../../../editor/vscode/scripts/start.ts';

/** What people install, made as it is released. */
describe('the packed extension', function () {
  this.timeout(600_000);

  const folder = mkdtempSync(join(tmpdir(), 'netc-vsix-'));
  const extension = join(folder, 'extension');

  before(async () => {
    await packageExtension();
    unpack(folder);
  });

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('is small', () => {
    expect(statSync(vsix).size).to.be.below(3_000_000);
  });

  it('has every file that its manifest names', () => {
    const manifest = JSON.parse(readFileSync(join(extension, 'package.json'), 'utf8'));
    const named: string[] = [];
    JSON.stringify(manifest, (_, value) => {
      if (typeof value === 'string' && /^(\.\/|icons\/).*\.\w+$/.test(value) && !value.includes('*')) named.push(value);
      return value;
    });
    expect(named).to.have.length.greaterThan(7);
    for (const file of [...named, 'dist/NOTICES.txt', 'dist/webview/preview.js', 'dist/webview/style.css'])
      expect(existsSync(join(extension, file)), file).to.equal(true);
  });

  it('has neither sources nor packages in it', () => {
    for (const file of ['src', 'scripts', 'webview', 'node_modules', 'package-lock.json'])
      expect(existsSync(join(extension, file)), file).to.equal(false);
  });

  it('has a server that answers', async () => {
    const { result } = await initialize(folder);
    expect(result.serverInfo?.name).to.equal('netc');
    expect(result.capabilities.hoverProvider).to.be.ok;
  });
});
