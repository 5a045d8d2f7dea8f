import { expect } from 'chai';
import { signatureHelp } from '../../compiler/ide/signature-help.ts';
import { snapshot } from '../../compiler/ide/snapshot.ts';
import { layers } from '../../compiler/layers/index.ts';
import { marked } from './marked.ts';

describe('the signature of a call', () => {
  const net = (line: string) => `net A(image: [3, 32, 32]) {\n  x = relu\n  ${line}\n}`;

  it('is that of the layer, of which the active parameter is what is being written', () => {
    const cases: readonly [line: string, active: string | undefined][] = [
      ['conv <|>', '[in]->out'],
      ['conv 3<|>->6 k5', '[in]->out'],
      ['conv 3-><|>', '[in]->out'],
      ['conv 3->6 <|>', 'kernel'],
      ['conv 3->6 k<|>5 s2', 'kernel'],
      ['conv 3->6 k5 s<|>2', '[stride=1]'],
      ['conv 3->6 k5 stride=<|>', '[stride=1]'],
      ['conv 3->6 k5 stride=<|> | relu', '[stride=1]'],
      ['conv 3->6 k5 p=[1, <|>2, 3, 4]', '[padding=0]'],
      ['conv 3->6 k5 bias=<|>false', '[bias=true]'],
      ['conv 3->6 k5 <|>', undefined],
      ['conv 3->6 k5 | maxpool <|>', 'kernel'],
      ['conv 3->6 k5 | maxpool 3<|>', 'kernel'],
      ['globalavgpool kee<|>p', '[keep]'],
      ['add <|>', 'value… { branch }…'],
      ['concat x<|> axis=0', 'value… { branch }…'],
      ['concat x axis=<|>', '[axis=0]'],
      ['attention heads=<|>', 'heads=…'],
      ['residual { conv 3->3 <|> }', 'kernel'],
    ];
    for (const [line, active] of cases) expect(activeOf(net(line)), line).to.equal(active);
  });

  it('has the words of the manual', () => {
    const help = helpAt(net('conv 3->6 <|>'))!;
    expect(help.label).to.match(/^conv \[in\]->out kernel \[stride=1\]/);
    expect(help.documentation).to.match(/^Convolution over/);
    expect(help.parameters[1]!.documentation).to.equal('Size of the window. Takes a size from 1; must be written.');
  });

  it('names every parameter of every layer', () => {
    for (const { name, options } of layers) {
      const { label, parameters } = helpAt(net(`${name} <|>`))!;
      const words = parameters.map(({ range }) => label.slice(range.start, range.end));
      for (const option of Object.keys(options)) {
        expect(
          words.filter((word) => word.replace(/^\[/, '').startsWith(option)),
          `${name} ${option}`,
        ).not.to.deep.equal([]);
      }
    }
  });

  it('is that of a block as its head has it', () => {
    const text = (call: string) =>
      `## Two.\nblock Unit in->out (norm, k = 3, act=relu) { conv in->out k=k | norm | act }\nnet A(x: [3, 9, 9]) { ${call} }`;
    const help = helpAt(text('Unit <|>'))!;
    expect(help.label).to.equal('Unit in->out (norm, k=3, act=relu)');
    expect(help.documentation).to.equal('Two.');
    expect(activeOf(text('Unit <|>'))).to.equal('in->out');
    expect(activeOf(text('Unit 3->4 norm=<|>'))).to.equal('norm');
    expect(activeOf(text('Unit 3->4 k<|>5'))).to.equal('k=3');
    expect(activeOf('block Se c (squeeze) { relu }\nnet A(x: [3, 9, 9]) { Se <|> }')).to.equal('c');
  });

  it('is that of the layer that a parameter holds', () => {
    const text = 'block Unit c (norm) { norm <|> }\nnet A(x: [3, 9, 9]) { Unit norm=batchnorm }';
    expect(helpAt(text)?.label).to.match(/^batchnorm /);
  });

  it('is that of the innermost function in an expression', () => {
    expect(helpAt(net('conv ->max(<|>8, 4)'))?.label).to.equal('max(a, b, …)');
    expect(activeOf(net('conv ->max(<|>'))).to.equal('a');
    expect(activeOf(net('conv ->max(8, <|>'))).to.equal('b');
    expect(activeOf(net('conv ->max(8, floor(3 / <|>2))'))).to.equal('x');
    expect(activeOf(net('conv ->max(8, floor(3 / 2), 1, <|>'))).to.equal('…');
    expect(helpAt('let a = round(<|>')?.label).to.equal('round(x)');
    expect(helpAt('act f(x) = clamp(x, <|>')?.label).to.equal('clamp(x, low, high)');
    expect(activeOf('act f(x) = clamp(x, <|>')).to.equal('low');
  });

  it('is that of an activation as a function, with its options', () => {
    const text = (call: string) => `act soft(x, by = 2) = x / by\nact f(x) = ${call}`;
    expect(helpAt(text('soft(<|>'))?.label).to.equal('soft(x, by=2)');
    expect(activeOf(text('soft(x, by=<|>'))).to.equal('by=2');
    expect(activeOf(text('leaky_relu(<|>'))).to.equal('x');
  });

  it('is not there where nothing is called', () => {
    const texts = [
      ...['net A(<|>', 'net A(image: <|>', 'act f(x, <|>', 'block B in->out (<|>', '# conv <|>', '<|>'],
      ...[net('<|>'), net('con<|>'), net('conv 3->6 k3 | <|>'), net('x <|>'), net('nothing <|>'), net('let w = <|>')],
    ];
    for (const text of texts) expect(helpAt(text), text).to.equal(undefined);
  });
});

function helpAt(source: string) {
  const { text, offset } = marked(source);
  return signatureHelp(snapshot({ name: 'a.net', text }), offset);
}

/** The words of the active parameter. */
function activeOf(source: string): string | undefined {
  const help = helpAt(source);
  const range = help?.active === undefined ? undefined : help.parameters[help.active]?.range;
  return range && help?.label.slice(range.start, range.end);
}
