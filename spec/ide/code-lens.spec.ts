import { expect } from 'chai';
import { codeLenses, lensText } from '../../compiler/ide/code-lens.ts';
import { snapshot } from '../../compiler/ide/snapshot.ts';
import { whatIf } from '../../compiler/ide/what-if.ts';
import { exampleSnapshot } from './examples.ts';

const taken = (text: string) => snapshot({ name: 'x.net', text });

describe('code lenses', () => {
  const texts = (text: string) => codeLenses(taken(text)).map((lens) => lensText(taken(text), lens));

  it('stand at the name of each net', () => {
    const text = 'block B { relu }\nnet N(a: [3]) { B }\nnet M(a: [3], b: [3]) { a | add b }\n';
    const found = codeLenses(taken(text)).map(({ span, net, kind }) => [text.slice(span.start, span.end), net, kind]);
    expect(found).to.deep.equal([
      ['N', 'N', 'cost'],
      ['N', 'N', 'whatIf'],
      ['M', 'M', 'cost'],
      ['M', 'M', 'whatIf'],
    ]);
    expect(texts(text).filter((_, index) => index % 2 === 1)).to.deep.equal([
      'what if the input were …',
      'what if the inputs were …',
    ]);
  });

  it('say what a net costs', () => {
    expect(lensText(exampleSnapshot('examples/lenet.net'), { net: 'LeNet', kind: 'cost' })).to.equal(
      '62,006 parameters · 651,720 MACs · 248.0 kB of weights · 23.5 kB peak memory',
    );
  });

  it('leave out what takes long to find out', () => {
    const text = (name: string, file: string) =>
      lensText(exampleSnapshot(`examples/${file}.net`), { net: name, kind: 'cost' });
    expect(text('ResNet50', 'resnet50')).to.equal(
      '25,557,032 parameters · 4,089,184,256 MACs · 102.2 MB of weights · 9.6 MB peak memory',
    );
    expect(text('DenseNet121', 'densenet121')).to.match(/^[\d,]+ parameters · [\d,]+ MACs · [\d.]+ MB of weights$/);
  });

  it('say of open sizes what is known, and which ones fit', () => {
    expect(lensText(exampleSnapshot('examples/unet.net'), { net: 'UNet', kind: 'cost' })).to.equal(
      '482,466 parameters · 1.9 MB of weights · H and W: multiples of 8; H = W is not needed',
    );
  });

  it('count what is wrong with the net, whoever it is said of', () => {
    const block = 'block B { linear 4->3 }\n';
    expect(texts(`${block}net N(a: [3]) { B | linear 5->3 }\nnet M(a: [4]) { B }`)).to.deep.include('2 errors');
    expect(texts(`${block}net N(a: [3]) { B }`)[0]).to.equal('1 error');
    expect(texts(`${block}net N(a: [3]) { B }\nnet M(a: [4]) { B }`)[2]).to.match(/^15 parameters/);
  });

  it('say nothing of a net that is gone', () => {
    expect(lensText(taken('net N(a: [3]) { relu }'), { net: 'M', kind: 'cost' })).to.equal(undefined);
  });
});

describe('what if', () => {
  const lenet = exampleSnapshot('examples/lenet.net');
  const accepted =
    'It takes image: [3, H, W] with H and W: 32 to 35; also oblong: H 16 to 19 with W 112 to 115, H 112 to 115 with W 16 to 19.';

  it('says what a net would give and cost, and which sizes it takes', () => {
    expect(whatIf(lenet, 'LeNet', { image: '[3, 33, 33]' })).to.equal(
      `LeNet(image: [3, 33, 33]) -> [10], 62,006 parameters, 677,370 MACs.\n${accepted}`,
    );
  });

  it('says what would be wrong first, and where', () => {
    expect(whatIf(lenet, 'LeNet', { image: ' [3,\n 52, 52] ' })).to.equal(
      `Line 6: \`linear\` is written for 400 features, but receives 1600.\n${accepted}`,
    );
    const text = 'block B {\n  linear 4->3\n}\n\nnet N(a: [4]) {\n  B\n}\n';
    expect(whatIf(taken(text), 'N', { a: '[5]' })).to.match(/^Line 2: `linear` is written for 4 features/);
  });

  it('takes open sizes, other elements and other ranks', () => {
    expect(whatIf(lenet, 'LeNet', { image: '[3, H, W]' })).to.match(/^LeNet\(image: \[3, H, W\]\) -> \[10\], 62,006 /);
    expect(whatIf(taken('net N(a: [1, 2 * H]) -> [1, 2 * H] { relu }'), 'N', { a: '[1, 10]' })).to.match(
      /^N\(a: \[1, 10\]\) -> \[1, 10\]/,
    );
    expect(whatIf(taken('net N(a: [3]) { relu }'), 'N', { a: '[3, 4]' })).to.match(/^N\(a: \[3, 4\]\) -> \[3, 4\]/);
    expect(whatIf(taken('net N(a: [3]) { embedding 9->2 }'), 'N', { a: 'i32[3]' })).to.match(
      /^N\(a: i32\[3\]\) -> \[3, 2\]/,
    );
  });

  it('gives numbers to open sizes wherever they are named', () => {
    const text = 'net N(a: [3, H, W], b: [H]) -> (x: [3, H, W], y: [H]) { x = a; y = b; return x, y }';
    expect(whatIf(taken(text), 'N', { a: '[3, 4, 5]' })).to.match(
      /^N\(a: \[3, 4, 5\], b: \[4\]\) -> \(x: \[3, 4, 5\], y: \[4\]\)/,
    );
    expect(whatIf(taken(text), 'N', { a: '[3, 4, 5]', b: '[6]' })).to.match(/^Line 1: .* declared to give/);
  });

  it('says what is no shape or no input, and nothing of a net that is not there', () => {
    for (const shape of ['', '[3', '3', '[3], b: [3]', '[3] #']) {
      expect(whatIf(lenet, 'LeNet', { image: shape }), shape).to.match(/ is no shape/);
    }
    expect(whatIf(lenet, 'LeNet', { picture: '[3, 32, 32]' })).to.equal('LeNet has no input `picture`.');
    expect(whatIf(lenet, 'Other', { image: '[3]' })).to.equal(undefined);
  });
});
