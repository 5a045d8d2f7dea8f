import type { Argument, Call } from '../../grammar/ast.ts';
import type { Span } from '../../grammar/source.ts';
import { fault, replacement } from '../fault.ts';
import type { Callable } from './callable.ts';
import type { Context } from './context.ts';

/**
 * A call without the word `share`, and where it stood: `tower: Tower share` takes the weights that `tower` has already. A
 * name that means something else is no such word.
 */
export function withoutShare(
  { scope, report }: Context,
  call: Call,
  { options }: Pick<Callable, 'options'>,
): { readonly call: Call; readonly share?: Span } {
  const index = call.arguments.findIndex((argument) =>
    argument.kind === 'option' ? argument.name.text === 'share' && !Object.hasOwn(options, 'share') : isShare(argument),
  );
  const found = call.arguments[index];
  if (!found || scope.find('share')) return { call };
  if (found.kind === 'option') {
    const evidence = {
      layer: call.callee.text,
      option: 'share',
      options: [],
      instead: 'it is a word that stands alone',
    };
    report(fault('name/option', found.span, evidence, { fix: replacement(found.span, 'share') }));
  }
  const { written, ...rest } = call;
  return { call: { ...rest, arguments: call.arguments.toSpliced(index, 1) }, share: found.span };
}

/** Whether an argument is the word `share`, unless a name in scope is called so. */
export function isShare(argument: Argument): boolean {
  return argument.kind === 'positional' && argument.value.kind === 'name' && argument.value.text === 'share';
}
