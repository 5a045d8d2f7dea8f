import type { IToken } from 'chevrotain';
import type * as ast from './ast.ts';
import { endOf, retype } from './lexer.ts';
import { Name } from './tokens.ts';

/** What the formatter must know of a tree: tokens are told by their offsets. */
export interface Layout {
  /** Tokens that stand close to the one before them. */
  readonly tightBefore: ReadonlySet<number>;
  /** Tokens that the one after them stands close to. */
  readonly tightAfter: ReadonlySet<number>;
  /** The last names before the parameters of a block, which are parted from them. */
  readonly blockHeads: ReadonlySet<number>;
  /** Names whose `=` has no blanks around it. */
  readonly options: ReadonlySet<number>;
  /** Where the last part of a `? :` begins. */
  readonly alternatives: ReadonlySet<number>;
  /** Calls by the place of the layer's name. */
  readonly calls: ReadonlyMap<number, ast.Call>;
  /** All names that are given in the file. */
  readonly names: ReadonlySet<string>;
}

type Node =
  | ast.File
  | ast.Declaration
  | ast.Body
  | ast.Line
  | ast.Stage
  | ast.Argument
  | ast.Expression
  // Names and other parts have no kind.
  | { readonly kind?: undefined; readonly text?: string };

/** Collects from a tree what its tokens alone do not tell the formatter. */
export function layoutOf(file: ast.File): Layout {
  const tightBefore = new Set<number>();
  const tightAfter = new Set<number>();
  const blockHeads = new Set<number>();
  const options = new Set<number>();
  const alternatives = new Set<number>();
  const calls = new Map<number, ast.Call>();
  const names = new Set<string>();

  const visit = (node: Node) => {
    switch (node.kind) {
      case 'unary':
        if (node.operator === '-') tightAfter.add(node.span.start);
        break;
      case 'conditional':
        alternatives.add(node.else.span.start);
        break;
      case 'call':
        calls.set(node.callee.span.start, node);
        break;
      case 'sizes':
        if (node.in) tightBefore.add(node.arrow.start);
        if (node.out) tightAfter.add(node.arrow.start);
        break;
      case 'option':
        options.add(node.name.span.start);
        break;
      case 'function':
        for (const { name } of node.options) options.add(name.span.start);
        break;
      case 'act':
        tightAfter.add(node.name.span.start);
        break;
      case 'block':
        blockHeads.add((node.sizes?.out ?? node.sizes?.in ?? node.name).span.start);
        for (const { name } of node.parameters) options.add(name.span.start);
        if (node.sizes?.out) {
          tightAfter.add(node.sizes.in.span.start);
          tightBefore.add(node.sizes.out.span.start);
        }
        break;
      case 'net':
        tightAfter.add(node.name.span.start);
        for (const { type } of [...node.inputs, ...(node.result?.outputs ?? [])]) {
          if (type.element) tightAfter.add(type.element.span.start);
        }
        break;
      case undefined:
        if (node.text !== undefined) names.add(node.text);
        break;
    }
  };

  const rest: unknown[] = [file];
  while (rest.length > 0) {
    const value = rest.pop();
    if (typeof value !== 'object' || value === null) continue;
    // Trees are plain data: what is an object in them is a node or a list.
    if (!Array.isArray(value)) visit(value as Node);
    for (const part of Object.values(value)) rest.push(part);
  }
  return { tightBefore, tightAfter, blockHeads, options, alternatives, calls, names };
}

/** The tokens of a line with the arguments of its calls in order, and options in their short form. */
export function arrange(text: string, tokens: readonly IToken[], layout: Layout): readonly IToken[] {
  const parts: (readonly IToken[])[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]!;
    parts.push([token]);
    const call = layout.calls.get(token.startOffset);
    if (!call) continue;
    const written = call.arguments.map((argument): Written => {
      const first = index + 1;
      while (index + 1 < tokens.length && tokens[index + 1]!.startOffset < argument.span.end) index++;
      return { argument, tokens: tokens.slice(first, index + 1) };
    });
    const ordered = inOrder(text, endOf(token), written);
    for (const [place, each] of ordered.entries()) {
      const next = ordered[place + 1]?.argument;
      // What stands before an arrow is a size.
      const isBeforeArrow = next?.kind === 'sizes' && !next.in;
      const short = isBeforeArrow ? undefined : shortForm(each, layout);
      parts.push(short ? [short] : each.tokens);
    }
  }
  return parts.flat();
}

interface Written {
  readonly argument: ast.Argument;
  readonly tokens: readonly IToken[];
}

/** Sizes first, the rest as written; on one line of text, so that no comment loses its place. */
function inOrder(text: string, start: number, written: readonly Written[]): readonly Written[] {
  const sizes = written.filter(({ argument }) => argument.kind === 'sizes');
  const only = sizes[0];
  if (sizes.length !== 1 || only?.argument.kind !== 'sizes') return written;
  // Behind `3->` a number would become the other size.
  if (!only.argument.out || /[\n\r]/.test(text.slice(start, only.argument.span.end))) return written;
  return [only, ...written.filter((each) => each !== only)];
}

/** `k5` for `k=5`, unless the file has a name `k5`. */
function shortForm({ argument, tokens }: Written, layout: Layout): IToken | undefined {
  if (argument.kind !== 'option' || argument.name.text.length !== 1 || tokens.length !== 3) return undefined;
  const [name, , value] = tokens;
  const short = `${name!.image}${value!.image}`;
  return /^[A-Za-z]\d+(?:x\d+)*$/.test(short) && !layout.names.has(short) ? retype(name!, Name, short) : undefined;
}
