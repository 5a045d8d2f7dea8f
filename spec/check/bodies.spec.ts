import { expect } from 'chai';
import fc from 'fast-check';
import { expand } from '../../compiler/2-optimize/expand.ts';
import { type AnalyzeOptions, analyze } from '../../compiler/compile.ts';
import { evaluate, holds } from '../../compiler/dim.ts';
import { hasErrors } from '../../compiler/fault.ts';
import type { Graph } from '../../compiler/graph.ts';
import { layerText } from '../../compiler/layer-text.ts';
import { layers } from '../../compiler/layers/index.ts';
import { renderFaults } from '../../compiler/report/report.ts';
import { product } from '../../compiler/shape.ts';
import { verifyProgram } from '../../compiler/tensor/verify.ts';
import { modelOf } from '../lower/nets.ts';
import { rightNet, wildNet } from './bodies.ts';

const source = (text: string) => ({ name: 'random.net', text });

/** The graph of a text, if nothing forbids to compile it. */
function checked(text: string, options: AnalyzeOptions = {}): Graph | undefined {
  const { value, faults } = analyze(source(text), options);
  return hasErrors(faults) ? undefined : value.graphs[0];
}

const isRight = (text: string) => checked(text) !== undefined;

describe('a random net of all layers', () => {
  it('is checked fast, without an exception, and every fault of it can be told', () => {
    fc.assert(
      fc.property(wildNet, (text) => {
        const before = process.cpuUsage();
        const { faults } = analyze(source(text));
        renderFaults(faults, new Map([['random.net', text]]));
        const { user, system } = process.cpuUsage(before);
        expect((user + system) / 1e6, text).to.be.lessThan(1);
        for (const { span, fix } of faults)
          for (const each of [span, ...(fix?.edits ?? []).map((edit) => edit.span)])
            expect(each.start <= each.end && each.end <= text.length, text).to.equal(true);
      }),
      { numRuns: 600 },
    );
  });

  it('has a meaning and can be lowered where it is right', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(rightNet([], isRight), (text) => {
        const graph = checked(text);
        if (!graph) return;
        for (const node of graph.nodes) {
          seen.add(node.layer.name);
          layerText(node);
        }
        const program = expand(graph);
        verifyProgram(program);
        const sizes = graph.outputs.map(({ value }) => product(value.type.shape as number[]));
        expect(
          program.outputs.map(({ value }) => value.size),
          text,
        ).to.deep.equal(sizes);
        if (Math.max(...graph.nodes.map(({ output }) => product(output.type.shape as number[]))) > 5000) return;
        for (const fuse of [true, false]) modelOf(program, { fuse });
      }),
      { numRuns: 150 },
    );
    // So that it is no test of a few layers alone.
    expect([...seen].length).to.be.at.least(layers.length / 2);
  });

  it('is right for the sizes that its requirements allow, and for no others', () => {
    const size = fc.integer({ min: 1, max: 24 });
    fc.assert(
      fc.property(
        rightNet(['H', 'W'], isRight),
        fc.array(fc.tuple(size, size), { minLength: 3, maxLength: 8 }),
        (text, samples) => {
          const graph = checked(text);
          if (!graph || graph.symbols.length === 0) return;
          for (const sample of samples) {
            const dims = new Map(graph.symbols.map((symbol, index) => [symbol, sample[index]!]));
            const allowed = graph.requirements.every((requirement) => holds(requirement, dims));
            const { value, faults } = analyze(source(text), { dims });
            // How much a value may hold is no requirement: a size that is open has no limit.
            if (faults.some(({ code }) => code === 'shape/large')) continue;
            const fixed = hasErrors(faults) ? undefined : value.graphs[0];
            const where = `${text}${JSON.stringify([...dims])}`;
            expect(fixed !== undefined, where).to.equal(allowed);
            if (!fixed) continue;
            const shapes = graph.outputs.map(({ value }) => value.type.shape.map((dim) => evaluate(dim, dims)));
            expect(
              fixed.outputs.map(({ value }) => value.type.shape),
              where,
            ).to.deep.equal(shapes);
            verifyProgram(expand(fixed));
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
