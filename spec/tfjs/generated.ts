import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import { expect } from 'chai';
import { transformSync } from 'esbuild';
import { emitTfjs } from '../../compiler/4-emit/tfjs/emit.ts';
import { analyze } from '../../compiler/compile.ts';
import type { Fault } from '../../compiler/fault.ts';
import type { Graph } from '../../compiler/graph.ts';
import type { InputTensor } from '../fixtures/cases.ts';

/** What every generated module exports. */
export interface TfjsModule {
  readonly metadata: {
    readonly name: string;
    readonly inputs: readonly { readonly name: string; readonly shape: readonly number[]; readonly element: string }[];
    readonly outputs: readonly { readonly name: string; readonly shape: readonly number[] }[];
    readonly weights: readonly { readonly name: string; readonly shape: readonly number[] }[];
    readonly ignored: readonly string[];
  };
  readonly WeightsError: new (message?: string) => Error;
  build(): tf.LayersModel;
  load(weights: Uint8Array): tf.LayersModel;
  save(model: tf.LayersModel): Uint8Array;
}

/** The one net of a text. */
export function graphOf(text: string): Graph {
  const { value, faults } = analyze({ name: 'test.net', text });
  expect(faults.filter(({ code }) => code !== 'use/unused')).to.deep.equal([]);
  return value.graphs[0]!;
}

/** The generated module of a net that tfjs can build. */
export function emitted(text: string): string {
  const { value, faults } = emitTfjs(graphOf(text), { source: 'test.net', version: '1.2.3' });
  expect(faults).to.deep.equal([]);
  return value;
}

/** Why tfjs cannot build the net of a text. */
export function refusals(text: string): readonly Fault[] {
  return emitTfjs(graphOf(text), { source: 'test.net', version: '1.2.3' }).faults;
}

/** Whether some layer of the net has no row for tfjs, or its row refuses the options: then tfjs cannot have the net. */
export function isRefused(text: string): boolean {
  return graphOf(text).nodes.some(
    (node) => !node.layer.formula && (!node.layer.tfjs || node.layer.tfjs.refuses?.(node) !== undefined),
  );
}

/** Expects a clear word for a net that tfjs cannot have. */
export function expectRefusal(text: string): void {
  const codes = refusals(text).map(({ code }) => code);
  expect(codes).to.not.be.empty;
  expect(new Set(codes)).to.deep.equal(new Set(['use/target']));
}

const modules = new Map<string, Promise<TfjsModule>>();

/** The running module of a net that tfjs can build. */
export function moduleOf(net: string): Promise<TfjsModule> {
  const found = modules.get(net) ?? importModule(emitted(net));
  modules.set(net, found);
  return found;
}

/** Runs a generated module as a project would: as a file, with tfjs from its packages. */
export async function importModule(text: string): Promise<TfjsModule> {
  // Plain JavaScript on one thread, and no advice to install something faster.
  tf.enableProdMode();
  await tf.setBackend('cpu');
  const { code } = transformSync(text, { loader: 'ts', format: 'esm', target: 'es2022' });
  const folder = new URL('../../.cache/tfjs/', import.meta.url);
  const file = new URL(`${createHash('sha256').update(code).digest('hex').slice(0, 16)}.mjs`, folder);
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    const whole = new URL(`${file}.${process.pid}.tmp`);
    writeFileSync(whole, code);
    renameSync(whole, file);
  }
  return import(pathToFileURL(file.pathname).href);
}

/** What the model gives for these values: the numbers of each output, in row-major order. */
export function predict(model: tf.LayersModel, inputs: readonly InputTensor[]): readonly Float32Array[] {
  return tf.tidy(() => {
    const values = inputs.map(({ shape, data }) => tf.tensor(data, [...shape]));
    const results = model.predict(values.length === 1 ? values[0]! : values);
    return (Array.isArray(results) ? results : [results]).map((each) => each.dataSync<'float32'>());
  });
}
