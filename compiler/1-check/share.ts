import type { Call } from '../../grammar/ast.ts';
import type { Span } from '../../grammar/source.ts';
import type { Context } from './context.ts';

/**
 * A call without the word `share`, and where it stood: `tower: Tower share` takes the weights that `tower` has already. A
 * name that means something else is no such word.
 */
export function withoutShare({ scope }: Context, call: Call): { readonly call: Call; readonly share?: Span } {
  const index = call.arguments.findIndex(
    (argument) => argument.kind === 'positional' && argument.value.kind === 'name' && argument.value.text === 'share',
  );
  if (index < 0 || scope.find('share')) return { call };
  return { call: { ...call, arguments: call.arguments.toSpliced(index, 1) }, share: call.arguments[index]!.span };
}
