import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import {
  type Analysis,
  type Graph,
  type Outcome,
  product,
  shapeText,
  weightsOf,
  writeSafetensors,
} from '../../compiler/index.ts';
import { readExample } from '../../scripts/generated-examples.ts';
import { type InputTensor, largestDifference, type NamedShape } from '../fixtures/cases.ts';
import { fill } from '../fixtures/fill.ts';

/** What PyTorch knows of the network of `examples/<name>.net`; made by `spec/fixtures/zoo.py`. */
export interface ZooRow {
  readonly name: string;
  readonly parameters: number;
  /** Multiply-accumulates of the first run. */
  readonly macs: number;
  /** The state_dict, a line for each module: `conv1 weight[6,3,5,5] bias[6]`. */
  readonly state: readonly string[];
  readonly runs: readonly ZooRun[];
}

/** What the network gives for a batch of one. */
export interface ZooRun {
  /** Shapes without the batch. An input with `below` is of whole numbers from 0 on, all less than that. */
  readonly inputs: readonly (NamedShape & { readonly below?: number })[];
  /** Every `step`th number of each output. */
  readonly outputs: readonly (NamedShape & { readonly step: number; readonly values: readonly number[] })[];
}

export const zoo: readonly ZooRow[] = JSON.parse(readFileSync('spec/fixtures/zoo.json', 'utf8'));

/** The network for inputs of the sizes of this run: those that it leaves open, or else of another picture than is written. */
export function graphFor({ name }: ZooRow, { inputs }: ZooRun): Graph {
  const file = `examples/${name}.net`;
  const written = graphOf(readExample(file));
  const { shape } = inputs[0]!;
  if (`${written.inputs[0]!.type.shape}` === `${shape}`) return written;
  const openSizes = written.symbols.length === 0;
  const names = openSizes ? ['H', 'W'] : written.symbols;
  const dims = new Map(names.map((symbol, index) => [symbol, shape.at(index - names.length)!]));
  return graphOf(readExample(file, { openSizes, dims }));
}

function graphOf({ value, faults }: Outcome<Analysis>): Graph {
  expect(faults).to.deep.equal([]);
  return value.graphs[0]!;
}

/** The inputs of a run with a batch of one, filled by formula. */
export function inputsOf({ inputs }: ZooRun): readonly InputTensor[] {
  return inputs.map(({ name, shape, below }) => {
    const real = fill(name, shape);
    const data = below === undefined ? real : Int32Array.from(real, (value) => Math.floor(((value + 1) / 2) * below));
    return { name, shape: [1, ...shape], data };
  });
}

/** The tensors of a state_dict as a network here has them, a line for each module, in the order of their use. */
export function stateOf(graph: Graph): readonly string[] {
  const modules = new Map<string, string[]>();
  for (const { name, spec } of weightsOf(graph)) {
    const [, path = '', own] = /^(?:(.*)\.)?([^.]*)$/.exec(name)!;
    const tensors = modules.get(path) ?? [];
    modules.set(path, [...tensors, `${own}[${spec.shape}]`]);
  }
  return [...modules].map(([path, tensors]) => [path, ...tensors].join(' '));
}

/** The weights of a network, filled by formula, as a safetensors file. */
export function weightsFor(graph: Graph): Uint8Array {
  const owned = weightsOf(graph).filter(({ spec }) => spec.role !== 'ignored');
  const key = owned.map(({ name, spec }) => `${name}[${spec.shape}]`).join();
  if (made?.key !== key) {
    const tensors = owned.map(({ name, spec: { shape } }) => [name, { shape, data: fill(name, shape) }] as const);
    made = { key, bytes: writeSafetensors(new Map(tensors)) };
  }
  return made.bytes;
}

/** The last ones, of which one row asks several times; all of them together would be gigabytes. */
let made: { readonly key: string; readonly bytes: Uint8Array } | undefined;

/** Expects outputs, in their order, to be PyTorch's but for rounding: a hundred-thousandth of the largest number. */
export function expectOutputs({ outputs }: ZooRun, given: readonly ArrayLike<number>[]): void {
  expect(given).to.have.length(outputs.length);
  for (const [index, { name, shape, step, values }] of outputs.entries()) {
    const all = given[index]!;
    expect(all, name).to.have.length(product(shape));
    const some = values.map((_, at) => all[at * step]!);
    const largest = Math.max(...values.map(Math.abs));
    expect(largestDifference(some, values) / largest, name).to.be.at.most(1e-5);
  }
}

/** `[3, 224, 224]` */
export function shapesOf({ inputs }: ZooRun): string {
  return inputs.map(({ shape }) => shapeText(shape)).join(', ');
}
