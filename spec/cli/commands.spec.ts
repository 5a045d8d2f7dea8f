import { expect } from 'chai';
import { type Workplace, workplace } from './command.ts';

/** What each command prints; what the compiler finds behind it has specs of its own. */
describe('netc', () => {
  let place: Workplace;
  before(() => {
    place = workplace();
    place.write(
      'small.net',
      `## A small one.
net Small(image: [1, 6, 6]) -> [4] {
  conv1: conv 1->2 k3 | relu
  x = maxpool 2
  relu | add x | flatten
  fc: linear 8->4 | batchnorm
}
`,
    );
    place.write('open.net', 'net Open(x: [2, L]) { conv 2->4 k3 | maxpool 2 }\n');
    place.write('acts.net', '## Twice as steep on the right.\nact bend(x, slope = 2) = x > 0 ? slope * x : x\n');
  });
  after(() => place.remove());

  async function output(words: string | readonly string[]): Promise<string> {
    const ran = await place.netc(words);
    expect(ran).to.include({ code: 0, messages: '' });
    return ran.output;
  }

  it('summary lists layers, totals and memory', async () => {
    expect(await output('summary small.net')).to.equal(`\
Small(image: [1, 6, 6]) -> [4]

path        layer         output     parameters  MACs
conv1       conv 1->2 k3  [2, 4, 4]          20   288
relu1       relu          [2, 4, 4]           0     0
maxpool1    maxpool 2     [2, 2, 2]           0     0
relu2       relu          [2, 2, 2]           0     0
add1        add           [2, 2, 2]           0     0
flatten1    flatten       [8]                 0     0
fc          linear 8->4   [4]                36    32
batchnorm1  batchnorm     [4]                 8     0
total                                        64   320

weights  256 bytes
arena    160 bytes, where 160 bytes is the least possible
`);
  });

  it('summary has a form for tools', async () => {
    const summary = JSON.parse(await output('summary small.net --json'));
    expect(summary).to.include({ net: 'Small', parameters: 64, macs: 320 });
    expect(summary.layers[0]).to.deep.equal({
      path: 'conv1',
      layer: 'conv 1->2 k3',
      output: [2, 4, 4],
      parameters: 20,
      macs: 288,
    });
    expect(summary.arena).to.have.keys('bytes', 'lowerBound');
  });

  it('summary says what depends on open sizes', async () => {
    const summary = JSON.parse(await output('summary open.net --json'));
    expect(summary).to.include({ parameters: 28, macs: null, arena: null });
    expect(summary.layers[1].output).to.deep.equal([4, '(L - 2) / 2']);
    expect(await output('summary open.net')).to.match(/^total .* 28 +\?$/m);
  });

  it('sizes says which inputs fit', async () => {
    expect(await output('sizes small.net')).to.match(/^Small\(image: \[1, H, W\]\) -> \[4\]\nH and W: 6 to 7/);
    expect(JSON.parse(await output('sizes small.net --json'))).to.include({ net: 'Small' });
  });

  it('weights lists names, shapes and what is not trained', async () => {
    const list = JSON.parse(await output('weights small.net --json')) as {
      name: string;
      shape: number[];
      role: string;
    }[];
    expect(list.map(({ name, shape, role }) => `${name} ${shape} ${role}`)).to.include.members([
      'conv1.weight 2,1,3,3 parameter',
      'batchnorm1.running_mean 4 buffer',
    ]);
    expect(await output('weights small.net')).to.match(/^batchnorm1.running_mean +\[4\] +4 {2}not trained$/m);
  });

  it('weights makes a file that it finds right, the same for the same seed', async () => {
    for (const [name, seed] of [
      ['a', 0],
      ['b', 0],
      ['c', 1],
    ] as const) {
      await output(`weights small.net --init --seed ${seed} -o ${name}`);
    }
    expect(place.read('a').equals(place.read('b'))).to.equal(true);
    expect(place.read('a').equals(place.read('c'))).to.equal(false);
    expect(await output('weights small.net a')).to.match(
      /^a has the \d+ tensors of `Small`, all with the right shapes\n$/,
    );
    expect(JSON.parse(await output('weights small.net a --json'))).to.deep.equal({ version: 1, diagnostics: [] });
    const { code, messages } = await place.netc('weights open.net a');
    expect(code).to.equal(1);
    expect(messages)
      .to.match(/^error\[weights\//)
      .and.include('┌ open.net:1:');
  });

  it('weights asks for sizes where weights depend on them', async () => {
    place.write('flat.net', 'net Flat(x: [1, L]) { flatten | linear ->2 bias=false }\n');
    expect(await output('weights flat.net')).to.match(/^linear1.weight +\[2, \?\] +\?$/m);
    expect((await place.netc('weights flat.net --init -o flat')).messages).to.match(/add --dim L=…\n$/);
    expect(await output('weights flat.net --init -o flat --dim L=3')).to.equal('');
  });

  it('compile writes the targets', async () => {
    expect(await output('compile small.net')).to.match(/^\/\/ Small, compiled from small.net by netc \d/);
    expect(await output('compile small.net --target tfjs')).to.include("from '@tensorflow/tfjs'");
    const kernels = async (words: string) => (await output(`compile small.net${words}`)).match(/^function /gm)!.length;
    expect(await kernels(' --no-fuse')).to.be.greaterThan(await kernels(''));
  });

  it('compile takes sizes for what is open', async () => {
    expect(await output('compile open.net --dim L=10')).to.include('shape: [2, 10]');
  });

  it('plot draws a net with the shapes on its arrows, and the activation with its layer', async () => {
    const texts = textsOf(await output('plot small.net'));
    expect(texts).to.include.members(['image', '[1, 6, 6]', 'conv1', 'conv 1->2 k3 | relu', '[2, 2, 2]', 'add']);
  });

  it('plot draws an activation with its kinks', async () => {
    const texts = textsOf(await output('plot hswish'));
    expect(texts).to.include.members(['x = -3', 'slope 0, then -1/2', 'x = 3', 'slope 3/2, then 1']);
  });

  it('plot names an activation with all its options above the curve and beside its line', async () => {
    const texts = textsOf(await output(['plot', 'threshold threshold=1 value=3']));
    expect(texts.filter((text) => text === 'threshold 1 value=3')).to.have.lengthOf(2);
  });

  it('plot draws activations with options, and those of a file', async () => {
    expect(textsOf(await output(['plot', 'leaky_relu slope=0.25']))).to.include('slope 1/4, then 1');
    expect(textsOf(await output(['plot', 'bend slope=3', '--from', 'acts.net']))).to.include('slope 1, then 3');
  });

  it('plot says between which values an activation jumps', async () => {
    const texts = textsOf(await output('plot hardshrink'));
    expect(texts).to.include.members(['jumps from -1/2 to 0', 'jumps from 0 to 1/2']);
  });

  it('plot refuses what is no activation', async () => {
    expect(await place.netc('plot softmax')).to.deep.include({ code: 2 });
    const { code, messages } = await place.netc('plot hswissh');
    expect(code).to.equal(1);
    expect(messages).to.include('did you mean `hswish`?');
  });

  it('plot refuses nets that are too large to be read', async () => {
    place.write('long.net', `net Long(x: [4]) { ${Array(2001).fill('softmax').join(' | ')} }`);
    place.write('skips.net', `net Skips(x: [4]) { ${Array(100).fill('relu | add x').join(' | ')} }`);
    for (const file of ['long.net', 'skips.net']) {
      const { code, messages } = await place.netc(`plot ${file}`);
      expect(code).to.equal(2);
      expect(messages).to.include('too large for a diagram');
    }
  });

  it('plot gives well-formed XML for any text', async () => {
    place.write('odd.net', 'net Odd(x: [2]) { "<&>": linear 2->2 }\n');
    expect(textsOf(await output('plot odd.net'))).to.include('<&>');
  });

  it('explain lists all that it knows, and explains each', async () => {
    const list = await output('explain');
    expect(list)
      .to.match(/^Layers\n {2}conv, /)
      .and.match(/^Errors\n {2}syntax\//m);
    const words = list
      .match(/^ {2}.*$/gm)!
      .flatMap((line) => line.trim().split(/,\s*/))
      .filter((word) => word !== '');
    expect(words).to.include.members(['conv', 'hardswish', 'shape/features', 'file/missing']);
    for (const word of words) expect(await output(`explain ${word}`), word).to.have.length.above(40);
  });

  it('explain shows examples as one writes them', async () => {
    expect(await output('explain concat')).to.include('`a = relu; b = tanh; sigmoid | concat b a`');
  });

  it('explain says of an activation what its formula, its slope and its kinks are', async () => {
    const page = await output('explain hswish');
    expect(page)
      .to.include("    y' = ")
      .and.include('at -3 its slope goes from 0 to -1/2; at 3 its slope goes from 3/2 to 1');
    expect(await output('explain silu')).to.include('It has no kinks.');
  });

  it('dump shows each stage', async () => {
    expect(await output('dump --tokens small.net')).to.match(/^2:1 +Net +"net"$/m);
    expect(await output('dump --ast small.net')).to.match(/^ {4}- net doc="A small one." @2:1$/m);
    expect(await output('dump --graph small.net')).to.match(/^ {2}add1 = add \(relu2, maxpool1\): \[2, 2, 2\]$/m);
    place.write('twice.net', 'net Twice(x: [2]) { a = fc: linear 2->2\n fc: linear 2->2 share | sub a }\n');
    expect(await output('dump --graph twice.net')).to.match(/^ {2}sub1 = sub \(fc', fc\): \[2\]$/m);
    expect(await output('dump --optimized small.net')).to.match(/^program Small$/m);
    expect(await output('dump --kernels small.net')).to.match(/^kernel conv1\(/m);
    expect(await output('dump --plan small.net')).to.match(/^arena: \d+ elements/);
  });

  it('dump shows tokens and tree of a text with mistakes', async () => {
    place.write('broken.net', 'net (\n');
    expect(await output('dump --ast broken.net')).to.include('broken');
    expect(await output('dump --tokens broken.net')).to.include('"net"');
  });
});

/** The words of a picture, each piece once. */
function textsOf(svg: string): readonly string[] {
  expect(svg)
    .to.match(/^<!-- Drawn by netc -->\n<svg /)
    .and.match(/<\/svg>\n$/);
  const pieces = [...svg.matchAll(/<text\b[^>]*>(.*?)<\/text>/gs)].flatMap((match) => match[1]!.split(/<[^>]*>/));
  return pieces.map((piece) =>
    piece
      .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
      .replace(/&(lt|gt|amp);/g, (_, name: 'lt' | 'gt' | 'amp') => ({ lt: '<', gt: '>', amp: '&' })[name])
      .trim(),
  );
}
