import { expect } from 'chai';
import { analyze } from '../../compiler/compile.ts';
import { functionDoc } from '../../compiler/ide/function-docs.ts';
import { hover } from '../../compiler/ide/hover.ts';
import { keywords } from '../../compiler/ide/keywords.ts';
import { snapshot } from '../../compiler/ide/snapshot.ts';
import type { Files } from '../../compiler/imports.ts';
import { scalarFunctions } from '../../compiler/scalar/functions.ts';
import { exampleSnapshot } from './examples.ts';
import { marked } from './marked.ts';

describe('hovering a layer', () => {
  it('says first what it does here, and then what the manual says', () => {
    const words = shown('net A(image: [3, 32, 32]) { conv1: <|>conv 3->6 k5 | relu }');
    expect(words.split('\n---\n')[0]!.trim().split('\n')).to.deep.equal([
      '`[3, 32, 32] → [6, 28, 28]`',
      '',
      '- height and width: `(32 + 2·0 - 5) / 1 + 1 = 28`',
      '- parameters: `6·3·5·5 + 6 = 456`',
      '- MACs: 352,800',
      '- receptive field: 5×5, stride 1',
      '- weights: `conv1.weight [6, 3, 5, 5]`, `conv1.bias [6]`',
    ]);
    expect(words).to.include('```net\nconv [in]->out kernel [stride=1] [padding=0]');
    expect(words).to.include('Convolution over a signal, a picture or a volume');
    expect(words).to.include('- `kernel` (`k`): Size of the window.');
    expect(words).to.include('PyTorch: `torch.nn.Conv2d`');
  });

  it('looks back to the input of the net for the receptive field', () => {
    const field = (text: string) => /receptive field.*/.exec(shown(text))?.[0];
    const start = 'net A(image: [3, 32, 32]) { conv 3->6 k5 | relu | maxpool 2 | conv 6->16 k5 | ';
    expect(field(`${start}<|>maxpool 2 }`)).to.equal('receptive field: 16×16, stride 4');
    expect(field(`${start}flatten | <|>linear ->10 }`)).to.equal('receptive field: all of it');
    expect(field('net A(image: [3, 32, 32]) { <|>relu }')).to.equal(undefined);
    expect(field('net A(x: [3, 32], y: [3, 32]) { x | conv 3->3 k5 p2 | <|>add y }')).to.equal(
      'receptive field in `x`: 5, stride 1',
    );
    expect(field('net A(image: [3, H, W]) { conv 3->6 k5 s2 | <|>conv 6->6 k3x1 }')).to.equal(
      'receptive field: 9×5, stride 2',
    );
    expect(field('net A(x: [2, 16]) { upsample 2 | <|>relu }')).to.equal('receptive field: 1, stride 1/2');
  });

  it('knows symbolic sizes, and leaves out what they leave open', () => {
    const words = shown('net A(image: [3, H, W]) { <|>maxpool 3 s2 }');
    expect(words).to.include('`[3, H, W] → [3, (H - 1) / 2, (W - 1) / 2]`');
    expect(words).to.include('- height: `⌊(H + 2·0 - 3) / 2⌋ + 1 = (H - 1) / 2`');
    const open = shown('net A(image: [3, H, W]) { flatten | <|>linear ->10 }');
    expect(open).not.to.match(/NaN|parameters/);
    expect(open).to.include('`linear1.weight [10, ?]`');
  });

  it('shows all that a join joins', () => {
    const words = shown('net A(x: [3, 8, 8]) { concat { conv 3->5 k1 } {} | relu }'.replace('concat', '<|>concat'));
    expect(words).to.include('`[5, 8, 8], [3, 8, 8] → [8, 8, 8]`');
    expect(words).to.include('`5 + 3 = 8`');
  });

  it('says that another name is one', () => {
    expect(shown('net A(x: [8]) { <|>dense 8->4 }')).to.include('`dense` is another name of `linear`.');
  });

  it('says of lines that are written out several times how often, and whether they differ', () => {
    const text = 'block B in->out { <|>conv in->out k3 p1 }\nnet A(x: [3, 8, 8]) { a: B 3->4 | b: B 4->4 }';
    expect(shown(text)).to.include(
      'Written out 2 times, the first time as `a.conv1`, and with other shapes at other times.',
    );
    const same = 'net A(x: [4, 8, 8]) { repeat 3 as i { c.{i}: <|>conv 4->4 k3 p1 } }';
    expect(shown(same)).to.include('Written out 3 times, the first time as `c.0`.');
  });

  it('claims nothing of a shape that is wrong', () => {
    const words = shown('net A(image: [3, 4, 4]) { reshape [5, 4, 4]<|> }'.replace('reshape', '<|>reshape'));
    expect(words).not.to.include('=');
    expect(shown('net A(x: [8]) { nothing | <|>linear 8->4 }')).not.to.include('→');
  });

  it('shows an activation by its formula, its derivative and its kinks', () => {
    const words = shown('net A(x: [8]) { <|>hardswish }');
    expect(words).to.include('y  = x * clamp(x + 3, 0, 6) / 6');
    expect(words).to.match(
      /y' = .*\n\nKinks: at -3 its slope goes from 0 to -1\/2; at 3 its slope goes from 3\/2 to 1\./,
    );
    expect(shown('net A(x: [8]) { <|>leaky_relu 0.2 }')).to.include('from 1/5 to 1.');
    expect(shown('net A(x: [8]) { <|>prelu }')).to.include('It learns `weight` [1].');
  });

  it('shows an `act` of the text with its head, where it is declared and where it is used', () => {
    const text = '## Bends.\nact <|>bend(x, at = 1) = max(x, at)\nnet A(x: [8]) { <|>bend }';
    for (const words of shownAll(text)) {
      expect(words).to.include('act bend(x, at = 1) = max(x, at)');
      expect(words).to.include('Bends.');
      expect(words).to.include('Kinks: at 1');
    }
  });
});

describe('hovering what a call is given', () => {
  it('tells of an option what it does, takes, and is here', () => {
    const [short, long, placed, flag] = shownAll(
      'net A(image: [3, 32, 32]) { conv 3->6 <|>k5 <|>stride=2 | maxpool <|>2 | globalavgpool <|>keep }',
    );
    expect(short).to.equal(
      '`kernel=…`, or `k…` for short, of `conv`: Size of the window.\n\n- takes a size from 1\n- must be written\n- here: `5`',
    );
    expect(long).to.include('default: `1`\n- here: `2`');
    expect(placed).to.include('`kernel=…`, or `k…` for short, of `maxpool`');
    expect(flag).to.include('here: `true`');
  });

  it('tells what is inferred at an arrow', () => {
    expect(shown('net A(x: [400]) { linear <|>->120 }')).to.include(
      'It takes 400 features, which is inferred, and gives 120',
    );
    expect(shown('net A(x: [400]) { linear 400-<|>>120 }')).to.include('It takes 400 features and gives 120 features.');
  });

  it('tells at a bar what flows there', () => {
    expect(shown('net A(image: [3, 32, 32]) { conv 3->6 k5 <|>| relu }')).to.equal('`[6, 28, 28]` flows here.');
  });

  it('speaks of the whole argument', () => {
    const { text, offset } = marked('net A(image: [3, 32, 32]) { conv 3-<|>>6 k5 }');
    const { span } = hover(snapshot({ name: 'a.net', text }), offset)!;
    expect(text.slice(span.start, span.end)).to.equal('3->6');
  });
});

describe('hovering a name', () => {
  it('shows values and inputs with their shapes', () => {
    const [input, value, use] = shownAll('net A(<|>image: [3, 8, 8]) { <|>x = conv 3->4 k3\nrelu | add <|>x }');
    expect(input).to.include('image: [3, 8, 8]');
    for (const words of [value, use]) expect(words).to.include('x: [4, 6, 6]');
  });

  it('shows constants with their value', () => {
    const text =
      '## How wide.\nlet <|>width = 4 * 2\nnet A(x: [8]) { let <|>half = width / 2\nlinear ->width | linear -><|>half }';
    const [top, inner, use] = shownAll(text);
    expect(top).to.equal('```net\nlet width = 4 * 2\n```\n\nIt is `8` here.\n\nHow wide.');
    expect(inner).to.equal('```net\nlet half = width / 2\n```\n\nIt is `4` here.');
    expect(use).to.equal(inner);
  });

  it('shows what a symbolic size must be', () => {
    const words = shown('net A(image: [1, <|>H, W]) { maxpool 2 | maxpool 2 | upsample 4 | add image }');
    expect(words).to.include('H and W: multiples of 4');
  });

  it('shows a block with its head, its comment, and what a call of it costs', () => {
    const text =
      '## Two of them.\nblock <|>Twice in->out (k = 3) { conv in->out k=k | conv out->out k=k }\nnet A(x: [3, 8, 8]) { <|>Twice 3->4 }';
    const [declared, called] = shownAll(text);
    for (const words of [declared, called]) {
      expect(words).to.include('block Twice in->out (k=3)');
      expect(words).to.include('Two of them.');
    }
    expect(declared).to.include('Written out once in `A`.');
    expect(called).to.include('`[3, 8, 8] → [4, 4, 4]`');
    expect(called).to.include('parameters: `4·3·3·3 + 4 + 4·4·3·3 + 4 = 260`');
  });

  it('shows parameters with their default, and what they are the first time', () => {
    const [size, parameter] = shownAll(
      'block B in->out (<|>k = 3) { conv <|>in->out k=k }\nnet A(x: [3, 8, 8]) { B 3->4 k5 }',
    );
    expect(size).to.include('k = 3').and.include('A parameter of `B`.').and.include('it is `5`');
    expect(parameter).to.include('A size in the head of `B`.').and.include('it is `3`');
  });

  it('shows a net with its signature and what it costs', () => {
    const words = shown('## Small.\nnet <|>A(x: [8]) { linear 8->4 }');
    expect(words).to.equal(
      '```net\nnet A(x: [8]) -> [4]\n```\n\nSmall.\n\n- parameters: `4·8 + 4 = 36`\n- MACs: 32\n- weights: 2 tensors',
    );
  });

  it('shows the full path of a label', () => {
    const text =
      'net A(x: [8]) { <|>stem: { <|>fc: linear 8->8 }\n<|>layers: repeat 2 { linear 8->8 }\n' +
      '<|>a: { a: linear 8->8 | b: linear 8->8 } | "<|>0.1": { linear 8->8 } }';
    const [group, layer, repeat, same, quoted] = shownAll(text);
    expect(same).to.include('The label of `a`.').and.include('`a.b.weight [8, 8]`');
    expect(quoted).to.include('The label of `0.1`.').and.include('`0.1.linear1.weight [8, 8]`');
    expect(group).to.include('The label of `stem`.').and.include('`stem.fc.weight [8, 8]`');
    expect(layer).to.include('The label of `stem.fc`.');
    expect(repeat).to.include('The label of `layers`.').and.include('`layers.1.linear1.weight [8, 8]`');
  });

  it('shows what is imported, and what a file declares', () => {
    const files: Files = { read: () => ({ text: '## Wide.\nlet width = 8\nblock B c { relu }\n' }) };
    const [name, path, use] = shownAll(
      'import <|>width, B from "./b<|>.net"\nnet A(x: [8]) { linear -><|>width | B }',
      files,
    );
    expect(name).to.include('let width = 8').and.include('Wide.');
    expect(path).to.equal('`b.net` declares let `width`, block `B`.');
    expect(use).to.equal(name);
  });

  it('documents every function', () => {
    for (const each of scalarFunctions.keys()) expect(functionDoc(each), each).not.to.equal(undefined);
    expect(shown('net A(x: [8]) { linear -><|>max(2, 4) }')).to.include('The largest of its numbers.');
    expect(shown('act f(x) = <|>erf(x)')).to.include('The error function');
  });
});

describe('hovering a word of the language', () => {
  it('says what it is for, by an example that is right', () => {
    for (const [word, { does, example }] of Object.entries(keywords)) {
      expect(does, word).to.match(/^[^\n]+\.$|^[^\n]+`$/);
      expect(example, word).to.match(new RegExp(`\\b${word}\\b`));
      const files: Files = { read: () => ({ text: 'let width = 8\nblock DoubleConv c { relu }' }) };
      expect(
        analyze({ name: 'a.net', text: example }, { files }).faults.map(({ code }) => code),
        word,
      ).to.deep.equal([]);
    }
  });

  it('shows what flows through its braces', () => {
    expect(shown('net A(x: [8]) { <|>repeat 2 { linear ->4 } }')).to.match(/^`\[8\] → \[4\]`\n\nWrites its body out/);
    expect(shown('net A(x: [8]) { <|>residual { linear ->8 } }')).to.match(/^`\[8\] → \[8\]`\n\nAdds what flows/);
    expect(shown('net A(x: [8]) { linear -><|>dims[0] }')).to.match(/^`dims` is `\[8\]` here\./);
  });

  it('is none where it is a name', () => {
    expect(shown('block B c (act=relu) { act }\nnet A(x: [8]) { B <|>act=tanh }')).to.include('A parameter of `B`');
  });

  it('says nothing of comments, signs and blanks', () => {
    for (const text of ['# net<|> A', '<|>', 'net A(x: [8]) <|>{ relu }', 'net A(x: [8]) {<|>  relu }']) {
      const { text: plain, offset } = marked(text);
      expect(hover(snapshot({ name: 'a.net', text: plain }), offset), text).to.equal(undefined);
    }
  });
});

it('hovers in a file with other line ends and letters', () => {
  const { text, offset } = marked('# größe 🙂\r\nnet A(x: [8]) {\r\n  <|>relu # ü\r\n}\r\n');
  const { span } = hover(snapshot({ name: 'a.net', text }), offset)!;
  expect(text.slice(span.start, span.end)).to.equal('relu');
});

it('shows the receptive field of a layer that a block of another file makes', () => {
  const read = exampleSnapshot('examples/resnet18.net');
  const { text } = read.source;
  const words = hover(read, text.indexOf('globalavgpool') + 1)!.markdown;
  expect(words).to.include('`[512, 7, 7] → [512]`').and.include('receptive field: all of it');
});

function shown(source: string, files?: Files): string {
  return shownAll(source, files)[0]!;
}

/** What is shown at each cursor. */
function shownAll(source: string, files?: Files): readonly string[] {
  const { text, offsets } = marked(source);
  const read = snapshot({ name: 'a.net', text }, files ? { files } : {});
  return offsets.map((offset) => hover(read, offset)?.markdown ?? 'nothing');
}
