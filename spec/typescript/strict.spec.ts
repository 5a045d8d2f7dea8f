import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { transformSync } from 'esbuild';
import { ModuleKind, Project, ScriptTarget, type ts } from 'ts-morph';
import { emitted } from './generated.ts';

const lenet = readFileSync('examples/lenet.net', 'utf8');

describe('The types of compiled modules', () => {
  /** Every flag that tsc has and that says something of the text of a module. */
  const compilerOptions: ts.CompilerOptions = {
    target: ScriptTarget.ES2022,
    // The language alone, without a platform: all else that a module needs is declared below.
    lib: ['lib.es2022.d.ts'],
    module: ModuleKind.ESNext,
    types: [],
    skipLibCheck: true,
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noImplicitOverride: true,
    noImplicitReturns: true,
    noFallthroughCasesInSwitch: true,
    noPropertyAccessFromIndexSignature: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    allowUnreachableCode: false,
    allowUnusedLabels: false,
    isolatedModules: true,
    isolatedDeclarations: true,
    declaration: true,
    verbatimModuleSyntax: true,
    erasableSyntaxOnly: true,
  };

  it('pass the strictest flags, and tell wrong uses', () => {
    const project = new Project({ useInMemoryFileSystem: true, compilerOptions });
    project.createSourceFile('platform.d.ts', 'declare class TextDecoder { decode(bytes: Uint8Array): string }');
    const nets = {
      lenet,
      joined: `net Joined(left: [2], right: [2]) -> (total: [2], scaled: [1]) {
        total = left | add right
        scaled = fc1: linear 2->1
        return total, scaled
      }`,
      weightless: 'net Weightless(x: [2]) { relu }',
      whole: 'net Whole(tokens: i32[2]) { identity }',
      many: `net Many(x: [2, 9, 9]) {
        conv 2->4 k3 s2 p1 | batchnorm | gelu | maxpool 3 s1 p1 | prelu | avgpool 2 | mish | hardshrink | softsign
        y = conv 4->4 k3 p=same g4 | celu | softmax axis=0
        conv 4->4 k1 | add y | rrelu | globalavgpool | linear 4->3 | log_softmax
      }`,
    };
    for (const [name, net] of Object.entries(nets)) {
      project.createSourceFile(`${name}.ts`, emitted(net));
      project.createSourceFile(`${name}-separate.ts`, emitted(net, { fuse: false }));
    }
    project.createSourceFile(
      'use.ts',
      `import { load, metadata, type Model, WeightsError } from './lenet';
import * as joined from './joined';
import * as whole from './whole';
const model: Model = load(new Uint8Array());
export const result: Float32Array = model.run(new Float32Array(3072));
export const results: { readonly total: Float32Array; readonly scaled: Float32Array } = joined
  .load(new Uint8Array())
  .run({ left: new Float32Array(2), right: new Float32Array(2) }, 1);
export const sizes: readonly [3, 32, 32] = metadata.inputs[0].shape;
export const weights: readonly { readonly name: string; readonly shape: readonly number[] }[] = metadata.weights;
export const error: Error = new WeightsError('');
export const tokens: Int32Array = whole.load(new Uint8Array()).run(new Int32Array(2));
// @ts-expect-error: whole numbers are another array.
model.run(new Int32Array(3072));
// @ts-expect-error: two inputs go by their names.
joined.load(new Uint8Array()).run(new Float32Array(2));
// @ts-expect-error: there is no third output.
joined.load(new Uint8Array()).run({ left: new Float32Array(2), right: new Float32Array(2) }).other;
`,
    );
    const diagnostics = project.getPreEmitDiagnostics();
    expect(project.formatDiagnosticsWithColorAndContext(diagnostics)).to.equal('');
  });
});

describe('LeNet as a compiled module', () => {
  it('has at most 4 kB, minified and gzipped', () => {
    const { code } = transformSync(emitted(lenet), { loader: 'ts', format: 'esm', minify: true });
    expect(gzipSync(code, { level: 9 }).length).to.be.at.most(4000);
  });

  it('has no line of more than 120 columns, and none that ends with a space', () => {
    for (const fuse of [true, false]) {
      const lines = emitted(lenet, { fuse }).split('\n');
      expect(lines.filter((line) => line.length > 120 || line.endsWith(' '))).to.deep.equal([]);
    }
  });
});
