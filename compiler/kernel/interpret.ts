import { evaluators } from '../scalar/evaluate.ts';
import type { Numbers } from '../shape.ts';
import type { Tensors } from '../weights.ts';
import type { CompiledModel, Condition, Float, Index, Kernel, KernelCall, Statement } from './kernel.ts';

/**
 * Runs a compiled model: what its kernels mean, for emitters to be held to. Numbers are in double precision within a
 * kernel and float32 in buffers. Values live in one arena as planned, so that a wrong plan gives wrong numbers.
 */
export function interpretModel(
  model: CompiledModel,
  inputs: ReadonlyMap<string, Numbers>,
  weights: Tensors,
  batch: number,
): Map<string, Float32Array> {
  const kernels = new Map(model.kernels.map((kernel) => [kernel.name, compileKernel(kernel)]));
  // Nothing may depend on what stood in the arena before.
  const arena = new Float32Array(model.arena).fill(Number.NaN);
  const results = model.outputs.map(() => new Float32Array(0));
  const buffers = new Map<string, Numbers>();
  for (const { name, size, place } of model.buffers) {
    if (place.kind === 'weight') buffers.set(name, weights.get(place.name)!.data);
    if (place.kind === 'prepared') buffers.set(name, new Float32Array(size).fill(Number.NaN));
    if (place.kind === 'arena') buffers.set(name, arena.subarray(place.offset, place.offset + size));
    if (place.kind === 'output') results[place.index] = new Float32Array(batch * size).fill(Number.NaN);
  }
  const call = ({ kernel, arguments: names }: KernelCall) =>
    kernels.get(kernel)!(names.map((name) => buffers.get(name)!));
  model.prepare.forEach(call);
  for (let item = 0; item < batch; item++) {
    for (const { name, size, place } of model.buffers) {
      const whole =
        place.kind === 'input'
          ? inputs.get(model.inputs[place.index]!)!
          : place.kind === 'output'
            ? results[place.index]!
            : undefined;
      if (whole) buffers.set(name, whole.subarray(item * size, (item + 1) * size));
    }
    model.run.forEach(call);
  }
  return new Map(model.outputs.map((name, index) => [name, results[index]!]));
}

/** A kernel as a function of its buffers. */
export function compileKernel({ parameters, body }: Kernel): (buffers: readonly Numbers[]) => void {
  const slots = new Slots();
  const run = compileBlock(body, slots);
  return (buffers) => {
    const frame: Frame = {
      buffers: new Map(parameters.map(({ name }, index) => [name, buffers[index]!])),
      values: new Float64Array(slots.count),
    };
    run(frame);
  };
}

/** What a kernel works on while it runs: its buffers, and the values of its variables. */
interface Frame {
  readonly buffers: ReadonlyMap<string, Numbers>;
  readonly values: Float64Array;
}

/** A place in the frame for each variable. */
class Slots {
  readonly #places = new Map<string, number>();

  get count(): number {
    return this.#places.size;
  }

  of(name: string): number {
    const place = this.#places.get(name) ?? this.#places.size;
    this.#places.set(name, place);
    return place;
  }
}

type Action = (frame: Frame) => void;
type Evaluation = (frame: Frame) => number;

function compileBlock(statements: readonly Statement[], slots: Slots): Action {
  const actions = statements.map((statement) => compileStatement(statement, slots));
  return (frame) => {
    for (const action of actions) action(frame);
  };
}

function compileStatement(statement: Statement, slots: Slots): Action {
  switch (statement.kind) {
    case 'loop': {
      const { step } = statement;
      const from = compileIndex(statement.from, slots);
      const to = compileIndex(statement.to, slots);
      const slot = slots.of(statement.variable);
      const body = compileBlock(statement.body, slots);
      return (frame) => {
        const end = to(frame);
        for (let value = from(frame); value < end; value += step) {
          frame.values[slot] = value;
          body(frame);
        }
      };
    }
    case 'local':
    case 'assign':
      return setter(slots.of(statement.name), compileFloat(statement.value, slots));
    case 'index':
      return setter(slots.of(statement.name), compileIndex(statement.value, slots));
    case 'store': {
      const { buffer } = statement;
      const at = compileIndex(statement.at, slots);
      const value = compileFloat(statement.value, slots);
      return (frame) => {
        frame.buffers.get(buffer)![at(frame)] = value(frame);
      };
    }
  }
}

function setter(slot: number, value: Evaluation): Action {
  return (frame) => {
    frame.values[slot] = value(frame);
  };
}

function compileFloat(float: Float, slots: Slots): Evaluation {
  switch (float.kind) {
    case 'constant': {
      const { value } = float;
      return () => value;
    }
    case 'local': {
      const slot = slots.of(float.name);
      return (frame) => frame.values[slot]!;
    }
    case 'load': {
      const { buffer } = float;
      const at = compileIndex(float.at, slots);
      return (frame) => frame.buffers.get(buffer)![at(frame)] ?? Number.NaN;
    }
    case 'guarded': {
      const { outside } = float;
      const holds = float.conditions.map((condition) => compileCondition(condition, slots));
      const value = compileFloat(float.value, slots);
      return (frame) => (holds.every((each) => each(frame)) ? value(frame) : outside);
    }
    case 'apply': {
      const evaluate: (x: number, y: number, z: number) => number = evaluators[float.op];
      const [first, second, third] = float.arguments.map((each) => compileFloat(each, slots));
      return (frame) => evaluate(first!(frame), second?.(frame) ?? 0, third?.(frame) ?? 0);
    }
    case 'number':
      return compileIndex(float.value, slots);
  }
}

function compileCondition({ value, limit }: Condition, slots: Slots): (frame: Frame) => boolean {
  const index = compileIndex(value, slots);
  return (frame) => {
    const at = index(frame);
    return at >= 0 && at < limit;
  };
}

function compileIndex(index: Index, slots: Slots): Evaluation {
  switch (index.kind) {
    case 'integer': {
      const { value } = index;
      return () => value;
    }
    case 'variable': {
      const slot = slots.of(index.name);
      return (frame) => frame.values[slot]!;
    }
    case 'floor': {
      const value = compileFloat(index.value, slots);
      return (frame) => Math.floor(value(frame));
    }
    case 'arithmetic': {
      const compute = indexOperators[index.operator];
      const left = compileIndex(index.left, slots);
      const right = compileIndex(index.right, slots);
      return (frame) => compute(left(frame), right(frame));
    }
  }
}

const indexOperators = {
  add: (left, right) => left + right,
  multiply: (left, right) => left * right,
  divide: (left, right) => Math.floor(left / right),
  modulo: (left, right) => left - right * Math.floor(left / right),
  min: Math.min,
  max: Math.max,
} as const satisfies Record<string, (left: number, right: number) => number>;
