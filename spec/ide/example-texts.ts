import { readFileSync } from 'node:fs';
import { exampleFiles } from './examples.ts';

/** The texts of every net that ships. */
export const exampleTexts: readonly string[] = exampleFiles.map((file) => readFileSync(file, 'utf8'));
