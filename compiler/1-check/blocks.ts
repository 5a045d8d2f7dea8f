import type { Block } from '../../grammar/ast.ts';
import type { Fault } from '../fault.ts';
import { checkBody } from './body.ts';
import { headNames } from './callable.ts';
import { type Context, createContext, environmentOf, isUndeclared } from './context.ts';
import type { Declarations } from './declarations.ts';
import { evaluate } from './evaluate.ts';
import { unknown } from './flow.ts';
import type { Observer } from './observer.ts';

/** Reports what is wrong with the blocks of a file whoever calls them: names, options, labels. */
export function checkBlocks(declarations: Declarations, report: (fault: Fault) => void, observer?: Observer): void {
  for (const block of declarations.blocks) {
    if (declarations.callee(block.name.text)?.kind !== 'block') continue;
    checkAlone({ ...createContext(declarations, report, observer), blocks: [block], varies: true }, block);
  }
}

/** Nothing is known of the parameters and of what flows in. */
function checkAlone(context: Context, block: Block): void {
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
