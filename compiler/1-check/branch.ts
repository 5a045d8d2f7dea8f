import type { Argument, Call, Reference } from '../../grammar/ast.ts';
import { fault } from '../fault.ts';
import { type Callable, callableOf } from './callable.ts';
import { type Callee, calleeOf } from './callee.ts';
import type { Context } from './context.ts';
import { flagNames, longName, shortForm } from './option-names.ts';

/**
 * `add param [9]`, a layer among the operands of a join without braces, is reported and read as `add { param [9] }`: what
 * follows it and is no operand of the join is taken for its arguments. All other arguments are given back as they are.
 */
export function withBranches(context: Context, call: Call, join: Callable): readonly Argument[] {
  if (join.operands !== 'join') return call.arguments;
  const all: Argument[] = [];
  const rest = [...call.arguments];
  for (let argument = rest.shift(); argument; argument = rest.shift()) {
    const inner = layerAmong(context, join, argument);
    if (!inner) {
      all.push(argument);
      continue;
    }
    const after = rest.findIndex((each) => !belongs(context, each, inner, join));
    all.push(branchOf(context, call, argument, inner, rest.splice(0, after < 0 ? rest.length : after)));
  }
  return all;
}

interface Inner {
  readonly name: Reference;
  readonly callee: Callee;
  /** What its arguments are sorted by, where that is known. */
  readonly layer?: Callable;
}

/** The layer that an argument names, where it is nothing else to the join. */
function layerAmong(context: Context, join: Callable, argument: Argument): Inner | undefined {
  if (argument.kind !== 'positional' || argument.value.kind !== 'name') return undefined;
  const name = argument.value;
  const { text, span } = name;
  if (context.refused.has(text) || context.scope.find(text)?.kind === 'value') return undefined;
  if (flagNames(join).includes(text) || shortForm(join, text, span)) return undefined;
  const callee = calleeOf(context, text);
  if (!callee || callee.kind === 'unknown') return undefined;
  if (callee.kind === 'layer') return { name, callee, layer: callee.layer };
  return callee.kind === 'block' ? { name, callee, layer: callableOf(callee.block) } : { name, callee };
}

/** Whether an argument behind a layer is one of the layer rather than of the join. */
function belongs(context: Context, argument: Argument, inner: Inner, join: Callable): boolean {
  if (isJoin(inner)) {
    // It has operands of its own, but no other join, so that a row of joins does not nest.
    const other = layerAmong(context, join, argument);
    return !other || !isJoin(other);
  }
  const { layer } = inner;
  switch (argument.kind) {
    case 'branch':
      return false;
    case 'sizes':
      return true;
    case 'option': {
      const name = argument.name.text;
      return longName(join, name) === undefined || (layer !== undefined && longName(layer, name) !== undefined);
    }
    case 'positional': {
      if (argument.value.kind !== 'name') return true;
      const { text, span } = argument.value;
      if (context.scope.find(text)?.kind === 'value') return false;
      const isOwn = layer && (flagNames(layer).includes(text) || shortForm(layer, text, span) !== undefined);
      return isOwn || (!flagNames(join).includes(text) && layerAmong(context, join, argument) === undefined);
    }
  }
}

function isJoin({ callee, layer }: Inner): boolean {
  return callee.kind === 'residual' || layer?.operands === 'join';
}

/** Reports a layer that stands without braces; gives it and its arguments in braces. */
function branchOf(
  context: Context,
  call: Call,
  first: Argument,
  { name, callee }: Inner,
  own: readonly Argument[],
): Argument {
  const { text, span: start } = name;
  const span = { ...start, end: (own.at(-1) ?? first).span.end };
  const instead = `${call.callee.text} { ${text}${own.length > 0 ? ' …' : ''} }`;
  const edits = [
    { span: { ...span, end: span.start }, text: '{ ' },
    { span: { ...span, start: span.end }, text: ' }' },
  ];
  const evidence = { join: call.callee.text, name: text, what: callee.what, instead };
  context.report(fault('use/operand', start, evidence, { fix: { title: instead, edits } }));
  const stage: Call = { kind: 'call', span, callee: { text, span: start }, arguments: own };
  const line = { kind: 'pipeline', span, stages: [stage] } as const;
  return { kind: 'branch', span, body: { kind: 'body', span, lines: [line] } };
}
