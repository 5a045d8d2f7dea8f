/** `npm run generate` writes what the compiler makes of the examples, so that a diff shows what a change does to it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { generatedExamples } from './generated-examples.ts';

for (const { path, text } of await generatedExamples()) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
