import type { Block, Name } from '../../grammar/ast.ts';
import type { AnyLayer, OptionSpec } from '../layer.ts';

/** What the arguments of a call are sorted by: of a layer its record, of a block its head. */
export interface Callable extends Pick<AnyLayer, 'operands' | 'sizes' | 'positional'> {
  readonly options: Readonly<Record<string, CallableOption>>;
}

export interface CallableOption extends Pick<OptionSpec, 'short' | 'choices' | 'default' | 'optional'> {
  /** A parameter of a block takes what it is given. */
  readonly type: OptionSpec['type'] | 'parameter';
}

/**
 * A block as something to call. `in->out` are sizes as those of a layer; a head with one name takes its number first, without
 * the name. A parameter that is `true` or `false` by default is a flag.
 */
export function callableOf({ sizes, parameters }: Block): Callable {
  const only = sizes && !sizes.out ? sizes.in.text : undefined;
  const options = new Map<string, CallableOption>();
  if (only !== undefined) options.set(only, { type: 'parameter', optional: true });
  for (const { name, default: value } of parameters) {
    const type = value?.kind === 'boolean' ? 'boolean' : 'parameter';
    options.set(name.text, { type, optional: value !== undefined });
  }
  return {
    operands: 'one',
    sizes: sizes?.out ? 'both' : 'none',
    positional: only === undefined ? [] : [only],
    // By definition rather than assignment, so that a parameter may bear any name, even `__proto__`.
    options: Object.fromEntries(options),
  };
}

/** What the head of a block gives names to: its sizes, then its parameters. */
export function headNames({ sizes, parameters }: Block): readonly Name[] {
  const named = sizes ? [sizes.in, ...(sizes.out ? [sizes.out] : [])] : [];
  return [...named, ...parameters.map(({ name }) => name)];
}
