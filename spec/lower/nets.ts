import { expect } from 'chai';
import { expand } from '../../compiler/2-optimize/expand.ts';
import { optimize, passes } from '../../compiler/2-optimize/passes.ts';
import { lower } from '../../compiler/3-lower/lower.ts';
import { analyze } from '../../compiler/compile.ts';
import { hasErrors } from '../../compiler/fault.ts';
import type { Graph } from '../../compiler/graph.ts';
import { interpretModel } from '../../compiler/kernel/interpret.ts';
import type { CompiledModel } from '../../compiler/kernel/kernel.ts';
import { verifyModel } from '../../compiler/kernel/verify-model.ts';
import { fixed } from '../../compiler/layer.ts';
import { interpret } from '../../compiler/tensor/interpret.ts';
import type { TensorProgram } from '../../compiler/tensor/tensor.ts';
import { verifyProgram } from '../../compiler/tensor/verify.ts';
import { filled, numbersOf } from '../fixtures/cases.ts';

/** The one net of the text; undefined where the checker refuses it. */
export function graphOf(text: string): Graph | undefined {
  const { value, faults } = analyze({ name: 'case.net', text });
  return hasErrors(faults) ? undefined : value.graphs[0];
}

/** The meaning of a net that is right. */
export function programOf(text: string): TensorProgram {
  const graph = graphOf(text);
  if (!graph) throw new Error(`the checker refuses ${text}`);
  return expand(graph);
}

/** A program after all passes, each of which leaves one that keeps the rules. */
export function optimized(program: TensorProgram): TensorProgram {
  verifyProgram(program);
  return passes.reduce((before, pass) => {
    const after = pass(before);
    verifyProgram(after);
    return after;
  }, program);
}

/** The model of a program, which keeps the rules: with every layer fused that can be, or each on its own. */
export function modelOf(program: TensorProgram, { fuse }: { readonly fuse: boolean }): CompiledModel {
  const model = lower(fuse ? optimized(program) : optimize(program, { fuse }));
  verifyModel(model);
  return model;
}

/** Numbers for the inputs and weights of a net, for two items. */
export function dataOf({ inputs, nodes }: Graph) {
  const arrays = inputs.map(({ name, type }) => {
    return [name, numbersOf(name, [batch, ...fixed(type.shape)], type.element)] as const;
  });
  const weights = filled(nodes.flatMap((node) => node.weights.map(({ name, spec }) => ({ name, shape: spec.shape }))));
  return {
    inputs: new Map(arrays),
    weights: new Map(weights.map((weight) => [weight.name, weight])),
  };
}

const batch = 2;

/** Expects a net to give the same, whether its expressions are evaluated as written or its kernels run. */
export function expectSameResults(graph: Graph): void {
  const program = expand(graph);
  const { inputs, weights } = dataOf(graph);
  const before = new Map([...inputs].map(([name, data]) => [name, data.slice()]));
  const expected = interpret(program, inputs, weights, batch);
  for (const fuse of [true, false]) {
    const results = interpretModel(modelOf(program, { fuse }), inputs, weights, batch);
    for (const [name, values] of expected) expectClose(results.get(name)!, values, `${name}, fuse: ${fuse}`);
    expect(inputs, 'inputs are never written').to.deep.equal(before);
  }
}

/** Beside the largest of the numbers, the difference is rounding. */
export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  expect(actual.length, what).to.equal(expected.length);
  const finite = Array.from(expected).filter(Number.isFinite);
  const scale = finite.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-3);
  for (let index = 0; index < expected.length; index++) {
    const difference = Math.abs(actual[index]! - expected[index]!);
    if (!(difference <= 1e-5 * scale || Object.is(actual[index], expected[index])))
      expect.fail(`${what}: ${actual[index]} at ${index}, not ${expected[index]}`);
  }
}
