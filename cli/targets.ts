import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compileToTypeScript, expand, fixed, type Graph, interpret } from '../compiler/index.ts';
import { tfjsText } from './commands/compile.ts';
import { UsageError } from './failure.ts';
import type { Batch } from './inputs.ts';
import type { Io } from './io.ts';
import type { ReadNet } from './nets.ts';
import { version } from './version.ts';
import type { Weights } from './weights.ts';

/** The ways in which `netc run` computes, all with the same numbers. */
export const targets = ['ts', 'interpret', 'tfjs'] as const;
export type Target = (typeof targets)[number];

/** Gives the outputs by name for a batch of inputs. */
export type Runner = (batch: Batch) => ReadonlyMap<string, Float32Array> | Promise<ReadonlyMap<string, Float32Array>>;

export async function prepare(io: Io, target: Target, net: ReadNet, weights: Weights): Promise<Runner> {
  const { graph } = net;
  switch (target) {
    case 'interpret':
      return interpreted(graph, weights);
    case 'ts':
      return compiled(graph, weights);
    case 'tfjs':
      return inTfjs(io, net, weights);
  }
}

/** The reference: evaluates what the layers mean, step by step. */
function interpreted(graph: Graph, weights: Weights): Runner {
  const program = expand(graph);
  return ({ inputs, size }) => interpret(program, inputs, weights.tensors, size);
}

/** Exactly the module that `netc compile` writes. */
async function compiled(graph: Graph, weights: Weights): Promise<Runner> {
  const text = await compileToTypeScript(graph, { source: graph.source, version: version() });
  const module = (await importText(text)) as CompiledModule;
  const model = module.load(weights.bytes);
  return ({ inputs, size }) => byName(graph, model.run(onlyOr(inputs), size));
}

interface CompiledModule {
  load(weights: Uint8Array): { run(inputs: OneOrNamed, batch: number): OneOrNamed };
}

type OneOrNamed = Float32Array | Readonly<Record<string, Float32Array>>;

/** A single input is given as it is, several by name. */
function onlyOr(inputs: ReadonlyMap<string, Float32Array>): OneOrNamed {
  return inputs.size === 1 ? [...inputs.values()][0]! : Object.fromEntries(inputs);
}

function byName({ outputs }: Graph, given: OneOrNamed): ReadonlyMap<string, Float32Array> {
  return new Map(given instanceof Float32Array ? [[outputs[0]!.name, given]] : Object.entries(given));
}

/** The module that `netc compile --target tfjs` writes, with tfjs from the project in which the command runs. */
async function inTfjs(io: Io, net: ReadNet, weights: Weights): Promise<Runner> {
  const { graph } = net;
  const text = await tfjsText(io, net);
  const place = JSON.stringify(pathToFileURL(resolveTfjs(io)).href);
  const module = (await importText(text.replace("from '@tensorflow/tfjs'", `from ${place}`))) as TfjsModule;
  const tf = (await import(JSON.parse(place))) as Tfjs;
  // It greets otherwise.
  tf.enableProdMode();
  const model = module.load(weights.bytes);
  return ({ inputs, size }) => {
    const given = graph.inputs.map(({ name, type }) =>
      tf.tensor(inputs.get(name)!, [size, ...fixed(type.shape)], type.element === 'i32' ? 'int32' : 'float32'),
    );
    const results = [model.predict(given)].flat();
    const values = graph.outputs.map(({ name }, index) => [name, results[index]!.dataSync()] as const);
    tf.dispose([given, results]);
    return new Map(values);
  };
}

/** The little of tfjs that is used, so that its types are not needed where it is not installed. */
interface Tfjs {
  enableProdMode(): void;
  tensor(values: Float32Array, shape: readonly number[], type: string): TfjsTensor;
  dispose(tensors: readonly (readonly TfjsTensor[])[]): void;
}

interface TfjsTensor {
  dataSync(): Float32Array;
}

interface TfjsModule {
  load(weights: Uint8Array): { predict(inputs: readonly TfjsTensor[]): TfjsTensor | TfjsTensor[] };
}

/** tfjs is no dependency of netc. */
function resolveTfjs(io: Io): string {
  try {
    return createRequire(join(io.folder, 'package.json')).resolve('@tensorflow/tfjs');
  } catch {
    throw new UsageError('`--target tfjs` needs tfjs in this project: npm install @tensorflow/tfjs');
  }
}

/** Runs a TypeScript module that is nowhere a file. */
async function importText(text: string): Promise<unknown> {
  const { ts } = await import('ts-morph');
  const code = ts.transpile(text, { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 });
  return import(`data:text/javascript,${encodeURIComponent(code)}`);
}
