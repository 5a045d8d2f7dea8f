import type { IToken } from 'chevrotain';
import type { Broken, Name } from './ast.ts';
import { spanOf } from './lexer.ts';
import { isName } from './line-tokens.ts';
import { isBraces, type OutlineLine } from './outline.ts';
import type { Rules } from './parser.ts';
import * as t from './tokens.ts';

/** What can still be said of a line that does not parse. */
export function broken(rule: keyof Rules, source: string, line: OutlineLine): Broken {
  const nameOf = (token: IToken): Name => ({ text: token.image, span: spanOf(source, token) });
  const declares: Name[] = [];
  const mentions: Name[] = [];

  const visit = ({ tokens }: OutlineLine, isOuter: boolean) => {
    // What stands in the body of a net or a block is its own; what stands in braces of a line may be seen after it.
    if (rule === 'line' || isOuter) for (const name of declared(rule, tokens)) declares.push(nameOf(name));
    for (const token of tokens) {
      if (isName(token)) mentions.push(nameOf(token));
      if (isBraces(token)) for (const inner of token.outline.lines) visit(inner, false);
    }
  };
  visit(line, true);
  return { kind: 'broken', span: spanOf(source, line.tokens[0]!, line.tokens.at(-1)), declares, mentions };
}

function declared(rule: keyof Rules, tokens: readonly IToken[]): IToken[] {
  const [first, second, third] = tokens;
  switch (first?.tokenType) {
    case t.Import: {
      const end = tokens.findIndex(({ tokenType }) => tokenType === t.From);
      return rule === 'declaration' ? namesIn(tokens.slice(1, end < 0 ? tokens.length : end)) : [];
    }
    case t.From: {
      const end = tokens.findIndex(({ tokenType }) => tokenType === t.Import);
      return rule === 'declaration' && end > 0 ? namesIn(tokens.slice(end + 1)) : [];
    }
    case t.Let:
      return [second].filter(isName);
    case t.Act:
    case t.Block:
    case t.Net:
      return rule === 'declaration' ? [second].filter(isName) : [];
    default: {
      const assigned =
        second?.tokenType === t.Assign || (second?.tokenType === t.Colon && third?.tokenType === t.Assign);
      return assigned ? [first].filter(isName) : [];
    }
  }
}

/** Also those in braces: `import { A } from "./a.net"`. */
function namesIn(tokens: readonly IToken[]): IToken[] {
  return tokens.flatMap((token) =>
    isBraces(token) ? token.outline.lines.flatMap((line) => namesIn(line.tokens)) : isName(token) ? [token] : [],
  );
}
