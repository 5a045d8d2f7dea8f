import type { Span } from '../../grammar/source.ts';
import { fault } from '../fault.ts';
import type { WeightSpec } from '../layer.ts';
import { product, type Shape, shapeText } from '../shape.ts';
import type { Context } from './context.ts';

/** The most numbers that a value, a weight, or all weights of a net may have: what 32-bit offsets reach. */
const elementLimit = 2 ** 31 - 1;

/** Reports a shape with more numbers than that, or with a size that could not be followed. */
export function isSmall(context: Pick<Context, 'report'>, shape: Shape, span: Span): boolean {
  // What is symbolic is 1 at least; what could not be followed is not a number.
  let least = 1;
  for (const dim of shape) least *= typeof dim === 'number' ? dim : 1;
  if (least <= elementLimit) return true;
  context.report(fault('shape/large', span, { shape: shapeText(shape), limit: elementLimit }));
  return false;
}

/** Reports a weight that is too large, and the first one with which all of the net are. */
export function areSmall(
  context: Pick<Context, 'report' | 'builder'>,
  weights: readonly WeightSpec[],
  span: Span,
): void {
  for (const { shape } of weights) {
    const size = product(shape);
    // A size that depends on symbolic ones is known when they are.
    if (Number.isNaN(size) || !isSmall(context, shape, span)) continue;
    const { before, after } = context.builder.countWeights(size);
    if (before <= elementLimit && after > elementLimit) {
      context.report(fault('shape/large', span, { limit: elementLimit }));
    }
  }
}
