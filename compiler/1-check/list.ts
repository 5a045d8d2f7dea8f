import type { Argument, Call, Expression } from '../../grammar/ast.ts';
import { fault, replacement } from '../fault.ts';
import { bare, listText, takesList } from '../foreign.ts';
import type { Callable } from './callable.ts';
import type { Context } from './context.ts';

/**
 * `reshape 8 16` and `permute 1 0 2`, as the functions of other frameworks have it, are reported as one mistake and read as
 * `reshape [8, 16]`. All other arguments are given back as they are.
 */
export function withList(context: Context, call: Call, layer: Callable): readonly Argument[] {
  const plain = call.arguments.flatMap((argument) =>
    argument.kind === 'positional' && isNumber(argument.value) ? [argument] : [],
  );
  const [first, ...others] = plain;
  const isOne = call.arguments.filter(({ kind }) => kind === 'positional').length === plain.length;
  if (!first || others.length === 0 || !isOne || !takesList(layer)) return call.arguments;

  const span = { ...first.span, end: others.at(-1)!.span.end };
  const items = plain.map(({ value }) => bare(value));
  const text = listText(layer, items);
  const evidence = { layer: call.callee.text, takes: layer.positional ?? [], instead: text };
  context.report(fault('use/positional', span, evidence, { fix: replacement(span, text) }));
  const value: Expression = { kind: 'shape', span, items };
  return call.arguments.flatMap((each) => {
    if (each === first) return [{ ...first, span, value }];
    return others.some((other) => other === each) ? [] : [each];
  });
}

function isNumber(value: Expression): boolean {
  const { kind } = bare(value);
  return kind === 'number' || kind === 'unary';
}
