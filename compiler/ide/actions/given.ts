import type { Argument, Block, Body, Call, Expression } from '../../../grammar/ast.ts';
import { callableOf } from '../../1-check/callable.ts';
import { flagNames, longName, shortForm } from '../../1-check/option-names.ts';

/** What a call gives to the names in the head of a block; undefined where an argument fits none of them. */
export function givenTo(block: Block, call: Call): ReadonlyMap<string, Expression | Body> | undefined {
  const takes = callableOf(block);
  const given = new Map<string, Expression | Body>();
  const give = (name: string | undefined, value: Expression | Body) => {
    if (name === undefined || given.has(name)) return false;
    given.set(name, value);
    return true;
  };
  const place = (argument: Argument): boolean => {
    switch (argument.kind) {
      case 'sizes': {
        const { in: from, out } = argument;
        return (!from || give(block.sizes?.in.text, from)) && (!out || give(block.sizes?.out?.text, out));
      }
      case 'option':
        return give(longName(takes, argument.name.text), argument.value);
      case 'positional': {
        const { value } = argument;
        if (value.kind === 'name') {
          const { text, span } = value;
          const short = shortForm(takes, text, span);
          if (short) return give(short.option, short.value);
          if (flagNames(takes).includes(text)) return give(text, { kind: 'boolean', span, value: true });
        }
        return give(takes.positional?.[0], value);
      }
      case 'branch':
        return false;
    }
  };
  return call.arguments.every(place) ? given : undefined;
}
