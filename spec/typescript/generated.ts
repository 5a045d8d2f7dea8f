import { expect } from 'chai';
import { transformSync } from 'esbuild';
import { emitTypeScript } from '../../compiler/4-emit/typescript/emit.ts';
import { analyze, type BuildOptions, type Built, build } from '../../compiler/compile.ts';
import { severityOf } from '../../compiler/fault.ts';

/** What every generated module exports. */
export interface GeneratedModule {
  readonly metadata: {
    readonly name: string;
    readonly inputs: readonly { readonly name: string; readonly shape: readonly number[]; readonly element: string }[];
    readonly outputs: readonly { readonly name: string; readonly shape: readonly number[] }[];
    readonly weights: readonly { readonly name: string; readonly shape: readonly number[] }[];
    readonly ignored: readonly string[];
  };
  readonly WeightsError: new (message?: string) => Error;
  load(weights: Uint8Array): { run(inputs: Inputs, batch?: number): Outputs };
}

export type Inputs = Float32Array | Int32Array | Readonly<Record<string, Float32Array | Int32Array>>;
export type Outputs = Float32Array | Readonly<Record<string, Float32Array | Int32Array>>;

/** The one net of a text. */
export function builtOf(text: string, options: BuildOptions = {}): Built {
  const { value, faults } = analyze({ name: 'test.net', text });
  expect(faults.filter((fault) => severityOf(fault) === 'error')).to.deep.equal([]);
  return build(value.graphs[0]!, options);
}

export function emitted(text: string, options: BuildOptions = {}): string {
  return emitTypeScript(builtOf(text, options), { source: 'test.net', version: '1.2.3' });
}

/** Runs the text of a generated module. */
export function importModule(text: string): Promise<GeneratedModule> {
  const { code } = transformSync(text, { loader: 'ts', format: 'esm', target: 'es2022' });
  // Its name is for the traces of errors, which would show the whole text else.
  const named = `${code}\n//# sourceURL=generated.mjs`;
  return import(`data:text/javascript;base64,${Buffer.from(named).toString('base64')}`);
}
