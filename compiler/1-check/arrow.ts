import type { Argument, Call, Expression, Name, NumberLiteral, Reference } from '../../grammar/ast.ts';
import type { Span } from '../../grammar/source.ts';
import { expressionText } from '../expression-text.ts';
import { type Fault, fault } from '../fault.ts';
import { featureSide } from '../foreign.ts';
import type { Callable } from './callable.ts';
import type { Context } from './context.ts';
import { flagNames, longName, shortForm } from './option-names.ts';
import { removal, unknownOption } from './stray.ts';

/**
 * `linear 400 120` and `conv 3 6 5`, as other frameworks have it, are reported as one mistake and read as
 * `linear 400->120` and `conv 3->6 k5`. All other arguments are given back as they are.
 */
export function withArrow(context: Context, call: Call, layer: Callable): readonly Argument[] {
  const named = withNamedSizes(context, call, layer);
  if (named) return named;
  const positional = layer.positional ?? [];
  const plain = call.arguments.flatMap((argument) =>
    argument.kind === 'positional' && isFeatures(context, layer, argument.value) ? [argument.value] : [],
  );
  const least = positional.length === 0 && layer.sizes === 'both' ? 1 : 2;
  const enough = plain.length >= least && plain.length <= 2 + positional.length;
  if (layer.sizes === 'none' || !enough || call.arguments.some(({ kind }) => kind === 'sizes')) return call.arguments;

  const [from, out] = plain.length === 1 ? [undefined, plain[0]!] : [plain[0], plain[1]!];
  const options = plain.slice(2).map((value, index) => {
    const name = positional[index]!;
    const { short } = layer.options[name]!;
    const text = short && value.kind === 'number' ? `${short}${value.text}` : `${name}=${value.text}`;
    return {
      argument: { kind: 'option' as const, span: value.span, name: { text: name, span: value.span }, value },
      text,
    };
  });
  const span = { ...out.span, start: (from ?? out).span.start };
  const arrow = `${from?.text ?? ''}->${out.text}`;
  const title = [call.callee.text, arrow, ...options.map(({ text }) => text)].join(' ');
  const edits = [{ span, text: arrow }, ...options.map(({ argument, text }) => ({ span: argument.span, text }))];
  const evidence = { layer: call.callee.text, takes: positional, instead: title };
  context.report(fault('use/positional', span, evidence, { fix: { title, edits } }));
  return [
    { kind: 'sizes', span, ...(from && { in: from }), out, arrow: span },
    ...options.map(({ argument }) => argument),
    ...call.arguments.filter((each) => each.kind !== 'positional' || !isFeatures(context, layer, each.value)),
  ];
}

/** `linear in_features=400 out_features=120` is likewise read as `linear 400->120`. */
function withNamedSizes(context: Context, call: Call, layer: Callable): readonly Argument[] | undefined {
  const sides = new Map<'in' | 'out', NamedSize>();
  const others = call.arguments.filter((argument) => {
    if (argument.kind !== 'option' || argument.value.kind === 'body') return true;
    const { name, value, span } = argument;
    const side = longName(layer, name.text) === undefined ? featureSide(name.text) : undefined;
    if (side === undefined || sides.has(side)) return true;
    sides.set(side, { name, value, span });
    return false;
  });
  const [out, from] = [sides.get('out'), sides.get('in')];
  const isAlone = others.every(
    (each) => each.kind !== 'sizes' && !(each.kind === 'positional' && isFeatures(context, layer, each.value)),
  );
  if (layer.sizes === 'none' || !out || !isAlone) return undefined;

  const arrow = `${from ? expressionText(from.value) : ''}->${expressionText(out.value)}`;
  const [first, second] = [out, ...(from ? [from] : [])].toSorted((a, b) => a.span.start - b.span.start);
  const edits = [{ span: first!.span, text: arrow }, ...(second ? removal(call, second.span, '').edits : [])];
  const found = unknownOption(layer, call.callee.text, first!.name).found;
  context.report({ ...found, fix: { title: `${call.callee.text} ${arrow}`, edits } } as Fault);
  const { span } = first!;
  return [{ kind: 'sizes', span, ...(from && { in: from.value }), out: out.value, arrow: span }, ...others];
}

interface NamedSize {
  readonly name: Name;
  readonly value: Expression;
  readonly span: Span;
}

/** A number, or a name of one that is nothing else to the layer. */
function isFeatures(context: Context, layer: Callable, value: Expression): value is NumberLiteral | Reference {
  if (value.kind === 'number') return true;
  if (value.kind !== 'name' || context.scope.find(value.text)?.kind !== 'constant') return false;
  return !flagNames(layer).includes(value.text) && !shortForm(layer, value.text, value.span);
}
