import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { networkOf } from '../../../editor/playground/digits/interpreter.ts';
import { arrangement } from '../../../editor/playground/digits/maps.ts';
import { normalize, type Stroke, side } from '../../../editor/playground/digits/normalize.ts';
import { changing, indexOfLargest, softmax } from '../../../editor/playground/digits/reading.ts';
import { readDigits } from '../../../examples/digits.ts';
import * as digits from '../../../examples/generated/digits.ts';
import { drawnDigits } from './drawn-digits.ts';

const weights = readFileSync('examples/digits.safetensors');
const text = readFileSync('examples/digits.net', 'utf8');
const model = digits.load(weights);
const { test } = readDigits();
const extent = 280;

/** Digits as somebody would draw them with a mouse. */
describe('a drawing', () => {
  for (const [digit, strokes] of drawnDigits.entries()) {
    it(`of a ${digit} is read as one, wherever and however large it is drawn`, () => {
      for (const [scale, x, y] of [
        [1, 0, 0],
        [0.5, 0, 0],
        [0.6, 110, 20],
        [0.35, 40, 170],
      ] as const) {
        const image = normalize(moved(strokes, scale, x, y), extent)!;
        expect(indexOfLargest(model.run(image)), `scale ${scale}`).to.equal(digit);
      }
    });
  }

  it('gives the same picture in other units', () => {
    const [strokes] = drawnDigits;
    const picture = normalize(strokes!, extent)!;
    const half = normalize(moved(strokes!, 0.5, 3, 5), extent / 2)!;
    expect(largestDifference(picture, half)).to.be.lessThan(1e-5);
  });

  it('has the box and the centre of MNIST', () => {
    for (const strokes of drawnDigits) {
      const image = normalize(strokes, extent)!;
      const { rows, columns, x, y } = measured(image);
      expect(Math.max(rows, columns)).to.be.within(19, 22);
      expect(x).to.be.closeTo(14, 0.6);
      expect(y).to.be.closeTo(14, 0.6);
    }
  });

  it('has about as much ink as the digits of MNIST', () => {
    const ink = (image: Float32Array) => image.reduce((sum, dark) => sum + dark, 0);
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const known = mean(test.map(({ image }) => ink(image)));
    const drawn = mean(drawnDigits.map((strokes) => ink(normalize(strokes, extent)!)));
    expect(drawn / known).to.be.within(0.75, 1.25);
  });

  it('leaves a dot a dot', () => {
    const image = normalize([[{ x: 40, y: 90 }]], extent)!;
    const { rows, columns } = measured(image);
    expect(Math.max(rows, columns)).to.be.lessThan(6);
  });

  it('is none without a stroke', () => {
    expect(normalize([], extent)).to.equal(undefined);
  });

  function moved(strokes: readonly Stroke[], scale: number, dx: number, dy: number): Stroke[] {
    return strokes.map((stroke) => stroke.map(({ x, y }) => ({ x: scale * x + dx, y: scale * y + dy })));
  }

  function measured(image: Float32Array) {
    const dark = [...image.keys()].filter((index) => image[index]! > 0.1);
    const columns = dark.map((index) => index % side);
    const rows = dark.map((index) => Math.floor(index / side));
    const mass = image.reduce((sum, value) => sum + value, 0);
    return {
      rows: Math.max(...rows) - Math.min(...rows) + 1,
      columns: Math.max(...columns) - Math.min(...columns) + 1,
      x: image.reduce((sum, value, index) => sum + value * (index % side), 0) / mass,
      y: image.reduce((sum, value, index) => sum + value * Math.floor(index / side), 0) / mass,
    };
  }
});

describe('the network of a text', () => {
  const read = (changed: string) => networkOf({ main: 'digits.net', texts: { 'digits.net': changed } }, weights);

  it('reads as the compiled module does', () => {
    const network = read(text);
    if ('problem' in network) throw new Error(network.problem);
    for (const { image } of test.filter((_, index) => index % 500 === 0)) {
      const { scores, stages } = network.read(image);
      expect(largestDifference(scores, model.run(image))).to.be.lessThan(1e-4);
      expect(stages.map(({ layer }) => layer)).to.include.members(['conv 1->6 k5 p2', 'linear 84->10']);
      for (const { shape, data } of stages) expect(data.length).to.equal(shape.reduce((one, other) => one * other, 1));
    }
  });

  it('is another one where the text has another activation', () => {
    const network = read(text.replaceAll('hswish', 'relu'));
    if ('problem' in network) throw new Error(network.problem);
    const { scores } = network.read(test[0]!.image);
    expect(largestDifference(scores, model.run(test[0]!.image))).to.be.greaterThan(0.01);
    const some = test.filter((_, index) => index % 100 === 0);
    const right = some.filter(({ image, label }) => indexOfLargest(network.read(image).scores) === label);
    expect(right.length / some.length).to.be.greaterThan(0.5);
  });

  it('may use what the text imports', () => {
    const texts = {
      'a.net': text.replace('## Reads', 'import bend from "./b.net"\n\n## Reads').replace('hswish', 'bend'),
      'b.net': 'act bend(x) = max(0, x)',
    };
    expect(networkOf({ main: 'a.net', texts }, weights)).to.have.property('read');
  });

  for (const [what, changed, problem] of [
    ['has mistakes', text.replace('400->120', '401->120'), /has mistakes/],
    ['has no network', 'let a = 3', /no network/],
    ['takes another picture', 'net A(x: [3, 28, 28]) { flatten | linear ->10 }', /\[1, 28, 28\]/],
    [
      'takes two pictures',
      'net A(x: [1, 28, 28], y: [1, 28, 28]) { x | add y | flatten | linear ->10 }',
      /\[1, 28, 28\]/,
    ],
    ['gives other numbers', 'net A(x: [1, 28, 28]) { flatten | linear ->9 }', /10 numbers/],
    ['needs other weights', text.replace('fc3:', 'fc4:'), /weights do not fit/],
    ['needs larger weights', text.replace('120->84', '120->83').replace('84->10', '83->10'), /weights do not fit/],
    ['is large', large(), /too large/],
  ] as const) {
    it(`says why a text that ${what} cannot read`, () => {
      const network = read(changed);
      expect('problem' in network && network.problem).to.match(problem);
    });
  }

  /** With weights that fit, and far more to do. */
  function large(): string {
    const more = 'upsample 8 | avgpool 8';
    return text
      .replace('  conv1: conv 1->6 k5 p2', '  upsample 16 mode=nearest\n  conv1: conv 1->6 k5 p2')
      .replace('maxpool 2', `maxpool 32 | ${more}`);
  }
});

describe('a reading', () => {
  it('is made of probabilities', () => {
    const likely = softmax(Float32Array.of(1, 3, -200, 3));
    expect(likely.reduce((sum, value) => sum + value, 0)).to.be.closeTo(1, 1e-6);
    expect(likely[1]).to.equal(likely[3]);
    expect(softmax(Float32Array.of(1000, 0))[0]).to.be.closeTo(1, 1e-6);
  });

  it('leaves out stages that only pass on', () => {
    const stage = (layer: string, shape: readonly number[], ...data: number[]) => ({
      layer,
      shape,
      data: Float32Array.from(data),
    });
    const stages = [
      stage('conv', [1, 2], 1, -2),
      stage('relu', [1, 2], 1, 0),
      stage('flatten', [2], 1, 0),
      stage('sum', [1], 1),
    ];
    expect(changing(stages).map(({ layer }) => layer)).to.deep.equal(['conv', 'relu', 'sum']);
  });

  it('is arranged in pictures that hold every number once', () => {
    expect(arrangement([6, 28, 28])).to.deep.equal({ count: 6, width: 28, height: 28 });
    expect(arrangement([10])).to.deep.equal({ count: 1, width: 10, height: 1 });
    expect(arrangement([120])).to.deep.equal({ count: 1, width: 40, height: 3 });
    expect(arrangement([])).to.deep.equal({ count: 1, width: 1, height: 1 });
    for (const shape of [[97], [84], [3, 5], [2, 3, 4, 5], [127]]) {
      const { count, width, height } = arrangement(shape);
      const size = shape.reduce((one, other) => one * other, 1);
      expect(count * width * height).to.be.within(size, size + width - 1);
    }
  });
});

function largestDifference(left: Float32Array, right: Float32Array): number {
  return left.reduce((most, value, index) => Math.max(most, Math.abs(value - right[index]!)), 0);
}
