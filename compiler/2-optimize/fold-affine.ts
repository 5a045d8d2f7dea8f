import { apply, type Scalar, variable, variablesOf } from '../scalar.ts';
import {
  type Affine,
  accumulator,
  type Load,
  type Operation,
  type TensorExpression,
  type TensorProgram,
  type TensorValue,
} from '../tensor.ts';
import { nextId, preparedValues, readersOf } from '../tensor-form.ts';
import { axisIndex, constantIndex, elementCount, substituteAxes } from '../tensor-index.ts';
import { affineIn } from './affine.ts';
import { doesOf } from './elementwise.ts';
import { merge } from './merge.ts';

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

interface Folded {
  readonly expression: Expression;
  readonly prepared: readonly Pick<Operation, 'output' | 'expression'>[];
}

function fold(expression: Expression, fixed: ReadonlySet<TensorValue>, newValue: NewValue): Folded | undefined {
  const { axes, loads, result, reduction } = expression;
  const form = affineIn(result, accumulator);
  const weight = reduction?.operator === 'sum' ? weightOf(reduction.body, loads, fixed) : undefined;
  if (!form || !weight) return undefined;
  const named = (scalar: Scalar) => loads.filter(({ name }) => variablesOf(scalar).includes(name));
  const [factors, terms] = [named(form.scale), named(form.shift)];
  const isFixed = (scalar: Scalar) =>
    variablesOf(scalar).every((name) => loads.some((load) => load.name === name && fixed.has(load.from)));
  // A factor that is a number alone stays where it is: it would cost a copy of the weight.
  if (factors.length === 0 || !isFixed(form.scale) || !isFixed(form.shift)) return undefined;

  const scaled = overWeight(weight, factors, axes);
  if (!scaled) return undefined;
  const scaledValue = newValue(`${weight.from.name} scaled`, weight.from.size);
  const prepared = [
    {
      output: scaledValue,
      expression: { axes: weight.view, loads: scaled, result: apply('mul', form.scale, variable(weight.name)) },
    },
  ];
  const body = loads.filter((load) => variablesOf(reduction!.body).includes(load.name));
  const kept = body.map((load) => (load === weight ? { ...load, from: scaledValue } : load));
  if (form.shift.op === 'constant' && form.shift.value === 0)
    return { expression: { ...expression, loads: kept, result: variable(accumulator) }, prepared };

  const count = axes.length + reduction!.axes.length;
  const used = axes.flatMap((_, axis) => (terms.some((load) => usesAxis(load, axis)) ? [axis] : []));
  const view = used.map((axis) => axes[axis]!);
  const shiftValue = newValue(`${weight.from.name} shift`, elementCount(view));
  const walks = axes.map((_, axis) =>
    used.includes(axis) ? axisIndex(used.length, used.indexOf(axis)) : constantIndex(used.length, 0),
  );
  prepared.push({
    output: shiftValue,
    expression: { axes: view, loads: terms.map((load) => reindexed(load, walks, used.length)), result: form.shift },
  });
  const bias: Load<TensorValue> = {
    name: kept.some(({ name }) => name === 'shift') ? 'bias' : 'shift',
    from: shiftValue,
    view,
    index: used.map((axis) => axisIndex(count, axis)),
  };
  const sum = apply('add', variable(accumulator), variable(bias.name));
  return { expression: { ...expression, loads: [...kept, bias], result: sum }, prepared };
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

/** Loads of the weight and of its factors for each element of the weight, where that element decides which factor is meant. */
function overWeight(
  weight: Load<TensorValue>,
  factors: readonly Load<TensorValue>[],
  axes: readonly number[],
): readonly Load<TensorValue>[] | undefined {
  const rank = weight.view.length;
  const walks: Affine[] = [];
  for (const [axis, size] of axes.entries()) {
    const along = weight.index.findIndex(
      ({ constant, coefficients }, dimension) =>
        weight.view[dimension] === size &&
        constant === 0 &&
        coefficients.every((each, other) => each === (other === axis ? 1 : 0)),
    );
    if (along < 0 && factors.some((load) => usesAxis(load, axis))) return undefined;
    walks.push(along < 0 ? constantIndex(rank, 0) : axisIndex(rank, along));
  }
  const own = { ...weight, index: weight.view.map((_, dimension) => axisIndex(rank, dimension)) };
  return [own, ...factors.map((load) => reindexed(load, walks, rank))];
}

function reindexed(load: Load<TensorValue>, walks: readonly Affine[], count: number): Load<TensorValue> {
  return { ...load, index: load.index.map((index) => substituteAxes(index, walks, count)) };
}

function usesAxis({ index }: Load<TensorValue>, axis: number): boolean {
  return index.some(({ coefficients }) => coefficients[axis] !== 0);
}
