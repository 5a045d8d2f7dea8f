import type { IToken } from 'chevrotain';
import { type BadLine, changed, placeOf } from './change.ts';
import type { SyntaxFault } from './fault.ts';
import { recognizers, unexpected } from './mistakes.ts';
import type { Failure, Parsed } from './parser.ts';

export interface Diagnosis<Node> {
  readonly fault: SyntaxFault;
  /** What the line means once the mistake is repaired, where that is all that is wrong with it. */
  readonly node?: Node;
}

/**
 * Finds out what a line that does not parse was meant to be. Each known mistake is a guess, and a guess with changes is
 * put to the test: the changed line must parse, or at least be understood beyond the place where it was not.
 */
export function diagnose<Node>(line: BadLine, read: (tokens: readonly IToken[]) => Parsed<Node>): Diagnosis<Node> {
  for (const recognize of line.tokens.length > longestLine ? [] : recognizers) {
    for (const { fault, changes, title, isBold } of recognize(line)) {
      if (changes.length === 0) return { fault: fault({}) };
      const tokens = changed(line, changes);
      const parsed = read(tokens);
      if ('failure' in parsed && (isBold || !goesFurther(line, tokens, parsed.failure))) continue;
      const edits = changes.map((change) => ({ span: placeOf(line, change), text: change.text }));
      const repaired = fault({ fix: { title, edits } });
      return 'node' in parsed ? { fault: repaired, node: parsed.node } : { fault: repaired };
    }
  }
  return { fault: unexpected(line, {}) };
}

/** A line with more tokens is not worth the time that guesses take. */
const longestLine = 10_000;

function goesFurther({ tokens, failure }: BadLine, changedTokens: readonly IToken[], now: Failure): boolean {
  const place = (token: IToken | undefined) => token?.startOffset ?? Number.POSITIVE_INFINITY;
  return place(changedTokens[now.index]) > place(tokens[failure.index]);
}
