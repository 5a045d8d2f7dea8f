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
import { collectFacts, type Facts } from './facts.ts';
import { heardFacts } from './heard-facts.ts';
import { createMemo, type Memo, parseImported } from './memo.ts';
import type { Names } from './names.ts';
import { once } from './once.ts';
import { recallParts } from './parts.ts';
import { type Stages, stagesOf } from './stages.ts';

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
  /** What was found of it, for other versions of the text. */
  readonly memo: Memo;
}

/**
 * Analyzes a text; the same text with the same files gives the same snapshot. What a memo of earlier versions of the text
 * knows is not found again. Names, stages and graphs are found when they are asked for, since most versions are gone by then.
 */
export function snapshot(source: Source, options: AnalyzeOptions = {}, memo: Memo = createMemo()): Snapshot {
  return analyzed(source, options, memo, true);
}

/** What the text would be if it were another one, to which it does not change: it costs what the difference costs. */
export function variant({ source, options, memo }: Snapshot, text: string): Snapshot {
  return analyzed({ ...source, text }, options, memo, false);
}

function analyzed(source: Source, options: AnalyzeOptions, memo: Memo, isNext: boolean): Snapshot {
  const { value: file, faults: syntax } = readText(source, memo.parses);
  const { value: imports, faults: missing } = readImports(file, options.files, (each) => parseImported(memo, each));
  const { observer, facts: own } = collectFacts();
  const parts = recallParts(file, imports, memo);
  const checked = check(file, { ...options, observer, calls: memo.calls, checkPart: parts.checkPart }, imports);
  if (isNext) parts.finish();
  const faults = [...syntax, ...missing, ...checked.faults];
  const facts = heardFacts(file, imports, parts, own);
  const graphs = () => checked.value.map(parts.moved);
  return new AnalyzedText({ source, options, file, imports, faults, memo }, facts, graphs);
}

/** A class, so that all versions of a text have their getters in common. */
class AnalyzedText implements Snapshot {
  readonly source;
  readonly options;
  readonly file;
  readonly imports;
  readonly sources;
  readonly faults;
  readonly memo;
  readonly #graphs;
  readonly #names;
  readonly #stages;
  readonly #lexed;

  constructor(
    known: Pick<Snapshot, 'source' | 'options' | 'file' | 'imports' | 'faults' | 'memo'>,
    facts: Facts,
    graphs: () => readonly Graph[],
  ) {
    const { source, file, imports } = known;
    this.source = source;
    this.options = known.options;
    this.file = file;
    this.imports = imports;
    this.sources = [source, ...imports.sources];
    this.faults = known.faults;
    this.memo = known.memo;
    this.#graphs = once(graphs);
    this.#names = once(() => bind(file, imports, facts));
    this.#stages = once(() => stagesOf(file, facts));
    this.#lexed = once(() => tokenize(source));
  }

  get graphs() {
    return this.#graphs();
  }

  get names() {
    return this.#names();
  }

  get stages() {
    return this.#stages();
  }

  get tokens() {
    return this.#lexed().tokens;
  }

  get comments() {
    return this.#lexed().comments;
  }
}
