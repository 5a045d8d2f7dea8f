import type { LayerNode } from '../graph.ts';
import { compileScalar, evaluators } from '../scalar/evaluate.ts';
import { type Scalar, variablesOf } from '../scalar/scalar.ts';
import { product } from '../shape.ts';
import type { Tensors } from '../weights.ts';
import { allAxes, axisIndex, offsetOf } from './indexing.ts';
import {
  type Affine,
  accumulator,
  coordinate,
  folds,
  type Reduction,
  type TensorExpression,
  type TensorProgram,
} from './tensor.ts';

/**
 * Evaluates a program exactly as its expressions are written: the reference that every faster way is held to. Within an
 * expression numbers have double precision; each stored one is rounded to f32. Inputs and outputs go by name and hold
 * `batch` items one after the other; weights go by their full names.
 */
export function interpret(
  program: TensorProgram,
  inputs: ReadonlyMap<string, Float32Array>,
  weights: Tensors,
  batch: number,
): Map<string, Float32Array> {
  const values = new Map<number, StoredValue>();
  for (const { id, name, size } of program.inputs) values.set(id, { data: inputs.get(name)!, size, items: batch });
  for (const { id, name, size } of program.weights) values.set(id, { data: weights.get(name)!.data, size, items: 1 });
  for (const { output, expression } of program.operations) {
    const sources = expression.loads.map((load) => values.get(load.from.id)!);
    // What follows from weights alone is the same for every item.
    const items = sources.every((source) => source.items === 1) ? 1 : batch;
    const evaluate = compileExpression(expression);
    const data = new Float32Array(output.size * items);
    for (let item = 0; item < items; item++) {
      evaluate(
        sources.map((source) => itemOf(source, item)),
        data.subarray(item * output.size, (item + 1) * output.size),
      );
    }
    values.set(output.id, { data, size: output.size, items });
  }
  return new Map(program.outputs.map(({ name, value }) => [name, everyItem(values.get(value.id)!, batch)]));
}

/** What one layer gives for one item, from its inputs and its weights by PyTorch's names. */
export function interpretLayer(
  node: LayerNode,
  inputs: readonly Float32Array[],
  weights: Readonly<Record<string, Float32Array>> = {},
): Float32Array {
  const steps: Float32Array[] = [];
  for (const expression of node.layer.lower(node)) {
    const sources = expression.loads.map(({ from }) => {
      if (from.kind === 'input') return inputs[from.index]!;
      return from.kind === 'weight' ? weights[from.name]! : steps[from.index]!;
    });
    const output = new Float32Array(product(expression.axes));
    compileExpression(expression)(sources, output);
    steps.push(output);
  }
  return steps.at(-1)!;
}

interface StoredValue {
  readonly data: Float32Array;
  readonly size: number;
  /** The batch, or 1 for what is the same for every item. */
  readonly items: number;
}

function itemOf({ data, size, items }: StoredValue, item: number): Float32Array {
  return items === 1 ? data : data.subarray(item * size, (item + 1) * size);
}

function everyItem(value: StoredValue, batch: number): Float32Array {
  const data = new Float32Array(value.size * batch);
  for (let item = 0; item < batch; item++) data.set(itemOf(value, item), item * value.size);
  return data;
}

/** Computes all elements of the output for one item, from the arrays that the loads read. */
type CompiledExpression = (sources: readonly Float32Array[], output: Float32Array) => void;

/** Turns scalars and indices into functions and tables once, so that no tree is walked for an element. */
function compileExpression(expression: TensorExpression<unknown>): CompiledExpression {
  const { axes, reduction, loads, result } = expression;
  const all = allAxes(expression);
  const names = [...loads.map((load) => load.name), accumulator, ...all.map((_, axis) => coordinate(axis))];
  const values = new Float64Array(names.length);
  const at = new Int32Array(axes.length);
  const epilogue = compileOver(result, []);
  const fold = reduction && compileFold(reduction);

  return (sources, output) => {
    at.fill(0);
    for (let index = 0; index < output.length; index++) {
      if (fold) values[loads.length] = fold(sources);
      epilogue.moveTo();
      output[index] = epilogue.valueAt(sources, 0);
      advance(at, axes);
    }
  };

  function compileFold({ operator, axes: sizes, body }: Reduction): (sources: readonly Float32Array[]) => number {
    const { neutral } = folds[operator];
    const combine = evaluators[folds[operator].operator];
    const steps = product(sizes);
    const { moveTo, valueAt } = compileOver(body, sizes);
    return (sources) => {
      moveTo();
      let folded = neutral;
      for (let step = 0; step < steps; step++) folded = combine(folded, valueAt(sources, step));
      return folded;
    };
  }

  /**
   * A scalar at one element of the output, which `moveTo` goes to, and at a step of the reduction over axes of these sizes.
   * Only what it uses is loaded.
   */
  function compileOver(scalar: Scalar, sizes: readonly number[]) {
    const used = new Set(variablesOf(scalar));
    const indexOf = (index: Affine) => walk(index, at, sizes);
    const coordinates = all.flatMap((_, axis) =>
      used.has(coordinate(axis))
        ? [{ slot: loads.length + 1 + axis, place: indexOf(axisIndex(all.length, axis)) }]
        : [],
    );
    const reads = loads.flatMap((load, slot) => {
      if (!used.has(load.name)) return [];
      const guards = load.index.map((index, axis) => ({ place: indexOf(index), limit: load.view[axis]! }));
      const { outside = 0 } = load;
      return [{ slot, offset: indexOf(offsetOf(load, all.length)), outside, guards: 'outside' in load ? guards : [] }];
    });
    const places = [...coordinates, ...reads.flatMap(({ guards }) => guards)].map(({ place }) => place);
    const walks = [...places, ...reads.map(({ offset }) => offset)];
    const evaluate = compileScalar(scalar, names);
    return {
      moveTo(): void {
        for (const each of walks) each.moveTo();
      },
      valueAt(sources: readonly Float32Array[], step: number): number {
        for (let index = 0; index < coordinates.length; index++) {
          const { slot, place } = coordinates[index]!;
          values[slot] = place.at(step);
        }
        for (let index = 0; index < reads.length; index++) {
          const { slot, offset, outside, guards } = reads[index]!;
          values[slot] = isInside(guards, step) ? sources[slot]![offset.at(step)]! : outside;
        }
        return evaluate(values);
      },
    };
  }
}

/** An index that goes along: the element of the output that it is at, and from there each step of a reduction. */
interface Walk {
  moveTo(): void;
  at(step: number): number;
}

/** `at` holds the coordinates of the output's element, and `sizes` are those of the axes of the reduction. */
function walk({ constant, coefficients }: Affine, at: Int32Array, sizes: readonly number[]): Walk {
  const ofSteps = new Int32Array(product(sizes));
  const step = new Int32Array(sizes.length);
  for (let index = 0; index < ofSteps.length; index++) {
    for (let axis = 0; axis < sizes.length; axis++) ofSteps[index]! += coefficients[at.length + axis]! * step[axis]!;
    advance(step, sizes);
  }
  let ofElement = 0;
  return {
    moveTo() {
      ofElement = constant;
      for (let axis = 0; axis < at.length; axis++) ofElement += coefficients[axis]! * at[axis]!;
    },
    at: (index) => ofElement + ofSteps[index]!,
  };
}

function isInside(guards: readonly { readonly place: Walk; readonly limit: number }[], step: number): boolean {
  for (let index = 0; index < guards.length; index++) {
    const { place, limit } = guards[index]!;
    const value = place.at(step);
    if (value < 0 || value >= limit) return false;
  }
  return true;
}

/** The next coordinates in row-major order; after the last they are all 0. */
function advance(at: Int32Array, sizes: readonly number[]): void {
  for (let axis = sizes.length - 1; axis >= 0; axis--) {
    at[axis]! += 1;
    if (at[axis]! < sizes[axis]!) return;
    at[axis] = 0;
  }
}
