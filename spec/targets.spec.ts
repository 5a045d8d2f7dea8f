import { expect } from 'chai';
import { analyze, expand, interpret, writeSafetensors } from '../compiler/index.ts';
import { exampleText, fixed } from '../compiler/layer.ts';
import { activations, layers } from '../compiler/layers/index.ts';
import { dataOf, expectClose, expectSameResults } from './lower/nets.ts';
import * as tfjs from './tfjs/generated.ts';
import * as typescript from './typescript/generated.ts';

/** The examples of a layer's record are its tests: a new layer brings no code to this page. */
describe('every target gives the same', () => {
  for (const layer of [...layers, ...activations]) {
    for (const example of layer.examples) {
      const { input, body } = example;
      it(`for ${body.replaceAll('\n', '; ')} on [${input}]`, () => check(exampleText(example)));
    }
  }
});

async function check(text: string): Promise<void> {
  const graph = analyze({ name: 'example.net', text }).value.graphs[0]!;
  const { inputs, weights } = dataOf(graph);
  const batch = 2;
  const [input] = [...inputs.values()];
  const expected = [...interpret(expand(graph), inputs, weights, batch).values()][0]!;

  expectSameResults(graph);

  for (const fuse of [true, false]) {
    const { load } = await typescript.importModule(typescript.emitted(text, { fuse }));
    const result = load(writeSafetensors(weights)).run(input!, batch) as Float32Array;
    expectClose(result, expected, `TypeScript, fuse: ${fuse}`);
  }

  if (tfjs.isRefused(text)) {
    tfjs.expectRefusal(text);
    return;
  }
  const model = (await tfjs.moduleOf(text)).load(writeSafetensors(weights));
  const shape = [batch, ...fixed(graph.inputs[0]!.type.shape)];
  const [predicted] = tfjs.predict(model, [{ name: 'x', shape, data: input! }]);
  expect(predicted!.length).to.equal(expected.length);
  expectClose(predicted!, expected, 'tfjs');
}
