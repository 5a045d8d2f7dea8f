import { expect } from 'chai';
import { compileToTfjs, compileToTypeScript, summarize } from '../../compiler/index.ts';
import * as tfjs from '../tfjs/generated.ts';
import * as typescript from '../typescript/generated.ts';
import { expectOutputs, graphFor, inputsOf, shapesOf, stateOf, weightsFor, zoo } from './zoo.ts';

/**
 * The networks of `examples/` against PyTorch, most of them torchvision's: the names, order and shapes of their weights, so that
 * a real checkpoint loads, what they cost, and what they give. What takes long, a large picture through a large network, is run by
 * `npm run test:zoo` alone.
 */
describe('the zoo', function () {
  this.timeout(600_000);
  const isPatient = process.env.ZOO === 'all';
  /** PyTorch lists some layer before one that is used earlier. */
  const isOutOfOrder = new Set(['swin_t']);
  const origin = { source: 'zoo.net', version: '1.2.3' };

  for (const row of zoo) {
    const first = row.runs[0]!;
    const isLarge = row.parameters > 1e8;
    const quick = row.runs.filter((run) => isPatient || (!isLarge && (run !== first || row.macs < 1e9)));

    describe(`${row.name} for ${shapesOf(first)}`, () => {
      it('has the weights that it has in PyTorch, in the same order', () => {
        const state = stateOf(graphFor(row, first));
        expect(state).to.have.members(row.state);
        if (!isOutOfOrder.has(row.name)) expect(state).to.deep.equal(row.state);
      });

      it('costs what it costs in PyTorch', () => {
        const { parameters, macs } = summarize(graphFor(row, first), undefined);
        expect({ parameters, macs }).to.deep.equal({ parameters: row.parameters, macs: row.macs });
      });

      for (const run of quick) {
        it(`gives what PyTorch gives, for ${shapesOf(run)}`, async () => {
          const graph = graphFor(row, run);
          const { load } = await typescript.importModule(await compileToTypeScript(graph, origin));
          const inputs = inputsOf(run).map(({ name, data }) => [name, data] as const);
          const given = load(weightsFor(graph)).run(
            inputs.length === 1 ? inputs[0]![1] : Object.fromEntries(inputs),
            1,
          );
          expectOutputs(run, given instanceof Float32Array ? [given] : run.outputs.map(({ name }) => given[name]!));
        });
      }

      const least = quick.at(-1);
      if (!least) return;
      it(`gives it with tfjs, too, where tfjs has all layers, for ${shapesOf(least)}`, async () => {
        const graph = graphFor(row, least);
        const { value, faults } = await compileToTfjs(graph, origin);
        expect(faults.filter(({ code }) => code !== 'use/target')).to.deep.equal([]);
        if (faults.length > 0) return;
        const { load } = await tfjs.importModule(value);
        expectOutputs(least, tfjs.predict(load(weightsFor(graph)), inputsOf(least)));
      });
    });
  }
});
