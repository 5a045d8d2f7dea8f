import type { Buffer, CompiledModel, KernelCall } from '../kernel/kernel.ts';
import { preparedValues } from '../tensor/form.ts';
import type { TensorProgram, TensorValue } from '../tensor/tensor.ts';
import { withFreshOutputs } from './fresh-outputs.ts';
import { kernelsOf, type Step } from './kernels.ts';
import { lifetimesOf } from './lifetimes.ts';
import { Names } from './names.ts';
import { withPaddedOperands } from './pad.ts';
import { planArena } from './plan.ts';
import { scheduleOf } from './strategies/index.ts';
import { withWinograd } from './winograd.ts';

/** A program as kernels, calls and a plan of the memory: what every target that emits code needs. */
export function lower(program: TensorProgram): CompiledModel {
  const { operations, inputs, weights, outputs, name } = withPaddedOperands(withWinograd(withFreshOutputs(program)));
  const results = new Map(outputs.map(({ value }, index) => [value, index]));
  const prepared = preparedValues({ operations, weights });
  const isPrepared = ({ outputs: made }: Step) => made.every((value) => prepared.has(value) && !results.has(value));
  const { kernels, steps } = kernelsOf(operations, scheduleOf);
  const once = steps.filter(isPrepared);
  const each = steps.filter((step) => !isPrepared(step));
  const plan = planArena(lifetimesOf(each, results));

  const names = new Names();
  const buffers = new Map<TensorValue, Buffer>();
  const add = (value: TensorValue, place: Buffer['place']) =>
    buffers.set(value, { name: names.fresh(value.name), size: value.size, place });
  for (const [index, value] of inputs.entries()) add(value, { kind: 'input', index });
  for (const value of weights) add(value, { kind: 'weight', name: value.name });
  for (const value of once.flatMap((step) => step.outputs)) add(value, { kind: 'prepared' });
  for (const value of each.flatMap((step) => step.outputs)) {
    const index = results.get(value);
    if (index !== undefined) add(value, { kind: 'output', index });
    else add(value, { kind: 'arena', offset: plan.offsets.get(value)! });
  }
  const call = ({ kernel, operands, outputs: made }: Step): KernelCall => ({
    kernel,
    arguments: [...operands, ...made].map((value) => buffers.get(value)!.name),
  });
  return {
    name,
    inputs: inputs.map((value) => value.name),
    outputs: outputs.map((output) => output.name),
    kernels,
    buffers: [...buffers.values()],
    prepare: once.map(call),
    run: each.map(call),
    arena: plan.size,
    arenaLowerBound: plan.lowerBound,
  };
}
