import type { LayerNode } from '../graph.ts';
import { type CompiledScalar, compileScalar, evaluators } from '../scalar/evaluate.ts';
import type { Scalar } from '../scalar/scalar.ts';
import { type Numbers, product } from '../shape.ts';
import type { Tensors } from '../weights.ts';
import { namesUsed, together } from './form.ts';
import { allAxes, axisIndex, offsetOf, rowMajorStrides } from './indexing.ts';
import {
  type Affine,
  accumulator,
  coordinate,
  folds,
  type MeaningOperand,
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
  inputs: ReadonlyMap<string, Numbers>,
  weights: Tensors,
  batch: number,
): Map<string, Float32Array> {
  const values = new Map<number, StoredValue>();
  for (const { id, name, size } of program.inputs) values.set(id, { data: inputs.get(name)!, size, items: batch });
  for (const { id, name, size } of program.weights) values.set(id, { data: weights.get(name)!.data, size, items: 1 });
  for (const group of together(program.operations, ({ expression }) => expression)) {
    const makes = new Set(group.map(({ output }) => output));
    const given = group.flatMap(({ expression }) => expression.loads.filter(({ from }) => !makes.has(from)));
    // What follows from weights alone is the same for every item.
    const items = given.every(({ from }) => values.get(from.id)!.items === 1) ? 1 : batch;
    for (const { output } of group) {
      const data = new Float32Array(output.size * items);
      values.set(output.id, { data, size: output.size, items });
    }
    const evaluate = compileTogether(group.map(({ expression }) => expression));
    for (let item = 0; item < items; item++) {
      evaluate(
        group.map(({ expression }) => expression.loads.map(({ from }) => itemOf(values.get(from.id)!, item))),
        group.map(({ output }) => itemOf(values.get(output.id)!, item)),
      );
    }
  }
  return new Map(program.outputs.map(({ name, value }) => [name, everyItem(values.get(value.id)!, batch)]));
}

/** What one layer gives for one item, from its inputs and its weights by PyTorch's names. */
export function interpretLayer(
  node: LayerNode,
  inputs: readonly Numbers[],
  weights: Readonly<Record<string, Float32Array>> = {},
): Float32Array {
  const meaning = node.layer.lower(node);
  const steps = meaning.map(({ axes }) => new Float32Array(product(axes)));
  const sourceOf = (from: MeaningOperand): Numbers => {
    if (from.kind === 'input') return inputs[from.index]!;
    return from.kind === 'weight' ? weights[from.name]! : steps[from.index]!;
  };
  for (const group of together([...meaning.entries()], ([, expression]) => expression)) {
    compileTogether(group.map(([, expression]) => expression))(
      group.map(([, { loads }]) => loads.map(({ from }) => sourceOf(from))),
      group.map(([index]) => steps[index]!),
    );
  }
  return steps.at(-1)!;
}

interface StoredValue {
  readonly data: Numbers;
  readonly size: number;
  /** The batch, or 1 for what is the same for every item. */
  readonly items: number;
}

function itemOf({ data, size, items }: StoredValue, item: number): Numbers {
  return items === 1 ? data : data.subarray(item * size, (item + 1) * size);
}

function everyItem(value: StoredValue, batch: number): Float32Array {
  const data = new Float32Array(value.size * batch);
  for (let item = 0; item < batch; item++) data.set(itemOf(value, item), item * value.size);
  return data;
}

/** Computes what one expression gives for one item, or what all of a scan give, from the arrays that their loads read. */
function compileTogether(expressions: readonly TensorExpression<unknown>[]) {
  const evaluations = expressions.map(compileExpression);
  const [first] = expressions;
  const times = first!.scan === undefined ? 1 : first!.axes[0]!;
  return (sources: readonly (readonly Numbers[])[], outputs: readonly Numbers[]): void => {
    for (let time = 0; time < times; time++) {
      for (const [index, evaluate] of evaluations.entries()) {
        const size = outputs[index]!.length / times;
        evaluate(sources[index]!, outputs[index]!, time * size, (time + 1) * size);
      }
    }
  };
}

/** Computes elements of the output for one item, from one place on up to another one, which follows the last. */
type CompiledExpression = (sources: readonly Numbers[], output: Numbers, from: number, to: number) => void;

/** Turns scalars and indices into functions and tables once, so that no tree is walked for an element. */
function compileExpression(expression: TensorExpression<unknown>): CompiledExpression {
  const { axes, reduction, loads, result } = expression;
  const all = allAxes(expression);
  const names = [...loads.map((load) => load.name), accumulator, ...all.map((_, axis) => coordinate(axis))];
  const values = new Float64Array(names.length);
  const at = new Int32Array(axes.length);
  const epilogue = compileOver(result, []);
  const fold = reduction && compileFold(reduction);

  return (sources, output, from, to) => {
    setCoordinates(at, axes, from);
    for (let index = from; index < to; index++) {
      if (fold) values[loads.length] = fold(sources);
      epilogue.moveTo();
      output[index] = epilogue.valueAt(sources, 0);
      advance(at, axes);
    }
  };

  function compileFold({ operator, axes: sizes, body }: Reduction): (sources: readonly Numbers[]) => number {
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
    const used = namesUsed([scalar], loads);
    const indexOf = (index: Affine) => walk(index, at, sizes);
    const coordinates = all.flatMap((_, axis) =>
      used.has(coordinate(axis))
        ? [{ slot: loads.length + 1 + axis, place: indexOf(axisIndex(all.length, axis)) }]
        : [],
    );
    const reads = loads.flatMap((load, slot) => {
      if (!used.has(load.name)) return [];
      const strides = rowMajorStrides(load.view);
      const guards = load.index.map((index, axis): Guard => {
        const formula = load.lookup?.[axis];
        const lookup = formula && compileScalar(formula, names);
        return { place: indexOf(index), limit: load.view[axis]!, stride: strides[axis]!, lookup };
      });
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
      valueAt(sources: readonly Numbers[], step: number): number {
        for (let index = 0; index < coordinates.length; index++) {
          const { slot, place } = coordinates[index]!;
          values[slot] = place.at(step);
        }
        for (let index = 0; index < reads.length; index++) {
          const { slot, offset, outside, guards } = reads[index]!;
          const place = offset.at(step) + lookedUp(guards, step, values);
          values[slot] = Number.isNaN(place) ? outside : sources[slot]![place]!;
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

/** An index along one axis of a view. */
interface Guard {
  readonly place: Walk;
  readonly limit: number;
  readonly stride: number;
  /** What is added to the index, before it is rounded down. */
  readonly lookup: CompiledScalar | undefined;
}

/** What the lookups add to the place of a load; NaN outside of the view. */
function lookedUp(guards: readonly Guard[], step: number, values: Float64Array): number {
  let sum = 0;
  for (let axis = 0; axis < guards.length; axis++) {
    const { place, limit, stride, lookup } = guards[axis]!;
    const added = lookup ? Math.floor(lookup(values)) : 0;
    const index = place.at(step) + added;
    if (!(index >= 0 && index < limit)) return Number.NaN;
    sum += added * stride;
  }
  return sum;
}

/** The coordinates of an element by its place in row-major order. */
function setCoordinates(at: Int32Array, sizes: readonly number[], place: number): void {
  let rest = place;
  for (let axis = sizes.length - 1; axis >= 0; axis--) {
    at[axis] = rest % sizes[axis]!;
    rest = Math.floor(rest / sizes[axis]!);
  }
}

/** The next coordinates in row-major order; after the last they are all 0. */
function advance(at: Int32Array, sizes: readonly number[]): void {
  for (let axis = sizes.length - 1; axis >= 0; axis--) {
    at[axis]! += 1;
    if (at[axis]! < sizes[axis]!) return;
    at[axis] = 0;
  }
}
