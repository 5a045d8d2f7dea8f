import type { IToken } from 'chevrotain';
import type { File } from '../../grammar/ast.ts';
import { tokenize } from '../../grammar/lexer.ts';
import type { Source } from '../../grammar/source.ts';
import { check } from '../1-check/check.ts';
import type { AnalyzeOptions } from '../compile.ts';
import type { Fault } from '../fault.ts';
import type { Graph } from '../graph.ts';
import { type Imports, readImports } from '../imports.ts';
import { readText } from '../read.ts';
import { bind } from './bind.ts';
import { collectFacts } from './facts.ts';
import type { Names } from './names.ts';
import { arrangeStages, type Stages } from './stages.ts';

/**
 * One version of a text with all that is known of it; it never changes. The functions of this folder take one, and offsets
 * in UTF-16 units, and give plain data. All spans are of the text itself unless they name another source.
 */
export interface Snapshot {
  readonly source: Source;
  /** What it was analyzed with: features that ask "what if" analyze another text with the same. */
  readonly options: AnalyzeOptions;
  readonly file: File;
  readonly imports: Imports;
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
  const parsed = readText(source);
  const imports = readImports(parsed.value, options.files);
  const { observer, facts } = collectFacts();
  const checked = check(parsed.value, { ...options, observer }, imports.value);
  const { tokens, comments } = tokenize(source);
  return {
    source,
    options,
    file: parsed.value,
    imports: imports.value,
    sources: [source, ...imports.value.sources],
    graphs: checked.value,
    faults: [...parsed.faults, ...imports.faults, ...checked.faults],
    names: bind(parsed.value, imports.value, facts),
    stages: arrangeStages(facts.stagesOf(source.name)),
    tokens,
    comments,
  };
}
