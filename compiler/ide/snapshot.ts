import type { IToken } from 'chevrotain';
import type { File } from '../../grammar/ast.ts';
import { tokenize } from '../../grammar/lexer.ts';
import type { Source } from '../../grammar/source.ts';
import { type AnalyzeOptions, analyze } from '../compile.ts';
import type { Fault } from '../fault.ts';
import type { Graph } from '../graph.ts';
import type { Names } from './names.ts';
import type { Stages } from './stages.ts';

/**
 * One version of a text with all that is known of it; it never changes. The functions of this folder take one, and offsets
 * in UTF-16 units, and give plain data. All spans are of the text itself unless they name another source.
 */
export interface Snapshot {
  readonly source: Source;
  /** What it was analyzed with: features that ask "what if" analyze another text with the same. */
  readonly options: AnalyzeOptions;
  readonly file: File;
  /** The text itself, then all that it imports, by the names that spans have. */
  readonly sources: readonly Source[];
  /** The nets whose inputs and results are known; one with errors has fewer layers than were written. */
  readonly graphs: readonly Graph[];
  /** Of this text and of all that it imports. */
  readonly faults: readonly Fault[];
  readonly names: Names;
  readonly stages: Stages;
  /** The tokens of the text, as they were written, without comments; and the comments. */
  readonly tokens: readonly IToken[];
  readonly comments: readonly IToken[];
}

/** Analyzes a text; the same text with the same files gives the same snapshot. */
export function snapshot(source: Source, options: AnalyzeOptions = {}): Snapshot {
  const { value, faults } = analyze(source, options);
  const { tokens, comments } = tokenize(source);
  const names: Names = { references: [], at: () => undefined, visible: () => [] };
  const stages: Stages = { all: [], at: () => undefined };
  return { ...value, options, faults, names, stages, tokens, comments };
}
