import { spawnSync } from 'node:child_process';
import { expect } from 'chai';

describe('plots in a page that forbids code made of text', () => {
  it('are drawn with neither eval nor WebAssembly', () => {
    const script = `
      const { analyze, plotActivation, plotModel } = await import('./compiler/index.ts');
      delete globalThis.WebAssembly;
      const { value } = analyze({ name: 'x.net', text: 'net X(x: [1]) { linear 1->1 | hswish }' });
      const [graph] = value.graphs;
      const made = [await plotActivation(graph.nodes[1]), (await plotModel(graph)).svg];
      try {
        new Function('');
      } catch ({ name }) {
        made.push(name);
      }
      console.log(JSON.stringify(made));
    `;
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--disallow-code-generation-from-strings', '--import', 'tsx', '--input-type=module', '--eval', script],
      { encoding: 'utf8' },
    );
    expect(stderr).to.equal('');
    const [curve, diagram, refusal] = JSON.parse(stdout);
    expect(refusal).to.equal('EvalError');
    expect(curve).to.include('slope 3/2, then 1');
    expect(diagram).to.include('linear 1-&gt;1 | hardswish');
  });
});
