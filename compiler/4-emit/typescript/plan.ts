import type { Graph, Value } from '../../graph.ts';
import type { Buffer, CompiledModel } from '../../kernel/kernel.ts';
import { fixed } from '../../layer.ts';
import type { ElementType } from '../../shape.ts';
import { product } from '../../shape.ts';
import { namer } from '../names.ts';
import { runtimeNames } from '../runtime.ts';

/** The names of a generated module, and how its kernels are called. */
export interface Plan {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  /** The buffers that some kernel is called with, by the model's names. */
  readonly buffers: ReadonlyMap<string, NamedBuffer>;
  readonly kernels: ReadonlyMap<string, KernelForm>;
}

/** An input or an output of `run`. */
export interface Port {
  /** The net's name. */
  readonly name: string;
  /** The name within the module. */
  readonly identifier: string;
  /** `Float32Array` */
  readonly type: string;
  /** Numbers per item. */
  readonly size: number;
}

export interface NamedBuffer extends Buffer {
  /** The name within `load`. */
  readonly identifier: string;
}

/** A kernel as a function. */
export interface KernelForm {
  readonly name: string;
  readonly parameters: readonly ParameterForm[];
}

/** How a parameter of a kernel is passed. */
export interface ParameterForm {
  readonly type: string;
  /** Whether a second argument says where the buffer begins: for what moves with the item of a batch. */
  readonly moves: boolean;
  /** Whether it holds whole numbers alone. */
  readonly whole: boolean;
}

const arrayTypes = { f32: 'Float32Array', i32: 'Int32Array' } as const satisfies Record<ElementType, string>;

/** What else a generated module has names for. */
const taken = ['load', 'metadata', 'Model', 'weights', 'arena', 'inputs', 'batch', 'item', ...runtimeNames];

export function planOf(model: CompiledModel, graph: Graph): Plan {
  const give = namer(taken);
  // What the caller sees comes first, and keeps its name where it can.
  const port = (name: string, { type }: Value): Port => ({
    name,
    identifier: give(name),
    type: arrayTypes[type.element],
    size: product(fixed(type.shape)),
  });
  const inputs = graph.inputs.map((value) => port(value.name, value));
  const outputs = graph.outputs.map(({ name, value }) => port(name, value));
  const kernelNames = new Map(model.kernels.map(({ name }) => [name, give(name)]));
  const portOf = ({ place }: Buffer): Port | undefined => {
    if (place.kind === 'input') return inputs[place.index];
    return place.kind === 'output' ? outputs[place.index] : undefined;
  };

  const calls = [...model.prepare, ...model.run];
  const used = new Set(calls.flatMap((call) => call.arguments));
  const buffers = new Map<string, NamedBuffer>();
  for (const buffer of model.buffers.filter(({ name }) => used.has(name))) {
    const title = buffer.place.kind === 'weight' ? buffer.place.name : buffer.name;
    // The kernel that gives a value mostly has its name.
    const identifier = portOf(buffer)?.identifier ?? give(title, `${title} output`);
    buffers.set(buffer.name, { ...buffer, identifier });
  }
  const kernels = new Map<string, KernelForm>();
  for (const { name, parameters } of model.kernels) {
    const passed = calls.filter(({ kernel }) => kernel === name).map((call) => call.arguments);
    const forms = parameters.map((_, index) => {
      const ports = passed.map((names) => portOf(buffers.get(names[index]!)!));
      const types = new Set(ports.map((each) => each?.type ?? arrayTypes.f32));
      return {
        type: [...types].join(' | '),
        moves: ports.some((each) => each !== undefined),
        whole: !types.has(arrayTypes.f32),
      };
    });
    kernels.set(name, { name: kernelNames.get(name)!, parameters: forms });
  }
  return { inputs, outputs, buffers, kernels };
}

/** Whether each item of a batch has a place of its own in it. */
export function movesWithItem({ place }: Buffer): boolean {
  return place.kind === 'input' || place.kind === 'output';
}
