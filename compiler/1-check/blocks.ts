import type { Fault } from '../fault.ts';
import { checkBlockAlone } from './block-call.ts';
import { checkBody } from './body.ts';
import { createBuilder } from './builder.ts';
import type { Declarations } from './declarations.ts';
import { createPaths, pathScope } from './paths.ts';
import { innerScope } from './scope.ts';

/** Reports what is wrong with the blocks of a file whoever calls them: names, options, labels. */
export function checkBlocks(declarations: Declarations, report: (fault: Fault) => void): void {
  for (const block of declarations.blocks) {
    const callee = declarations.callee(block.name.text);
    if (callee?.kind !== 'block') continue;
    const context = {
      declarations,
      builder: createBuilder(),
      paths: createPaths(),
      pathScope: pathScope(''),
      scope: innerScope(declarations.constants),
      named: new Map(),
      inputs: [],
      blocks: [],
      varies: true,
      report,
    };
    checkBlockAlone(context, callee, checkBody);
  }
}
