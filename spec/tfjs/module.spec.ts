import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { expect } from 'chai';
import { ModuleKind, ModuleResolutionKind, Project, ScriptTarget } from 'ts-morph';
import { emitTfjs } from '../../compiler/4-emit/tfjs/emit.ts';
import type { Graph } from '../../compiler/graph.ts';
import { initialWeights, writeSafetensors } from '../../compiler/weights.ts';
import { fill } from '../fixtures/fill.ts';
import { emitted, graphOf, importModule, moduleOf, predict, refusals } from './generated.ts';

const lenet = readFileSync('examples/lenet.net', 'utf8');

/** A net for all that a module may hold: every class of its own, and names that need care. */
const everything = `
act shifted(class, tf = 2, learn default = 0.5) = class > 0 and class < tf or not class == 3 ? 1 : default * sign(class)
act constant(x) = 7
act unread(x, learn weight = 1) = max(0, x)
## Some of everything */ there is.
net Everything(image: [4, 9, 9], build: [9], number: []) -> (metadata: [4], again: [4], alone: []) {
  image | conv 4->4 k3 s2 p1 d2 g2 | shifted | "a path/with ü": conv ->4 k3 p=[1, 0, 0, 1] | hardswish | maxpool 3 s1 p1
  maxpool k2 d2 s1 | avgpool 2 p1 count_include_pad=false | batchnorm | sub { constant } | softmax axis=1 | leaky_relu 0.2
  tf = globalavgpool | log_softmax | leaky_relu 0.3
  again = tf | identity
  alone = number | div { sigmoid } | unread | sub { constant }
  metadata = tf | add { image | globalmaxpool } 
  return metadata, again, alone
}`;

describe('The text of a tfjs module', () => {
  it('says where it comes from, and imports nothing but tfjs', () => {
    const text = emitted(lenet);
    expect(text.split('\n')[0]).to.equal('// LeNet for tfjs, compiled from test.net by netc 1.2.3.');
    expect(text.match(/^import .*/gm)).to.deep.equal(["import * as tf from '@tensorflow/tfjs';"]);
  });

  it('is typed for the strictest flags', function () {
    this.timeout(120_000);
    const project = new Project({
      compilerOptions: {
        target: ScriptTarget.ES2022,
        lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
        module: ModuleKind.ESNext,
        moduleResolution: ModuleResolutionKind.Bundler,
        types: [],
        skipLibCheck: true,
        strict: true,
        noUncheckedIndexedAccess: true,
        exactOptionalPropertyTypes: true,
        noImplicitOverride: true,
        noImplicitReturns: true,
        noPropertyAccessFromIndexSignature: true,
        noUnusedLocals: true,
        noUnusedParameters: true,
        isolatedModules: true,
        isolatedDeclarations: true,
        declaration: true,
        verbatimModuleSyntax: true,
        erasableSyntaxOnly: true,
      },
    });
    const nets = { lenet, everything, weightless: 'net Weightless(x: [2]) { relu }' };
    for (const [name, net] of Object.entries(nets))
      project.createSourceFile(`.cache/tfjs/${name}.ts`, emitted(net), { overwrite: true });
    const diagnostics = project.getPreEmitDiagnostics();
    expect(project.formatDiagnosticsWithColorAndContext(diagnostics)).to.equal('');
  });

  it('has no line of more than 120 columns, and none that ends with a space', () => {
    for (const net of [lenet, everything]) {
      const lines = emitted(net).split('\n');
      expect(lines.filter((line) => line.length > 120 || line.endsWith(' '))).to.deep.equal([]);
    }
  });

  it('writes activations into the layers before them, where nothing else reads what these give', () => {
    const build = (body: string) => bodyOf(emitted(`net N(x: [4]) -> [4] {\n${body}\n}`));
    expect(build('linear 4->4 | relu')).to.include("activation: 'relu'").and.not.include('relu1');
    expect(build('a = linear 4->4\nrelu | add a')).to.include("name: 'relu1', activation: 'relu'");
    expect(build('linear 4->4 | hardswish')).to.include('new HardswishLayer');
  });

  it('lays axes anew only where a layer wants the other order', () => {
    const permutes = (body: string) =>
      bodyOf(emitted(`net N(x: [4, 6, 6]) {\n${body}\n}`)).match(/permute/g)?.length ?? 0;
    expect(permutes('relu | dropout | tanh'), 'none').to.equal(0);
    expect(permutes('conv ->4 k3 | relu | maxpool 2 | globalavgpool | linear ->3'), 'on the way in').to.equal(1);
    expect(permutes('conv ->4 k3 | batchnorm | relu | conv ->4 k3 | flatten'), 'and before a flatten').to.equal(2);
    expect(permutes('add { conv ->4 k1 } { conv ->4 k1 } {} | globalmaxpool'), 'once for all branches').to.equal(1);
  });

  it('has one class for activations that are equal', () => {
    const text = emitted('net N(x: [4]) { leaky_relu 0.2 | leaky_relu 0.3 | leaky_relu 0.2 }');
    expect(text.match(/^export class Leaky\w+/gm)).to.deep.equal([
      'export class LeakyReluLayer',
      'export class LeakyReluLayer_2',
    ]);
  });
});

describe('A tfjs module', () => {
  it('runs with all that it may hold', async () => {
    const { load, save, metadata } = await moduleOf(everything);
    const file = writeSafetensors(initialWeights(graphOf(everything), 0));
    const model = load(file);
    expect(save(model)).to.deep.equal(file);
    const results = predict(
      model,
      metadata.inputs.map(({ name, shape }) => ({ name, shape: [2, ...shape], data: fill(name, [2, ...shape]) })),
    );
    expect(results.map((each) => each.length)).to.deep.equal([8, 8, 2]);
    for (const [index, number] of fill('number', [2]).entries())
      expect(results[2]![index]).to.be.closeTo(Math.max(0, number * (1 + Math.exp(-number))) - 7, 1e-6);
  });

  it('draws fresh weights as PyTorch does', async () => {
    const { build, save } = await moduleOf('net N(x: [3, 8, 8]) { conv ->50 k5 bias=false | batchnorm | prelu }');
    const model = build();
    const [kernel, gamma, beta, slope, mean, variance] = model.getWeights().map((each) => each.dataSync());
    const bound = 1 / Math.sqrt(75);
    expect(Math.max(...kernel!)).to.be.within(0.98 * bound, bound);
    expect(Math.min(...kernel!)).to.be.within(-bound, -0.98 * bound);
    expect([gamma, beta, slope, mean, variance].map((each) => each![0])).to.deep.equal([1, 0, 0.25, 0, 1]);
    expect(save(model)).to.be.an.instanceof(Uint8Array);
  });

  it('refuses weights that are missing, extra or misshapen, by name', async () => {
    const { load, WeightsError } = await moduleOf('net N(x: [4]) { fc: linear 4->3 }');
    const good = initialWeights(graphOf('net N(x: [4]) { fc: linear 4->3 }'), 0);
    const without = new Map([...good].filter(([name]) => name !== 'fc.bias'));
    const more = new Map([...good, ['other', good.get('fc.bias')!]]);
    const turned = new Map([...good, ['fc.weight', { ...good.get('fc.weight')!, shape: [4, 3] }]]);
    expect(() => load(writeSafetensors(without))).to.throw(WeightsError, 'fc.bias');
    expect(() => load(writeSafetensors(more))).to.throw(WeightsError, 'other');
    expect(() => load(writeSafetensors(turned))).to.throw(WeightsError, '[3, 4]');
    expect(() => load(new Uint8Array(5))).to.throw(WeightsError);
  });

  it('keeps no memory but the weights', async () => {
    const { load } = await moduleOf(everything);
    const file = writeSafetensors(initialWeights(graphOf(everything), 0));
    const before = tf.memory().numTensors;
    const model = load(file);
    const inputs = model.inputs.map(({ shape }) => tf.zeros([1, ...(shape.slice(1) as number[])]));
    tf.dispose(model.predict(inputs));
    tf.dispose(inputs);
    expect(tf.memory().numTensors - before).to.equal(model.weights.length);
    model.dispose();
    expect(tf.memory().numTensors).to.equal(before);
  });

  it('applies one layer several times where weights are shared', async () => {
    const graph = graphOf('net N(a: [4], b: [4]) { x = a | fc: linear 4->3\nb | other: linear 4->3 | sub x }');
    const { value: text } = emitTfjs(sharing(graph, 'fc', 'other'), { source: 'shared.net', version: '1' });
    const { load } = await importModule(text);
    const weights = new Map([...initialWeights(graph, 0)].filter(([name]) => name.startsWith('fc.')));
    const model = load(writeSafetensors(weights));
    expect(model.countParams()).to.equal(15);
    const [a, b] = [Float32Array.of(1, 0, 0, 0), Float32Array.of(0, 1, 0, 0)];
    const [difference] = predict(model, [
      { name: 'a', shape: [1, 4], data: a },
      { name: 'b', shape: [1, 4], data: b },
    ]);
    const { data } = weights.get('fc.weight')!;
    for (const [row, value] of difference!.entries())
      expect(value).to.be.closeTo(data[4 * row + 1]! - data[4 * row]!, 1e-6);
  });
});

describe('What tfjs cannot build', () => {
  it('is a layer with weights that leads to no result', () => {
    const [fault, ...others] = refusals('net N(x: [4]) {\n  a = idle: linear 4->3\n  x | linear 4->2\n}');
    expect(others).to.deep.equal([]);
    expect(fault).to.deep.include({ code: 'use/target' });
    expect(fault!.evidence).to.include({ layer: 'linear', target: 'tfjs' });
    expect(fault!.span.start).to.equal(22);
  });

  it('is a layer that has no row for it', () => {
    const graph = graphOf('net N(x: [4]) { linear 4->3 | relu }');
    const bare = graph.nodes.map((node) => {
      const { tfjs: _, ...layer } = node.layer;
      return { ...node, layer };
    });
    const { value, faults } = emitTfjs({ ...graph, nodes: bare }, { source: 'bare.net', version: '1' });
    expect(value).to.equal('');
    expect(faults.map(({ code, span }) => [code, span])).to.deep.equal([['use/target', graph.nodes[0]!.span]]);
  });
});

function bodyOf(text: string): string {
  return /export function build.*?\n}/s.exec(text)![0];
}

/** The net in which one node has the path of another, and so its weights. */
function sharing(graph: Graph, path: string, other: string): Graph {
  const { weights } = graph.nodes.find((node) => node.path === path)!;
  return { ...graph, nodes: graph.nodes.map((node) => (node.path === other ? { ...node, path, weights } : node)) };
}
