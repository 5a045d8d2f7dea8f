import type { Call } from '../../grammar/ast.ts';
import type { Span } from '../../grammar/source.ts';
import type { Context } from './context.ts';

/** Layers of the language that this version does not have, so that nobody is sent after a slip of the pen. */
export const later: ReadonlySet<string> = new Set(
  [
    'deconv embedding rnn lstm gru attention adaptiveavgpool adaptivemaxpool',
    'layernorm groupnorm instancenorm rmsnorm localresponsenorm',
    'reshape permute pad crop slice select split upsample pixelshuffle pixelunshuffle',
    'mean sum matmul normalize param glu softmin',
  ].flatMap((names) => names.split(' ')),
);

/** Where a call says `share`, unless that is the name of something. */
export function sharing({ scope }: Context, call: Call): Span | undefined {
  const share = call.arguments.find(
    (argument) =>
      argument.kind === 'positional' &&
      argument.value.kind === 'name' &&
      argument.value.text === 'share' &&
      !scope.find('share'),
  );
  return share?.span;
}
