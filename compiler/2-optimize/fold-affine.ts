import { apply, type Scalar, variable, variablesOf } from '../scalar/scalar.ts';
import { product } from '../shape.ts';
import { namesUsed, nextId, preparedValues, readersOf } from '../tensor/form.ts';
import { axisIndex, constantIndex, substituteAxes, usesAxis } from '../tensor/indexing.ts';
import { merge } from '../tensor/merge.ts';
import {
  type Affine,
  accumulator,
  type Load,
  type Operation,
  type TensorExpression,
  type TensorProgram,
  type TensorValue,
} from '../tensor/tensor.ts';
import { affineIn } from './affine.ts';
import { doesOf } from './elementwise.ts';

type Expression = TensorExpression<TensorValue>;

/**
 * What is affine in a sum of products with a weight, with factors and terms that come from weights, goes into that weight
 * and one bias, which are computed when the weights are loaded: a normalization after a convolution costs nothing then.
 * It reads the sum after it is complete, so that what lies outside of the convolution's operand plays no part.
 */
export function foldAffine(program: TensorProgram): TensorProgram {
  const readers = readersOf(program);
  const prepared = preparedValues(program);
  const fixed = new Set([...program.weights, ...prepared]);
  let id = nextId(program);
  const kept = new Map<TensorValue, Operation>();
  for (const operation of program.operations) {
    kept.set(operation.output, operation);
    if (prepared.has(operation.output)) continue;
    const moving = new Set(operation.expression.loads.map(({ from }) => from).filter((from) => !fixed.has(from)));
    const [value] = moving;
    const producer = value && kept.get(value);
    if (!producer || moving.size > 1 || readers.get(value) !== 1) continue;
    const merged = merge(producer, operation);
    const folded = merged && fold(merged, fixed, (name, size) => ({ id: id++, name, size }));
    if (!folded) continue;
    const does = doesOf(producer, operation);
    kept.delete(value);
    kept.delete(operation.output);
    for (const { output, expression } of folded.prepared) {
      kept.set(output, { output, expression, does: [{ ...does[0]!, path: output.name }, ...does.slice(1)] });
      fixed.add(output);
    }
    kept.set(operation.output, { output: operation.output, expression: folded.expression, does });
  }
  return { ...program, operations: [...kept.values()] };
}

type NewValue = (name: string, size: number) => TensorValue;
type Prepared = Pick<Operation, 'output' | 'expression'>;

interface Folded {
  readonly expression: Expression;
  readonly prepared: readonly Prepared[];
}

function fold(expression: Expression, fixed: ReadonlySet<TensorValue>, newValue: NewValue): Folded | undefined {
  const { loads, result, reduction } = expression;
  const form = affineIn(result, accumulator);
  const weight = reduction?.operator === 'sum' ? weightOf(reduction.body, loads, fixed) : undefined;
  if (!form || !weight) return undefined;
  const [inScale, inShift] = [form.scale, form.shift].map((each) => variablesOf(each));
  const inBody = namesUsed([reduction!.body], loads);
  const fixedNames = loads.filter(({ from, lookup }) => fixed.has(from) && !lookup).map(({ name }) => name);
  // A factor that is a number alone stays where it is: it would cost a copy of the weight.
  if (inScale!.length === 0 || ![...inScale!, ...inShift!].every((name) => fixedNames.includes(name))) return undefined;

  const scaled = scaledWeight(weight, form.scale, expression, newValue);
  if (!scaled) return undefined;
  const kept = loads
    .filter(({ name }) => inBody.has(name))
    .map((load) => (load === weight ? { ...load, from: scaled.output } : load));
  if (form.shift.op === 'constant' && form.shift.value === 0)
    return { expression: { ...expression, loads: kept, result: variable(accumulator) }, prepared: [scaled] };

  const name = inBody.has('shift') ? 'shift_' : 'shift';
  const { prepared, load } = shiftOf(name, weight, form.shift, expression, newValue);
  const sum = apply('add', variable(accumulator), variable(name));
  return { expression: { ...expression, loads: [...kept, load], result: sum }, prepared: [scaled, prepared] };
}

/** The weight times the scale, element by element; undefined where an element is used with more than one scale. */
function scaledWeight(
  weight: Load<TensorValue>,
  scale: Scalar,
  { axes, loads }: Expression,
  newValue: NewValue,
): Prepared | undefined {
  const names = variablesOf(scale);
  const factors = loads.filter(({ name }) => names.includes(name));
  const rank = weight.view.length;
  const walks: Affine[] = [];
  for (const axis of axes.keys()) {
    const dimension = dimensionAlong(weight, axis, axes[axis]!);
    if (dimension < 0 && factors.some((load) => walksAlong(load, axis))) return undefined;
    walks.push(dimension < 0 ? constantIndex(rank, 0) : axisIndex(rank, dimension));
  }
  const whole = { ...weight, index: weight.view.map((_, dimension) => axisIndex(rank, dimension)) };
  return {
    output: newValue(`${weight.from.name} scaled`, weight.from.size),
    expression: {
      axes: weight.view,
      loads: [whole, ...factors.map((load) => reindexed(load, walks, rank))],
      result: apply('mul', scale, variable(weight.name)),
    },
  };
}

/** What is added, over the axes of the output that it depends on, and its load. */
function shiftOf(
  name: string,
  weight: Load<TensorValue>,
  shift: Scalar,
  { axes, loads, reduction }: Expression,
  newValue: NewValue,
): { readonly prepared: Prepared; readonly load: Load<TensorValue> } {
  const names = variablesOf(shift);
  const terms = loads.filter((load) => names.includes(load.name));
  const used = [...axes.keys()].filter((axis) => terms.some((load) => walksAlong(load, axis)));
  const view = used.map((axis) => axes[axis]!);
  const walks = [...axes.keys()].map((axis) =>
    used.includes(axis) ? axisIndex(used.length, used.indexOf(axis)) : constantIndex(used.length, 0),
  );
  const output = newValue(`${weight.from.name} shift`, product(view));
  const count = axes.length + reduction!.axes.length;
  return {
    prepared: {
      output,
      expression: { axes: view, loads: terms.map((load) => reindexed(load, walks, used.length)), result: shift },
    },
    load: { name, from: output, view, index: used.map((axis) => axisIndex(count, axis)) },
  };
}

/** The load of the weight, where the body is the product of one and something that is none. */
function weightOf(
  body: Scalar,
  loads: readonly Load<TensorValue>[],
  fixed: ReadonlySet<TensorValue>,
): Load<TensorValue> | undefined {
  if (body.op !== 'mul') return undefined;
  const factors = body.arguments.map((each) => loads.find((load) => each.op === 'variable' && load.name === each.name));
  const weights = factors.filter((load) => load && fixed.has(load.from));
  const [weight] = weights;
  return factors.every((load) => load !== undefined) && weights.length === 1 && weight!.outside === undefined
    ? weight
    : undefined;
}

/** The dimension of the weight that the axis walks along as a whole, and nothing else does; -1 where there is none. */
function dimensionAlong({ view, index }: Load<TensorValue>, axis: number, size: number): number {
  return index.findIndex(
    ({ constant, coefficients }, dimension) =>
      view[dimension] === size &&
      constant === 0 &&
      coefficients.every((each, other) => each === (other === axis ? 1 : 0)),
  );
}

function reindexed(load: Load<TensorValue>, walks: readonly Affine[], count: number): Load<TensorValue> {
  return { ...load, index: load.index.map((index) => substituteAxes(index, walks, count)) };
}

function walksAlong({ index }: Load<TensorValue>, axis: number): boolean {
  return index.some((each) => usesAxis(each, axis));
}
