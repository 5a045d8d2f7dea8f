import type { Argument, Call, Expression, NumberLiteral, Reference } from '../../grammar/ast.ts';
import { fault } from '../fault.ts';
import type { Callable } from './callable.ts';
import type { Context } from './context.ts';
import { flagNames, shortForm } from './option-names.ts';

/**
 * `linear 400 120` and `conv 3 6 5`, as other frameworks have it, are reported as one mistake and read as
 * `linear 400->120` and `conv 3->6 k5`. All other arguments are given back as they are.
 */
export function withArrow(context: Context, call: Call, layer: Callable): readonly Argument[] {
  const positional = layer.positional ?? [];
  const plain = call.arguments.flatMap((argument) =>
    argument.kind === 'positional' && isFeatures(context, layer, argument.value) ? [argument.value] : [],
  );
  const enough = plain.length >= (positional.length === 0 ? 1 : 2) && plain.length <= 2 + positional.length;
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

/** A number, or a name of one that is nothing else to the layer. */
function isFeatures(context: Context, layer: Callable, value: Expression): value is NumberLiteral | Reference {
  if (value.kind === 'number') return true;
  if (value.kind !== 'name' || context.scope.find(value.text)?.kind !== 'constant') return false;
  return !flagNames(layer).includes(value.text) && !shortForm(layer, value.text, value.span);
}
