import type { Kernel, KernelParameter } from '../kernel/kernel.ts';
import { structuralKey } from '../structural-key.ts';
import type { Operation, TensorValue } from '../tensor/tensor.ts';
import { doesText } from '../tensor/text.ts';
import { buildLoops, type Schedule } from './build.ts';
import { identifier, Names } from './names.ts';
import { type Nest, nestOf } from './nest.ts';

/** An operation as the call of a kernel. */
export interface Step {
  readonly operation: Operation;
  readonly nest: Nest;
  /** The name of the kernel. */
  readonly kernel: string;
  /** What it reads, one for each of the kernel's parameters but the last, which is the output. */
  readonly operands: readonly TensorValue[];
}

/**
 * A kernel for each form of operation, and the calls in order. Operations that differ in nothing but their buffers share
 * one, so that modules are small and an engine optimizes it once.
 */
export function kernelsOf(
  operations: readonly Operation[],
  scheduleOf: (nest: Nest) => Schedule,
): { readonly kernels: readonly Kernel[]; readonly steps: readonly Step[] } {
  const names = new Names();
  const forms = new Map<string, { readonly kernel: Omit<Kernel, 'comment'>; readonly operations: Operation[] }>();
  const steps = operations.map((operation): Step => {
    const nest = nestOf(operation);
    const operands = [...new Set(nest.loads.map(({ from }) => from))];
    const key = structuralKey({
      ...nest,
      loads: nest.loads.map((load) => ({ ...load, from: operands.indexOf(load.from) })),
      sizes: operands.map(({ size }) => size),
    });
    const form = forms.get(key) ?? {
      kernel: kernelOf(operation, nest, operands, scheduleOf(nest), names),
      operations: [],
    };
    forms.set(key, form);
    form.operations.push(operation);
    return { operation, nest, kernel: form.kernel.name, operands };
  });
  const kernels = [...forms.values()].map(({ kernel, operations }) => ({ ...kernel, comment: commentOf(operations) }));
  return { kernels, steps };
}

/** The path of the first layer; what only leads to its value bears the name of what it gives, as `softmax1 step 1`. */
function nameOf({ does, output }: Operation): string {
  const path = does[0]?.path ?? output.name;
  return output.name.startsWith(`${path} `) ? output.name : path;
}

/** More operations than this are counted rather than named. */
const mostLines = 8;

function commentOf(operations: readonly Operation[]): string {
  const more = operations.length - mostLines;
  return [...operations.slice(0, mostLines).map(doesText), ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
}

function kernelOf(
  operation: Operation,
  nest: Nest,
  operands: readonly TensorValue[],
  schedule: Schedule,
  names: Names,
): Omit<Kernel, 'comment'> {
  const buffers = new Names();
  const output = buffers.fresh('output');
  const parameters = operands.map((operand): KernelParameter => {
    const load = nest.loads.find(({ from }) => from === operand)!;
    return { name: buffers.fresh(identifier(load.name)), size: operand.size, access: 'read' };
  });
  const bufferOf = new Map(operands.map((operand, index) => [operand, parameters[index]!.name]));
  return {
    name: names.fresh(identifier(nameOf(operation))),
    parameters: [...parameters, { name: output, size: operation.output.size, access: 'write' }],
    body: buildLoops(nest, schedule, { of: (load) => bufferOf.get(load.from)!, output }),
  };
}
