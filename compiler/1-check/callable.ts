import type { Block } from '../../grammar/ast.ts';
import type { AnyLayer, OptionSpec } from '../layer.ts';

/** What the arguments of a call are sorted by: of a layer its record, of a block its head. */
export interface Callable extends Pick<AnyLayer, 'operands' | 'sizes' | 'positional'> {
  readonly options: Readonly<Record<string, CallableOption>>;
}

export interface CallableOption extends Pick<OptionSpec, 'short' | 'choices'> {
  /** A parameter of a block takes what it is given. */
  readonly type: OptionSpec['type'] | 'parameter';
}

/**
 * A block as something to call. `in->out` are sizes as those of a layer; a head with one name takes its number first, without
 * the name. A parameter that is `true` or `false` by default is a flag.
 */
export function callableOf({ sizes, parameters }: Block): Callable {
  const options: Record<string, CallableOption> = {};
  const only = sizes && !sizes.out ? sizes.in.text : undefined;
  if (only !== undefined) options[only] = { type: 'parameter' };
  for (const { name, default: value } of parameters) {
    options[name.text] = { type: value?.kind === 'boolean' ? 'boolean' : 'parameter' };
  }
  return {
    operands: 'one',
    sizes: sizes?.out ? 'both' : 'none',
    positional: only === undefined ? [] : [only],
    options,
  };
}
