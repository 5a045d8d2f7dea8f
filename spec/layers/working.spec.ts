import { expect } from 'chai';
import { analyze } from '../../compiler/compile.ts';
import { dimText, evaluate } from '../../compiler/dim.ts';
import type { LayerNode } from '../../compiler/graph.ts';
import { exampleText } from '../../compiler/layer.ts';
import { layers } from '../../compiler/layers/index.ts';
import type { Shape } from '../../compiler/shape.ts';

describe('the working of a shape rule', () => {
  const worked = layers.filter(({ working }) => working);

  it('is there for the layers whose sizes follow by arithmetic', () => {
    const names = worked.map(({ name }) => name);
    expect(names).to.include.members(['conv', 'deconv', 'maxpool', 'avgpool', 'flatten', 'concat', 'reshape', 'slice']);
  });

  for (const layer of worked) {
    it(`is right for every example of ${layer.name}`, () => {
      const lines = layer.examples.flatMap((example) => linesOf(exampleText(example), layer.name));
      expect(lines, 'equations').not.to.deep.equal([]);
      for (const { line, shape } of lines) checkLine(line, shape, new Map());
    });

    it(`is right for every example of ${layer.name} with symbolic sizes`, () => {
      for (const example of layer.examples) {
        for (const [axis, size] of example.input.entries()) {
          const text = exampleText({ ...example, input: example.input.with(axis, -1) }).replace('-1', 'S');
          // Where a layer wants the size to be a number it has no working.
          for (const { line, shape, node } of linesOf(text, layer.name)) {
            // A `/` in a size that comes in is rounded down, and one in the rule is not.
            const isPlain = node.inputs.every(({ type }) => type.shape.every((dim) => !dimText(dim).includes('/')));
            if (isPlain) checkLine(line, shape, new Map([['S', size]]));
          }
        }
      }
    });
  }

  const lines: readonly [body: string, input: string, lines: readonly string[]][] = [
    ['conv 3->6 k5', '[3, 32, 32]', ['height and width: (32 + 2·0 - 5) / 1 + 1 = 28']],
    [
      'conv 3->6 k3 s2 p1',
      '[3, 32, 17]',
      ['height: ⌊(32 + 2·1 - 3) / 2⌋ + 1 = 16', 'width: (17 + 2·1 - 3) / 2 + 1 = 9'],
    ],
    ['conv 3->6 k4 d2 p=same', '[3, 20]', ['length: (20 + 2·3 - (2·(4 - 1) + 1)) / 1 + 1 = 20']],
    ['conv 3->6 k4 p=same', '[3, 20]', ['length: (20 + 1 + 2 - 4) / 1 + 1 = 20']],
    ['maxpool 2', '[3, H, W]', ['height: ⌊(H + 2·0 - 2) / 2⌋ + 1 = H / 2', 'width: ⌊(W + 2·0 - 2) / 2⌋ + 1 = W / 2']],
    ['maxpool 3 s2 ceil', '[2, 8, 7]', ['height: ⌈(8 + 2·0 - 3) / 2⌉ + 1 = 4', 'width: (7 + 2·0 - 3) / 2 + 1 = 3']],
    ['avgpool k2 s3 p1 ceil', '[2, 7]', ['length: min(⌈(7 + 2·1 - 2) / 3⌉ + 1, ⌈(7 + 1) / 3⌉) = 3']],
    ['deconv 3->2 k4 s2 p1', '[3, 4]', ['length: (4 - 1)·2 + 4 - 2·1 = 8']],
    ['flatten', '[16, 5, 5]', ['features: 16·5·5 = 400']],
    ['flatten', '[7]', []],
    ['concat {} {} axis=-1', '[3, H, W]', ['axis 2: W + W = 2 * W']],
    ['adaptiveavgpool 3', '[2, 6, 7]', ['height: 6 / 2 = 3', 'width: 3 windows of up to 3 among 7 places']],
    ['reshape [-1, 2, 2]', '[8, 5, 4]', ['axis 0: 8·5·4 / (2·2) = 40']],
    ['slice (-4) (-1) step=2', '[9]', ['features: ⌈(8 - 5) / 2⌉ = 2']],
  ];
  for (const [body, input, expected] of lines) {
    it(`says of ${body} on ${input} what it says`, () => {
      const { graphs } = analyze({ name: 'spec.net', text: `net Spec(x: ${input}) { ${body} }` }).value;
      const node = graphs[0]!.nodes.at(-1)!;
      expect(node.layer.working!(node)).to.deep.equal(expected);
    });
  }
});

interface Line {
  readonly line: string;
  readonly node: LayerNode;
  readonly shape: Shape;
}

/** The equations of all nodes of a layer in a net. */
function linesOf(text: string, name: string): readonly Line[] {
  const { value, faults } = analyze({ name: 'spec.net', text });
  if (faults.length > 0) return [];
  return value.graphs[0]!.nodes.filter((node) => node.layer.name === name).flatMap((node) => {
    const lines = node.layer.working!(node).filter((line) => line.includes('='));
    return lines.map((line) => ({ line, node, shape: node.output.type.shape }));
  });
}

/** All sides of the equation are one number, the last of them the size of each axis that is named. */
function checkLine(line: string, shape: Shape, symbols: ReadonlyMap<string, number>): void {
  const [axes, equation] = line.split(': ') as [string, string];
  const sides = equation.split(' = ');
  const isRounded = symbols.size > 0;
  const [left, ...others] = sides.map((side, index) => calculate(side, symbols, isRounded && index > 0));
  for (const other of others) expect(other, line).to.equal(left);
  for (const name of axes.split(' and ')) {
    const axis = axisOf(name, shape.length);
    if (axis === undefined) continue;
    expect(sides.at(-1), line).to.equal(dimText(shape[axis]!));
    expect(left, line).to.equal(evaluate(shape[axis]!, symbols));
  }
}

function axisOf(name: string, rank: number): number | undefined {
  const numbered = /^axis (\d+)$/.exec(name)?.[1];
  if (numbered !== undefined) return Number(numbered);
  switch (name) {
    case 'channels':
      return 0;
    case 'depth':
      return rank - 3;
    case 'height':
      return rank - 2;
    case 'length':
    case 'width':
    case 'features':
      return rank - 1;
    default:
      return undefined;
  }
}

/** The number that arithmetic on paper is; with `roundsDown`, as sizes are printed, `/` rounds down. */
function calculate(text: string, symbols: ReadonlyMap<string, number>, roundsDown: boolean): number {
  const tokens = text.match(/\d+|\w+|[^\s]/g) ?? [];
  let at = 0;
  const result = sum();
  expect(at, `all of ${text} is read`).to.equal(tokens.length);
  return result;

  function sum(): number {
    let value = product();
    while (tokens[at] === '+' || tokens[at] === '-') value += tokens[at++] === '+' ? product() : -product();
    return value;
  }

  function product(): number {
    let value = atom();
    while (tokens[at] === '·' || tokens[at] === '*' || tokens[at] === '/') {
      if (tokens[at++] !== '/') value *= atom();
      else value = roundsDown ? Math.floor(value / atom()) : value / atom();
    }
    return value;
  }

  function atom(): number {
    const token = tokens[at++]!;
    switch (token) {
      case '-':
        return -atom();
      case '(':
        return closed(sum());
      case '⌊':
        return closed(Math.floor(sum()));
      case '⌈':
        return closed(Math.ceil(sum()));
      case 'min': {
        at++;
        const first = sum();
        at++;
        return closed(Math.min(first, sum()));
      }
      default:
        return symbols.get(token) ?? Number(token);
    }
  }

  function closed(value: number): number {
    at++;
    return value;
  }
}
