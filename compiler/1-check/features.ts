import type { Argument, Block, Body, Line, Stage } from '../../grammar/ast.ts';
import type { Declarations } from './declarations.ts';

type Axis = 'first' | 'last';

/**
 * The axis that the size of a block before the arrow speaks of: that of the first layer in it which takes the size by its
 * name. A picture has its channels first, a sequence its features last.
 */
export function featureAxis(block: Block, home: Declarations): Axis {
  return axisOf(block, home, new Set()) ?? 'first';
}

function axisOf({ sizes, body }: Block, home: Declarations, seen: Set<Block>): Axis | undefined {
  const name = sizes?.in.text;
  if (name === undefined) return undefined;
  return inBody(body);

  function inBody({ lines }: Body): Axis | undefined {
    return first(lines, inLine);
  }

  function inLine(line: Line): Axis | undefined {
    return line.kind === 'pipeline' ? first(line.stages, inStage) : undefined;
  }

  function inStage(stage: Stage): Axis | undefined {
    switch (stage.kind) {
      case 'group':
      case 'repeat':
        return inBody(stage.body);
      case 'if':
        return inBody(stage.then) ?? (stage.else && inBody(stage.else));
      case 'call':
        if (stage.arguments.some(takes)) {
          const callee = home.callee(stage.callee.text);
          if (callee?.kind === 'layer') return callee.layer.features;
          if (callee?.kind !== 'block' || seen.has(callee.block)) return undefined;
          seen.add(callee.block);
          return axisOf(callee.block, callee.home, seen);
        }
        return first(stage.arguments, (argument) => (argument.kind === 'branch' ? inBody(argument.body) : undefined));
    }
  }

  function takes(argument: Argument): boolean {
    const value = argument.kind === 'sizes' ? argument.in : argument.kind === 'positional' ? argument.value : undefined;
    return value?.kind === 'name' && value.text === name;
  }
}

function first<Item>(items: readonly Item[], axisIn: (item: Item) => Axis | undefined): Axis | undefined {
  for (const item of items) {
    const axis = axisIn(item);
    if (axis) return axis;
  }
  return undefined;
}
