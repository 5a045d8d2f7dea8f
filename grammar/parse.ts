import type { IToken } from 'chevrotain';
import type { Body, Broken, Declaration, Doc, File, Line } from './ast.ts';
import { balance } from './balance.ts';
import { broken } from './broken.ts';
import { diagnose } from './diagnose.ts';
import { faultLimit, type SyntaxFault, syntaxFault } from './fault.ts';
import { endOf, spanOf, tokenize } from './lexer.ts';
import type { ParseMemo } from './memo.ts';
import { type BracesToken, isBraces, type Outline, type OutlineLine, outline } from './outline.ts';
import { LineParser, type Rules } from './parser.ts';
import type { Source, Span } from './source.ts';

/** The longest text that is read, in UTF-16 units: it bounds the time and the memory that a text can cost. */
export const sizeLimit = 1_000_000;

export interface ParsedFile {
  readonly value: File;
  /** In the order of the text, one for each line at most. */
  readonly faults: readonly SyntaxFault[];
}

/**
 * Text to tree: `lexer.ts` cuts the text into tokens, `balance.ts` makes the brackets match, `outline.ts` cuts the tokens
 * into lines, `parser.ts` reads one line at a time, and `diagnose.ts` says what is wrong with one that it cannot read.
 *
 * It never throws: a line that cannot be understood is `Broken`, and the lines around it are still there.
 */
export function parse(source: Source, memo?: ParseMemo): ParsedFile {
  const { value, faults } = parseLayout(source, memo);
  return { value, faults };
}

/** A tree with what it does not hold: how the text was laid out. */
export interface ParsedLayout extends ParsedFile {
  readonly outline: Outline;
  readonly comments: readonly IToken[];
}

/** For the formatter. */
export function parseLayout(source: Source, memo?: ParseMemo): ParsedLayout {
  const span = { source: source.name, start: 0, end: source.text.length };
  if (source.text.length > sizeLimit) {
    const evidence = { length: source.text.length, limit: sizeLimit };
    const fault = syntaxFault('syntax/size', { ...span, end: 0 }, evidence);
    return { value: { kind: 'file', span, declarations: [] }, faults: [fault], outline: { lines: [] }, comments: [] };
  }
  const { tokens, comments, faults: lexical } = tokenize(source);
  const balanced = balance(source, tokens);
  const lines = outline(source.text, balanced.tokens);
  const { declarations, faults } = readFile(source, lines, comments, [...lexical, ...balanced.faults], memo);
  return { value: { kind: 'file', span, declarations }, faults, outline: lines, comments };
}

/** A table, built on first use since that takes longer than to read a file. */
let lineParser: LineParser | undefined;

/** Parses all lines, outer ones before those of the bodies in them. `early` is what was wrong with signs and brackets. */
function readFile(
  source: Source,
  file: Outline,
  comments: readonly IToken[],
  early: readonly SyntaxFault[],
  memo: ParseMemo | undefined,
): { readonly declarations: readonly Declaration[]; readonly faults: readonly SyntaxFault[] } {
  memo?.turn();
  lineParser ??= new LineParser({ validate: false });
  const parser = lineParser;
  const { faults, faulty, unreadable } = firstOfLines(source.text, file, early);
  const docOf = documentation(source.text, comments);
  const isTouched = touchedLines(early);
  let wasAstray = false;

  /** Lines that stand in a broken one are read for their faults alone; then `kept` is false. */
  function readLines<Rule extends keyof Rules>(rule: Rule, lines: readonly OutlineLine[], kept: boolean) {
    const nodes: (Rules[Rule] | Broken)[] = [];
    for (const line of lines) {
      const node = readLine(rule, line, kept);
      if (kept) nodes.push(node ?? broken(rule, source.name, line));
    }
    return nodes;
  }

  function readLine<Rule extends keyof Rules>(rule: Rule, line: OutlineLine, kept: boolean): Rules[Rule] | undefined {
    const doc = docOf(line);
    if (!memo || !kept || faults.length >= faultLimit || isTouched(line)) return readAnew(rule, line, kept, doc);
    const [first, last] = [line.tokens[0]!, line.tokens.at(-1)!];
    const key = `${rule} ${doc ?? ''}\n${source.text.slice(first.startOffset, endOf(last))}`;
    const known = memo.find(key, first.startOffset);
    // Only this function keeps trees, each under the rule that it was read by.
    if (known) {
      if (rule === 'declaration') wasAstray = false;
      return known as Rules[Rule];
    }
    const before = faults.length;
    const node = readAnew(rule, line, kept, doc);
    if (node && faults.length === before) memo.keep(key, first.startOffset, node);
    return node;
  }

  function readAnew<Rule extends keyof Rules>(
    rule: Rule,
    line: OutlineLine,
    kept: boolean,
    doc: Doc | undefined,
  ): Rules[Rule] | undefined {
    const bodies = new Map<BracesToken, { kind: 'body'; span: Span; lines: Line[] }>();
    for (const token of line.tokens.filter(isBraces)) {
      bodies.set(token, { kind: 'body', span: spanOf(source.name, token), lines: [] });
    }
    const isReadable = faults.length < faultLimit && !(rule === 'line' && unreadable.has(line));
    const node = isReadable ? understand(rule, line, bodies) : undefined;
    for (const [token, body] of bodies) {
      body.lines = readLines('line', token.outline.lines, kept && node !== undefined);
    }
    return node && doc !== undefined && documented.has(node.kind) ? { ...node, doc } : node;
  }

  function understand<Rule extends keyof Rules>(
    rule: Rule,
    line: OutlineLine,
    bodies: ReadonlyMap<IToken, Body>,
  ): Rules[Rule] | undefined {
    const read = (tokens: readonly IToken[], text?: string) => parser.parse(rule, source.name, tokens, bodies, text);
    const parsed = read(line.tokens, isTouched(line) ? undefined : source.text);
    if ('node' in parsed) {
      if (rule === 'declaration') wasAstray = false;
      return parsed.node;
    }
    const { tokens, end } = line;
    const { fault, node } = diagnose({ source, rule, tokens, end, failure: parsed.failure }, read);
    // Layers that stand outside of all nets are one mistake, however many lines there are.
    const isAstray = fault.code === 'syntax/declaration' && !fault.fix;
    // What was wrong with the signs of the line may be the cause of this, too.
    if (!faulty.has(line) && !(isAstray && wasAstray)) faults.push(fault);
    if (rule === 'declaration') wasAstray = isAstray;
    // A head is a small part of what it heads, whose lines may have faults of their own; a line of a body is not.
    return rule === 'declaration' ? node : undefined;
  }

  const declarations = readLines('declaration', file.lines, true);
  return { declarations, faults: faults.sort(byPlace).slice(0, faultLimit) };
}

const documented: ReadonlySet<string> = new Set(['let', 'act', 'block', 'net']);

const byPlace = (a: SyntaxFault, b: SyntaxFault) => a.span.start - b.span.start;

/** Tells lines with early faults, whose tokens may be others than their text says. */
function touchedLines(early: readonly SyntaxFault[]): (line: OutlineLine) => boolean {
  const places = early.map(({ span }) => span.start);
  return ({ start, end }) => places.some((place) => start <= place && place <= end);
}

interface FirstFaults {
  readonly faults: SyntaxFault[];
  /** Lines that have one. */
  readonly faulty: ReadonlySet<OutlineLine>;
  /** Lines with a character that was left out though it may have meant something. */
  readonly unreadable: ReadonlySet<OutlineLine>;
}

/** The first fault of each line, and those that stand in no line; a fault belongs to the innermost line around it. */
function firstOfLines(text: string, file: Outline, all: readonly SyntaxFault[]): FirstFaults {
  const sorted = [...all].sort(byPlace);
  const faults: SyntaxFault[] = [];
  const faulty = new Set<OutlineLine>();
  const unreadable = new Set<OutlineLine>();
  let next = 0;
  const take = (end: number, line?: OutlineLine) => {
    for (; next < sorted.length && sorted[next]!.span.start < end; next++) {
      const fault = sorted[next]!;
      if (!line || !faulty.has(line)) faults.push(fault);
      if (line) faulty.add(line);
      if (line && fault.code === 'syntax/character' && !fault.fix) unreadable.add(line);
    }
  };
  const visit = (lines: readonly OutlineLine[]) => {
    for (const line of lines) {
      take(textLineStart(text, line.tokens[0]!.startOffset, line.start));
      for (const token of line.tokens.filter(isBraces)) {
        take(token.startOffset + 1, line);
        visit(token.outline.lines);
      }
      take(line.end, line);
    }
  };
  visit(file.lines);
  take(Number.POSITIVE_INFINITY);
  return { faults, faulty, unreadable };
}

/** Where the line of text begins in which an offset lies, or `from`, if that comes later. */
function textLineStart(text: string, offset: number, from: number): number {
  let start = offset;
  while (start > from && text[start - 1] !== '\n' && text[start - 1] !== '\r') start--;
  return start;
}

/** Gives, line after line in the order of the text, what the `##` comments before a line say. */
function documentation(text: string, comments: readonly IToken[]): (line: OutlineLine) => Doc | undefined {
  const docs = comments.filter(({ image, startOffset }) => /^##(?!#)/.test(image) && standsAlone(text, startOffset));
  let next = 0;
  return (line) => {
    const lines: string[] = [];
    for (; next < docs.length && docs[next]!.startOffset < line.tokens[0]!.startOffset; next++) {
      if (docs[next]!.startOffset >= line.start) lines.push(docs[next]!.image.slice(2).replace(/^ /, '').trimEnd());
    }
    return lines.length > 0 ? lines.join('\n') : undefined;
  };
}

function standsAlone(text: string, offset: number): boolean {
  let start = offset;
  while (start > 0 && /[^\S\n\r]|\ufeff/.test(text[start - 1]!)) start--;
  return start === 0 || /[\n\r]/.test(text[start - 1]!);
}
