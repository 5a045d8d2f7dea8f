import { expect } from 'chai';
import fc from 'fast-check';
import { analyze, type Graph, plotModel } from '../../compiler/index.ts';
import { readExample } from '../../scripts/generated-examples.ts';
import { exampleTexts } from '../ide/example-texts.ts';
import { mangled } from '../mangled.ts';

describe('the diagram of a net', () => {
  const text = `
act twice(x) = 2 * x
block Cell c (last) {
  conv c->c k3 p1 | relu | twice
  residual { norm: batchnorm | last }
}
net Nested(image: [3, H, W], other: [8, H, W]) -> [8, H, W] {
  image | conv 3->8 k1
  repeat 2 as i { cells.{i}: Cell 8 last={ add other } }
  sigmoid
}`;

  it('has a frame for each call of a block and a box for each layer with its activations, inputs first', async () => {
    const { boxes, svg } = await picture(text);
    const calls = (index: number) => [
      `cells.${index}: Cell 8 = cells.{i}: Cell 8 last={ add other }`,
      `cells.${index}.conv1: conv 8->8 k3 p1 | relu | twice = conv c->c k3 p1 + relu + twice`,
      `cells.${index}.norm: batchnorm = norm: batchnorm`,
      `cells.${index}.add1: add = add other`,
      `cells.${index}.add2: add = residual { norm: batchnorm | last }`,
    ];
    const tips = new Map([...svg.matchAll(/<g id="([^"]*)"><title>(.*?)<\/title>/g)].map(([, id, tip]) => [id, tip]));
    expect(tips.size).to.equal(boxes.length);
    const found = boxes.map(({ id, spans }) => {
      const written = spans.map(({ start, end }) => text.slice(start, end)).join(' + ');
      return `${tips.get(id)?.replaceAll('&gt;', '>')} = ${written}`;
    });
    expect(found).to.deep.equal([
      'image: [3, H, W] = image: [3, H, W]',
      'other: [8, H, W] = other: [8, H, W]',
      'conv1: conv 3->8 k1 = conv 3->8 k1',
      ...calls(0),
      ...calls(1),
      'sigmoid1: sigmoid = sigmoid',
    ]);
  });

  it('says paths without that of the frame around them, and shapes once for each border', async () => {
    const { svg } = await picture(text);
    const words = [...svg.matchAll(/<text [^>]*>(.*?)<\/text>/g)].map((match) => match[1]);
    expect(words)
      .to.include.members(['cells.1', 'Cell 8', 'norm', 'sigmoid', 'result'])
      .and.not.include('cells.1.norm');
    // From `other`, between frames and layers, and in each of the frames.
    expect(words.filter((word) => word === '[8, H, W]')).to.have.lengthOf(2 + 4 + 2 * 4);
  });

  it('is the same again', async () => {
    expect(await picture(text)).to.deep.equal(await picture(text));
  });

  it('draws what needs nothing, what nobody needs, and what comes from far', async () => {
    const odd = `
block Loose { x = arange [4] | relu; y = arange [4] | tanh; abs | add x }
block Deaf { arange [4] }
net Odd(a: [4], b: [4]) -> (a: [4], all: [4], b: [4]) {
  c = a | Loose
  d = b | Deaf
  b | relu | relu | tanh | linear 4->4
  all = add c | add d | add d | add a
  return a, all, b
}`;
    expectTidy((await picture(odd, { errors: true })).svg);
  });

  for (const name of ['unet', 'siamese', 'googlenet', 'shufflenet_v2_x1_0', 'swin_t']) {
    const file = `examples/${name}.net`;
    it(`has nothing on top of something else: ${file}`, async () => {
      const drawn = await plotModel(readExample(file).value.graphs[0]!);
      expectTidy(drawn!.svg);
    });
  }

  it('is drawn of whatever is known of a text with mistakes', async () => {
    const texts = fc.sample(mangled(exampleTexts.filter((each) => each.length < 1500)), 60);
    for (const written of [...texts, 'net Bare() { param [1] }', 'net Same(x: [1]) {}', 'net None() {}']) {
      const { graphs } = analyze({ name: 'test.net', text: written }).value;
      for (const graph of graphs) expect((await plotModel(graph))?.svg, written).not.to.match(/NaN|Infinity|undefined/);
    }
  });

  it('is not drawn where nobody could read it', async () => {
    const long = (layers: number) => `net Long(x: [4]) { ${Array(layers).fill('linear 4->4').join(' | ')} }`;
    const acts = (times: number) => `net Acts(x: [4]) { repeat ${times} { relu } }`;
    const skips = (layers: number) => `net Skips(x: [4]) { ${Array(layers).fill('linear 4->4 | add x').join(' | ')} }`;
    expect(await plotModel(graphOf(long(2001)))).to.equal(undefined);
    expect(await plotModel(graphOf(skips(100)))).to.equal(undefined);
    expect(await plotModel(graphOf(skips(30)))).to.include.keys('svg');
    // All of them are one box.
    expect(await plotModel(graphOf(acts(20_000)))).to.include.keys('svg');
  });
});

function graphOf(text: string, { errors = false } = {}): Graph {
  const { value, faults } = analyze({ name: 'test.net', text });
  if (!errors) expect(faults.filter(({ code }) => !code.startsWith('use/'))).to.deep.equal([]);
  return value.graphs[0]!;
}

async function picture(text: string, options?: { readonly errors: boolean }) {
  return (await plotModel(graphOf(text, options)))!;
}

interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Boxes lie apart or within one another, and nothing leaves the picture. */
function expectTidy(svg: string): void {
  const [x, y, width, height] = /viewBox="([^"]*)"/.exec(svg)![1]!.split(' ').map(Number) as [
    number,
    number,
    number,
    number,
  ];
  const all = { left: x, top: y, right: x + width, bottom: y + height };
  const boxes = [...svg.matchAll(/<rect x="(\S*)" y="(\S*)" width="(\S*)" height="(\S*)"/g)].map((match) => {
    const [left, top, across, down] = match.slice(1).map(Number) as [number, number, number, number];
    return { left, top, right: left + across, bottom: top + down };
  });
  expect(boxes).to.have.length.above(1);
  const outside = boxes.filter((box) => !holds(all, box));
  const pairs = boxes.flatMap((box, index) => boxes.slice(index + 1).map((other) => [box, other] as const));
  const overlapping = pairs.filter(([one, other]) => !areApart(one, other) && !holds(one, other) && !holds(other, one));
  expect([...outside, ...overlapping]).to.deep.equal([]);
  const lines = [...svg.matchAll(/<path d="M(\S+ [^"l]*?)" fill="none"/g)];
  expect(lines).to.have.length.above(0);
  for (const [, way] of lines) {
    const end = way!.split(/[MCV ]/).map(Number);
    expect(end.every(Number.isFinite), way).to.equal(true);
    expect(end[0]).to.be.within(all.left, all.right);
  }
}

function areApart(one: Rectangle, other: Rectangle): boolean {
  return one.right < other.left || other.right < one.left || one.bottom < other.top || other.bottom < one.top;
}

function holds(outer: Rectangle, inner: Rectangle): boolean {
  return (
    outer.left <= inner.left && outer.top <= inner.top && inner.right <= outer.right && inner.bottom <= outer.bottom
  );
}
