import { type Position, positionAt, type Span } from '../../grammar/source.ts';
import type { Fault } from '../fault.ts';
import { type LocatedText, locate } from './code-frame.ts';

/** The texts that spans point into, by the names of their sources. A span of another name is shown without its code. */
export type Texts = ReadonlyMap<string, string>;

/** A span in lines and columns, which count from 1, and offsets from 0; all are in UTF-16 units. */
export interface Region {
  readonly start: Position;
  readonly end: Position;
}

export interface Locator {
  text(name: string): LocatedText | undefined;
  /** A span of a text that is not known is at the beginning of it. */
  region(span: Span): Region;
}

/** Finds lines, and each text's line starts only once. */
export function locator(texts: Texts): Locator {
  const known = new Map<string, LocatedText>();
  const text = (name: string): LocatedText | undefined => {
    const written = texts.get(name);
    if (written === undefined || known.has(name)) return known.get(name);
    const located = locate(written);
    known.set(name, located);
    return located;
  };
  const position = (source: LocatedText | undefined, offset: number): Position =>
    source ? positionAt(source.starts, Math.min(offset, source.text.length)) : { line: 1, column: 1, offset: 0 };
  const region = ({ source, start, end }: Span): Region => ({
    start: position(text(source), start),
    end: position(text(source), end),
  });
  return { text, region };
}

/** By file, in the order of the texts, and then by place: faults are read beside the file. */
export function inOrder(faults: readonly Fault[], texts: Texts): readonly Fault[] {
  const order = new Map([...texts.keys()].map((name, index) => [name, index]));
  const rank = (fault: Fault) => order.get(fault.span.source) ?? order.size;
  return [...faults].sort((left, right) => rank(left) - rank(right) || left.span.start - right.span.start);
}

/** How a source is called in a report for another tool, which may count its paths from another folder. */
export type PathOf = (source: string) => string;
