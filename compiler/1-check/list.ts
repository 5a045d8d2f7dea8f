import type { Argument, Call, Expression } from '../../grammar/ast.ts';
import { type Fault, fault, replacement } from '../fault.ts';
import { bare, listText, takesList } from '../foreign.ts';
import type { Callable } from './callable.ts';

/**
 * `reshape 8 16` and `permute 1 0 2`, as the functions of other frameworks have it, are one mistake and read as
 * `reshape [8, 16]`. All other arguments are given back as they are.
 */
export function withList(call: Call, layer: Callable): { readonly all: readonly Argument[]; readonly found?: Fault } {
  const plain = call.arguments.flatMap((argument) =>
    argument.kind === 'positional' && isNumber(argument.value) ? [argument] : [],
  );
  const [first, ...others] = plain;
  const isOne = call.arguments.filter(({ kind }) => kind === 'positional').length === plain.length;
  if (!first || others.length === 0 || !isOne || !takesList(layer)) return { all: call.arguments };

  const span = { ...first.span, end: others.at(-1)!.span.end };
  const items = plain.map(({ value }) => bare(value));
  const text = listText(layer, items);
  const evidence = { layer: call.callee.text, takes: layer.positional ?? [], instead: text };
  const found = fault('use/positional', span, evidence, { fix: replacement(span, text) });
  const value: Expression = { kind: 'shape', span, items };
  const all = call.arguments.flatMap((each) => {
    if (each === first) return [{ ...first, span, value }];
    return others.some((other) => other === each) ? [] : [each];
  });
  return { all, found };
}

function isNumber(value: Expression): boolean {
  const { kind } = bare(value);
  return kind === 'number' || kind === 'unary';
}
