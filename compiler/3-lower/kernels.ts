import type { Kernel, KernelParameter } from '../kernel/kernel.ts';
import { structuralKey } from '../structural-key.ts';
import { together } from '../tensor/form.ts';
import type { Operation, TensorValue } from '../tensor/tensor.ts';
import { doesText } from '../tensor/text.ts';
import { buildLoops, buildScan, type Schedule } from './build.ts';
import { identifier, Names } from './names.ts';
import { type Nest, type NestLoad, nestOf, withoutTime } from './nest.ts';

/** An operation, or all of a scan, as the call of a kernel. */
export interface Step {
  readonly nests: readonly Nest[];
  /** The name of the kernel. */
  readonly kernel: string;
  /** What it reads and others give: one for each of the kernel's first parameters. */
  readonly operands: readonly TensorValue[];
  /** What it gives, one for each of the parameters that follow. */
  readonly outputs: readonly TensorValue[];
}

/**
 * A kernel for each form of operation or scan, and the calls in order. Operations that differ in nothing but their buffers share
 * one, so that modules are small and an engine optimizes it once.
 */
export function kernelsOf(
  operations: readonly Operation[],
  scheduleOf: (nest: Nest) => Schedule,
): { readonly kernels: readonly Kernel[]; readonly steps: readonly Step[] } {
  const names = new Names();
  const forms = new Map<string, { readonly kernel: Omit<Kernel, 'comment'>; readonly operations: Operation[] }>();
  const steps = together(operations, ({ expression }) => expression).map((group): Step => {
    const nests = group.map(nestOf);
    const outputs = group.map(({ output }) => output);
    const read = nests.flatMap(({ loads }) => loads.map(({ from }) => from));
    const operands = [...new Set(read)].filter((value) => !outputs.includes(value));
    const values = [...operands, ...outputs];
    const key = structuralKey({
      nests: nests.map((nest) => ({
        ...nest,
        loads: nest.loads.map((load) => ({ ...load, from: values.indexOf(load.from) })),
      })),
      sizes: values.map(({ size }) => size),
    });
    const form = forms.get(key) ?? {
      kernel: kernelOf(group.at(-1)!, { nests, operands, outputs }, scheduleOf, names),
      operations: [],
    };
    forms.set(key, form);
    form.operations.push(group.at(-1)!);
    return { nests, kernel: form.kernel.name, operands, outputs };
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
  { nests, operands, outputs }: Omit<Step, 'kernel'>,
  scheduleOf: (nest: Nest) => Schedule,
  names: Names,
): Omit<Kernel, 'comment'> {
  const buffers = new Names();
  const loads = nests.flatMap((nest) => nest.loads);
  const last = buffers.fresh('output');
  const parameters = [...operands, ...outputs].map((value): KernelParameter => {
    const load = loads.find(({ from }) => from === value);
    const name = value === outputs.at(-1) ? last : buffers.fresh(load ? identifier(load.name) : last);
    const access = operands.includes(value) ? 'read' : load ? 'both' : 'write';
    return { name, size: value.size, access };
  });
  const bufferOf = new Map([...operands, ...outputs].map((value, index) => [value, parameters[index]!.name]));
  const members = nests.map((nest, index) => ({
    nest,
    schedule: nest.scans ? { tile: [1, ...scheduleOf(withoutTime(nest)).tile] } : scheduleOf(nest),
    buffers: { of: (load: NestLoad) => bufferOf.get(load.from)!, output: bufferOf.get(outputs[index]!)! },
  }));
  return {
    name: names.fresh(identifier(nameOf(operation))),
    parameters,
    body: nests[0]!.scans ? buildScan(members) : buildLoops(members[0]!),
  };
}
