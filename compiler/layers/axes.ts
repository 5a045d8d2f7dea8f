import { type Fix, replacement } from '../fault.ts';
import { type Shape, shapeText } from '../shape.ts';
import { type AnyCall, cameFrom, positiveAxis } from './rules.ts';

/**
 * The axes of the option `axes`, counted from 0. Reports one that is not there, and one that is named twice, which may
 * be counted from either end. `name` is what an edit writes before the axes: nothing where they may stand alone.
 */
export function resolveAxes(
  call: AnyCall,
  written: readonly number[],
  shape: Shape,
  name: 'axes=' | '' = 'axes=',
): readonly number[] | undefined {
  const rank = shape.length;
  const span = call.spanOf('axes');
  const axes = written.map((axis) => positiveAxis(axis, rank));
  const missing = axes.findIndex((axis) => axis < 0 || axis >= rank);
  if (missing >= 0) {
    const evidence = { layer: call.written, axis: written[missing]!, axes: rank, received: shapeText(shape) };
    const fix = withoutBatch(call, written, rank, name);
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
function withoutBatch(call: AnyCall, written: readonly number[], rank: number, name: string): Fix | undefined {
  if (written.some((axis) => axis === 0 || axis > rank || axis < -rank)) return undefined;
  const axes = written.map((axis) => (axis < 0 ? axis : axis - 1));
  const text = `${name}${axes.length === 1 ? axes[0] : `[${axes.join(', ')}]`}`;
  return replacement(call.spanOf('axes'), text, `${call.written} ${text}, as the batch has no number`);
}
