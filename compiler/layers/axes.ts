import { replacement } from '../fault.ts';
import { type Shape, shapeText } from '../shape.ts';
import { type AnyCall, cameFrom } from './rules.ts';

/** Axes as options name them: from 0 without the batch, or from the end with negative numbers. */

/** An axis that may count from the end, counted from 0. */
export function positiveAxis(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}

/** Such axes, in order. */
export function orderedAxes(axes: readonly number[], rank: number): readonly number[] {
  return axes.map((axis) => positiveAxis(axis, rank)).sort((left, right) => left - right);
}

/** The axis of an option, counted from 0; reports one that is not there. */
export function resolveAxis(call: AnyCall, written: number, shape: Shape, option = 'axis'): number | undefined {
  return resolveAxes(call, [written], shape, option)?.[0];
}

/**
 * The axes of an option, counted from 0. Reports one that is not there, and one that is named twice, which may be counted
 * from either end. `name` is what an edit writes before the axes: nothing where they may stand alone.
 */
export function resolveAxes(
  call: AnyCall,
  written: readonly number[],
  shape: Shape,
  option = 'axes',
  name = `${option}=`,
): readonly number[] | undefined {
  const rank = shape.length;
  const span = call.spanOf(option);
  const axes = written.map((axis) => positiveAxis(axis, rank));
  const missing = axes.findIndex((axis) => axis < 0 || axis >= rank);
  if (missing >= 0) {
    const evidence = { layer: call.written, axis: written[missing]!, axes: rank, received: shapeText(shape) };
    const meant = withoutBatch(written, rank);
    const text = meant && `${name}${meant.length === 1 ? meant[0] : `[${meant.join(', ')}]`}`;
    const fix = text && replacement(span, text, `${call.written} ${text}, as the batch has no number`);
    call.fault('shape/axis', span, evidence, { because: cameFrom(call), ...(fix && { fix }) });
    return undefined;
  }
  const again = axes.findIndex((axis, index) => axes.indexOf(axis) < index);
  if (again >= 0) {
    call.fault('use/twice', span, { layer: call.written, what: `axis ${axes[again]}` });
    return undefined;
  }
  return axes;
}

/** PyTorch's axes count the batch. Where all of them fit without it, that is what was meant. */
function withoutBatch(written: readonly number[], rank: number): readonly number[] | undefined {
  if (written.some((axis) => axis === 0 || axis > rank || axis < -rank)) return undefined;
  return written.map((axis) => (axis < 0 ? axis : axis - 1));
}
