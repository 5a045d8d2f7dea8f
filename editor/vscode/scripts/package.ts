/** `npm run package:vscode`: bundles the extension and packs it into `netc.vsix`, with Microsoft's own tool for that. */
import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildExtension, folder } from './build.ts';

export const vsix = join(folder, 'netc.vsix');

/** In bytes: what people wait for when they install it. */
const largest = 3_000_000;

export async function packageExtension(): Promise<void> {
  await buildExtension();
  await tool().createVSIX({ cwd: folder, packagePath: vsix, dependencies: false, allowMissingRepository: true });
  const { size } = statSync(vsix);
  if (size > largest) throw new Error(`${vsix} has ${size} bytes, and may have ${largest}`);
}

/** It is no package of the repository itself, which few of those who work on it need; it is installed when it is first asked for. */
function tool(): PackagingTool {
  if (!existsSync(join(folder, 'node_modules/@vscode/vsce')))
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: folder,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
  return createRequire(join(folder, 'package.json'))('@vscode/vsce') as PackagingTool;
}

interface PackagingTool {
  createVSIX(options: {
    readonly cwd: string;
    readonly packagePath: string;
    /** Whether packages of `node_modules` are packed as well. */
    readonly dependencies: boolean;
    readonly allowMissingRepository: boolean;
  }): Promise<void>;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await packageExtension();
