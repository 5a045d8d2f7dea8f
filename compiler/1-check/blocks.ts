import type { Block } from '../../grammar/ast.ts';
import { checkBody } from './body.ts';
import { headNames } from './callable.ts';
import { type Context, createContext, environmentOf, isUndeclared, type Listener } from './context.ts';
import type { Declarations } from './declarations.ts';
import { evaluate } from './evaluate.ts';
import { unknown } from './flow.ts';

/** The blocks of a file that can be checked. */
export function blocksOf({ blocks, callee }: Declarations): readonly Block[] {
  return blocks.filter(({ name }) => callee(name.text)?.kind === 'block');
}

/** Reports what is wrong with a block whoever calls it: nothing is known of its parameters and of what flows in. */
export function checkAlone(block: Block, home: Declarations, listener: Listener): void {
  const context: Context = { ...createContext(home, listener), blocks: [block], varies: true };
  for (const name of headNames(block)) {
    if (!isUndeclared(context, name)) continue;
    context.scope.declare(name.text, { kind: 'constant', span: name.span, value: undefined });
  }
  for (const { default: value } of block.parameters) {
    if (value?.kind === 'body') checkBody(context, value, unknown);
    else if (value) evaluate(value, environmentOf(context, unknown));
  }
  checkBody(context, block.body, unknown);
}
