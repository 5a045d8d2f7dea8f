import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Snapshot, snapshot } from '../../compiler/ide.ts';
import type { Files } from '../../compiler/index.ts';

/** Every net that ships, blocks to import included. */
export const exampleFiles: readonly string[] = readdirSync('examples', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.net'))
  .map((file) => join('examples', file))
  .sort();

export const exampleImports: Files = { read: (name) => ({ text: readFileSync(name, 'utf8') }) };

export function exampleSnapshot(file: string): Snapshot {
  return snapshot({ name: file, text: readFileSync(file, 'utf8') }, { files: exampleImports });
}
