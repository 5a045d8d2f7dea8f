import { createParseMemo, type ParseMemo } from '../../grammar/memo.ts';
import type { Source } from '../../grammar/source.ts';
import { type CallMemo, createCallMemo } from '../1-check/call-memo.ts';
import { readText } from '../read.ts';
import type { KnownPart } from './parts.ts';

/**
 * What is known of earlier versions of one text, so that a change costs what it changes: the trees of lines and of imported
 * files, what layers gave, and the checks of blocks and nets. It is for one text with the same options, and only saves time:
 * a snapshot with a memo is the one without.
 */
export interface Memo {
  readonly parses: ParseMemo;
  readonly imported: Map<string, ImportedFile>;
  readonly calls: CallMemo;
  /** Of the last version, by the origin of the declaration. */
  parts: ReadonlyMap<object, KnownPart>;
}

interface ImportedFile {
  readonly text: string;
  readonly parses: ParseMemo;
  readonly parsed: ReturnType<typeof readText>;
}

/** Nothing is known yet. */
export function createMemo(): Memo {
  return {
    parses: createParseMemo(),
    imported: new Map(),
    calls: createCallMemo(),
    parts: new Map(),
  };
}

/** The tree of an imported file: the same one for the same text. */
export function parseImported({ imported }: Memo, source: Source): ReturnType<typeof readText> {
  const known = imported.get(source.name);
  if (known?.text === source.text) return known.parsed;
  const parses = known?.parses ?? createParseMemo();
  const parsed = readText(source, parses);
  imported.set(source.name, { text: source.text, parses, parsed });
  return parsed;
}
