import { expect } from 'chai';
import { type Completion, completions } from '../../compiler/ide/completion.ts';
import { snapshot } from '../../compiler/ide/snapshot.ts';
import type { Files } from '../../compiler/imports.ts';
import { activations, layers } from '../../compiler/layers/index.ts';
import { solveSizes } from '../../compiler/sizes/sizes.ts';
import { sizesText } from '../../compiler/sizes/text.ts';
import { marked } from './marked.ts';

describe('completing the beginning of a stage', () => {
  const start = 'net A(image: [3, 32, 32]) {\n  conv 3->6 k3 | ';

  it('offers every layer and activation by its first name, and by its others later', () => {
    const labels = labelsOf(`${start}<|>\n}`);
    for (const { name, synonyms = [] } of [...layers, ...activations]) {
      expect(labels).to.include(name);
      for (const synonym of synonyms) expect(labels.indexOf(synonym), synonym).to.be.greaterThan(labels.indexOf(name));
    }
  });

  it('fills in the size that flows, and leaves holes for what must be given', () => {
    const of = (label: string, text: string) => offered(text, label).text;
    expect(of('conv', `${start}<|>\n}`)).to.equal('conv 6-><out> k<3>');
    expect(of('linear', 'net A(x: [7, 400]) { <|> }')).to.equal('linear 400-><out>');
    expect(of('linear', 'net A(image: [3, H, W]) { flatten | <|> }')).to.equal('linear -><out>');
    expect(of('embedding', 'net A(t: i32[T]) { <|> }')).to.equal('embedding <in>-><out>');
    expect(of('maxpool', `${start}<|>\n}`)).to.equal('maxpool <2>');
    expect(of('attention', 'net A(x: [7, 8]) { <|> }')).to.equal('attention <x> heads=<2>');
    expect(of('reshape', `${start}<|>\n}`)).to.equal('reshape <[6, -1]>');
    expect(of('expect', `${start}<|>\n}`)).to.equal('expect <[6, 30, 30]>');
    expect(of('relu', `${start}<|>\n}`)).to.equal('relu');
  });

  it('shows the shape that a layer would give', () => {
    expect(offered(`${start}<|>\n}`, 'flatten').detail).to.equal('→ [5400]');
    expect(offered(`${start}<|>\n}`, 'globalavgpool').detail).to.equal('→ [6]');
  });

  it('puts first what suits the value', () => {
    const first = (text: string) => labelsOf(text)[0];
    expect(first('net A(image: [3, 32, 32]) { <|> }')).to.equal('conv');
    expect(first('net A(x: [64]) { <|> }')).to.equal('linear');
    expect(first('net A(tokens: i32[T]) { <|> }')).to.equal('embedding');
    expect(first(`${start}<|>\n}`)).to.equal('relu');
  });

  it('puts first what follows as a rule in this text', () => {
    const text =
      'net A(x: [3, 9, 9]) {\n  conv ->4 k3 | batchnorm | tanh\n  conv ->4 k3 | batchnorm | tanh\n  conv ->4 k3 | <|>\n}';
    expect(labelsOf(text)[0]).to.equal('batchnorm');
    expect(labelsOf(text.replace('<|>', 'batchnorm | <|>'))[0]).to.equal('tanh');
  });

  it('offers what the text declares: blocks, activations, and layers that parameters hold', () => {
    const text =
      'act bend(x) = abs(x)\n## Two.\nblock Twice in->out (k) { conv in->out k=k }\nnet A(image: [3, 9, 9]) { <|> }';
    expect(offered(text, 'Twice')).to.include({ kind: 'block', text: 'Twice 3-><out> k=<k>' });
    expect(offered(text, 'Twice').documentation).to.include('Two.');
    expect(offered(text, 'bend')).to.include({ kind: 'activation', text: 'bend' });
    const inside =
      'block Unit in->out (norm, act=relu) { conv in->out k3 | <|> }\nnet A(x: [3, 9, 9]) { Unit 3->4 norm=batchnorm }';
    expect(labelsOf(inside)).to.include.members(['norm', 'act']);
    expect(labelsOf('block Unit in->out (k=3, act=relu) { conv in->out k=k | <|> }'))
      .to.include('act')
      .and.not.include('k');
  });

  it('takes the features of a block from the axis that it works on', () => {
    const text = 'block Mix in->out { linear in->out }\nnet A(x: [7, 64]) { <|> }';
    expect(offered(text, 'Mix').text).to.equal('Mix 64-><out>');
    expect(offered('block Se c { relu }\nnet A(x: [9, 8, 8]) { <|> }', 'Se').text).to.equal('Se <9>');
  });

  it('offers values where a line begins, and only there', () => {
    const line = 'net A(image: [3, 9, 9]) {\n  half = maxpool 3\n  ';
    expect(offered(`${line}<|>\n}`, 'half')).to.include({ kind: 'value', detail: '[3, 3, 3]' });
    expect(labelsOf(`${line}y = <|>\n}`)).to.include.members(['half', 'image']);
    expect(labelsOf(`${line}relu | <|>\n}`)).not.to.include('half');
    expect(labelsOf(`${line}add { <|> }\n}`)).to.include('half');
    expect(labelsOf('net A(image: [3, 9, 9]) {\n  <|>\n  later = relu\n}')).not.to.include('later');
  });

  it('begins a net with several inputs with one of them', () => {
    const net = (lines: string) => labelsOf(`net A(left: [8], right: [8]) {\n  ${lines}\n}`).slice(0, 2);
    expect(net('<|>')).to.have.members(['left', 'right']);
    expect(net('r<|>')).to.have.members(['left', 'right']);
    expect(net('left | linear 8->4\n  <|>')).to.not.include('left');
  });

  it('offers the words of the language where they may stand', () => {
    const texts = new Map(offers('net A(x: [8]) {\n  <|>\n}').map(({ label, text }) => [label, text]));
    expect(texts.get('repeat')).to.equal('repeat <2> as <i> {\n  <>\n}');
    expect(texts.get('residual')).to.equal('residual { <> }');
    expect([...texts.keys()]).to.include.members(['if', 'let', 'return']);
    expect(labelsOf('net A(x: [8]) { relu | <|> }')).to.include('if').and.not.include('let');
    expect(labelsOf('block B c {\n  <|>\n}')).to.include('let').and.not.include('return');
  });

  it('offers to share the weights of what has a label', () => {
    const text = 'net A(l: [8], r: [8]) {\n  a = l | tower: linear 8->4\n  r | <|>\n}';
    expect(offered(text, 'tower share').text).to.equal('tower: linear 8->4 share');
    const labelled = 'net A(l: [8], r: [8]) {\n  a = l | tower: linear 8->4\n  r | tower: linear 8->4 <|>\n}';
    expect(labelsOf(labelled)).to.include('share');
    expect(labelsOf(labelled.replace('r | tower', 'r | other'))).not.to.include('share');
  });

  it('writes the name alone where arguments stand behind it', () => {
    const { text, offset } = marked('net A(x: [3, 9, 9]) { con<|>v 3->6 k3 }');
    const found = completions(snapshot({ name: 'a.net', text }), offset).find(({ label }) => label === 'deconv')!;
    expect(accepted(text, found)).to.equal('net A(x: [3, 9, 9]) { deconv 3->6 k3 }');
  });
});

describe('completing an argument', () => {
  const body = (line: string) =>
    `let wide = 12\nnet A(image: [3, 32, 32]) -> [10] {\n  x = conv 3->6 k3 | relu\n  ${line}\n}`;

  it('offers the size that arrives first', () => {
    const [first, second] = offers(body('flatten | linear <|>'));
    expect(first).to.include({ label: '5400->', isPreferred: true });
    expect(second).to.include({ label: '->', text: '-><out>' });
    expect(labelsOf(body('conv <|>->6 k3'))[0]).to.equal('6');
    expect(labelsOf(body('conv 6->6 <|>'))).not.to.include('6->');
    expect(labelsOf('net A(image: [3, H, W]) { flatten | linear <|> }')[0]).to.equal('->');
  });

  it('offers behind the arrow what the net is to give, and constants', () => {
    const [result, same, wide] = offers(body('flatten | linear -><|>'));
    expect(result).to.include({ label: '10', detail: 'what the net gives' });
    expect(same).to.include({ label: '5400', detail: 'as many as arrive' });
    expect(wide).to.include({ label: 'wide', detail: '= 12' });
  });

  it('offers options that are not given yet, with a value to begin with', () => {
    const labels = labelsOf(body('conv 6->6 k3 <|>'));
    expect(labels).not.to.include('kernel');
    expect(labels).to.include.members(['stride', 'padding', 'p=same', 'p=valid', 'groups', 'bias=false']);
    expect(labelsOf(body('conv 6->6 <|> s2'))[0]).to.equal('kernel');
    expect(labelsOf(body('conv 6->6 <|> s2'))).not.to.include('stride');
    expect(offered(body('conv 6->6 <|>'), 'kernel').text).to.equal('k<3>');
    expect(offered(body('globalavgpool <|>'), 'keep').text).to.equal('keep');
    expect(offered(body('pad 1 <|>'), 'mode=reflect')).to.include({ kind: 'choice', text: 'mode=reflect' });
  });

  it('offers the values of an option', () => {
    expect(labelsOf(body('conv 6->6 k3 p=<|>')).slice(0, 2)).to.deep.equal(['same', 'valid']);
    expect(labelsOf(body('conv 6->6 k3 bias=<|>')).slice(0, 2)).to.deep.equal(['true', 'false']);
    expect(labelsOf(body('param [3] init=<|>'))).to.deep.equal(['zeros', 'ones', 'constant', 'uniform', 'normal']);
    expect(offers(body('mean axes=<|>')).map(({ label, detail }) => `${label} ${detail}`)).to.deep.equal([
      '0 of size 6',
      '1 of size 30',
      '2 of size 30',
      '-1 the last axis',
    ]);
    expect(labelsOf(body('tanh | relu=<|>'))).to.deep.equal([]);
    expect(labelsOf(body('conv 6->6 k=<|>'))).to.include.members(['wide', 'dims', 'max']);
  });

  it('offers the values to join that fit, then the others, then a branch', () => {
    const text = 'net A(image: [3, 9, 9]) {\n  far = conv 3->6 k3\n  near = conv 6->6 k3 p1\n  near | add <|>\n}';
    expect(labelsOf(text)).to.deep.equal(['near', 'far', 'image', '{ … }']);
    expect(labelsOf(text.replace('add', 'concat'))).to.include.members(['near', 'far', 'axis']);
    expect(labelsOf(text.replace('<|>', 'near <|>'))).not.to.include('near');
    expect(offered(text.replace('add <|>', '<|>'), 'add').text).to.equal('add <near>');
  });

  it('offers the parameters of a block, and layers for those that hold one', () => {
    const text =
      'block Unit in->out (norm, k=3, flag=false, act=relu) { conv in->out k=k | norm | act }\nnet A(image: [3, 9, 9]) { <|> }';
    const at = (call: string) => text.replace('<|>', call);
    expect(labelsOf(at('Unit <|>'))).to.deep.equal(['3->', '->', 'norm', 'k', 'flag', 'act']);
    expect(offered(at('Unit <|>'), 'k')).to.include({ text: 'k=<3>', detail: 'k = 3' });
    expect(labelsOf(at('Unit 3->4 act=<|>')))
      .to.include.members(['relu', 'batchnorm', 'Unit', '{ … }'])
      .and.not.include('floor');
    expect(labelsOf(at('Unit 3->4 norm=<|>'))).to.include.members(['batchnorm', 'floor']);
  });

  it('offers the shape that is here', () => {
    const line = 'net A(image: [3, 9, 9]) {\n  conv 3->6 k3 | ';
    expect(offers(`${line}expect <|>\n}`)[0]).to.include({ label: '[6, 7, 7]', isPreferred: true });
    expect(offers(`${line}expect [<|>\n}`)[0]).to.include({ label: '6, 7, 7', text: '6, 7, 7]' });
    expect(offers(`${line}expect [<|>]\n}`)[0]).to.include({ label: '6, 7, 7', text: '6, 7, 7' });
  });

  it('offers constants and functions in expressions', () => {
    const inside = labelsOf(body('flatten | linear ->max(<|>'));
    expect(inside).to.include.members(['wide', 'dims', 'max', 'floor', 'true']).and.not.include('conv');
    expect(labelsOf(body('flatten | linear ->wide / <|>'))).to.include('wide');
    expect(offered(body('repeat <|>'), 'max').text).to.equal('max(<a>, <b>)');
    expect(labelsOf(body('repeat 2 as time { fc.{<|>}: relu }'))[0]).to.equal('time');
    expect(offered(body('if <|>'), 'dims').detail).to.equal('= [6, 30, 30]');
    expect(labelsOf('act soft(x, by = 2) = x / by\nnet A(x: [8]) { linear ->soft(4, <|>) }')[0]).to.equal('by=');
    expect(labelsOf(body('let deep = <|>'))).to.include('wide');
  });

  it('offers what is given back, and what counts', () => {
    expect(labelsOf(body('return <|>'))).to.deep.equal(['x', 'image']);
    expect(labelsOf(body('return x, <|>'))).to.deep.equal(['image']);
    expect(labelsOf(body('repeat 3 <|>'))).to.deep.equal(['as']);
    expect(labelsOf(body('if true { relu } <|>'))).to.deep.equal(['else']);
  });
});

describe('completing the top of a file', () => {
  it('offers declarations', () => {
    expect(labelsOf('<|>')).to.deep.equal(['net', 'block', 'act', 'let', 'import']);
    expect(offered('<|>', 'net').text).to.equal('net <Name>(<image>: [<3, 224, 224>]) {\n  <>\n}');
  });

  it('offers inputs, types and sizes in the head of a net', () => {
    expect(labelsOf('net A(<|>) { relu }')).to.include.members(['image', 'tokens']);
    expect(labelsOf('net A(x: <|>) { relu }')).to.include.members(['[3, H, W]', 'i32[T]']);
    expect(labelsOf('let n = 3\nnet A(x: [H, 2], y: [<|>]) { x }')).to.deep.equal(['H', 'n']);
  });

  it('offers what the net gives, in the place of what is declared', () => {
    const { text, offset } = marked('net A(x: [8]) -> <|>[3] { linear ->4 }');
    const [only] = completions(snapshot({ name: 'a.net', text }), offset);
    expect(accepted(text, only!)).to.equal('net A(x: [8]) -> [4] { linear ->4 }');
    expect(labelsOf('net A(x: [8]) <|> { linear ->4 }')).to.deep.equal(['-> [4]']);
    expect(labelsOf('net A(x: [8]) -> <|> { a = linear ->4\nb = x | linear ->2\nreturn a, b }')).to.deep.equal([
      '(a: [4], b: [2])',
    ]);
  });

  it('offers symbolic sizes as one would write them, with what is rounded', () => {
    const net = 'net A(image: [3, H, W]) -> <|> { conv ->8 k3 | maxpool 2 | conv ->8 k1 s3 p1 }';
    const [only] = offers(net);
    expect(only!.text).to.equal('[8, floor(H / 6) + 1, floor(W / 6) + 1]');
    const { text, offset } = marked(net);
    const after = accepted(text, completions(snapshot({ name: 'a.net', text }), offset)[0]!);
    const [declared] = snapshot({ name: 'a.net', text: after }).graphs;
    const [inferred] = snapshot({ name: 'a.net', text: text.replace('-> ', '') }).graphs;
    expect(sizesText(solveSizes(declared!))).to.equal(sizesText(solveSizes(inferred!)));
    expect(offers('net A(image: [3, H, W]) { maxpool 2 | concat {} {} axis=1 | expect <|> }')[0]!.text).to.equal(
      '[3, 2 * floor(H / 2), floor(W / 2)]',
    );
  });

  it('offers what a formula is made of', () => {
    const labels = labelsOf('let at = 2\nact bend(x, by = 1) = x * <|>');
    expect(labels.slice(0, 3)).to.deep.equal(['x', 'by', 'at']);
    expect(labels).to.include.members(['erf', 'clamp', 'hardswish']).and.not.include.members(['bend', 'conv']);
  });

  it('offers layers where a `let` or a parameter may hold one', () => {
    expect(labelsOf('let act = <|>')).to.include.members(['relu', 'batchnorm']);
    expect(labelsOf('block B c (act=<|>) { relu }')).to.include('hardswish');
  });

  const files: Files = {
    read: (name) =>
      name === 'nets/parts.net' ? { text: '## Wide.\nlet width = 8\nblock Part in->out { relu }' } : { why: 'no' },
    list: (folder) =>
      ({ 'nets/': ['parts.net', 'a.net', 'more/', 'notes.txt'], 'nets/more/': ['deep.net'], '': ['nets/'] })[folder] ??
      [],
  };

  it('offers the names of the file that is imported', () => {
    const found = offers('import <|> from "./parts.net"', files);
    expect(found.map(({ label, kind }) => `${kind} ${label}`)).to.deep.equal(['constant width', 'block Part']);
    expect(found[0]!.documentation).to.equal('Wide.');
    expect(labelsOf('import width, <|> from "./parts.net"', files)).to.deep.equal(['Part']);
    expect(labelsOf('import width <|>', files)).to.deep.equal(['from']);
  });

  it('offers paths', () => {
    expect(labelsOf('import A from "<|>"', files)).to.deep.equal(['./parts.net', './more/']);
    expect(labelsOf('import A from "./<|>"', files)).to.deep.equal(['parts.net', 'more/']);
    expect(labelsOf('import A from "./more/de<|>"', files)).to.deep.equal(['deep.net']);
    expect(labelsOf('import A from "../<|>"', files)).to.deep.equal(['nets/']);
    const { text, offset } = marked('import A from "./mo<|>re/deep.net"');
    const more = completions(snapshot({ name: 'nets/a.net', text }, { files }), offset).find(
      ({ label }) => label === 'more/',
    )!;
    expect(accepted(text, more)).to.equal('import A from "./more/deep.net"');
  });
});

describe('completing anywhere', () => {
  it('offers nothing in comments, in strings, and where a name is given', () => {
    const texts = [
      ...['# conv <|>', 'net A(x: [8]) { relu # co<|>\n}', 'net A(x: [8]) { "fc<|>": relu }', 'net <|>', 'let <|>'],
      ...['net A(x: [8]) { let wi<|> }', 'net A(x: [8]) { na<|>me = relu }', 'net A(x: [8]) { fc<|>: relu }'],
      ...['net A(x: [8]) { block.0.fc<|>: relu }', 'block Na<|>', 'net A(x: [8]) { repeat 2 as <|> }', '/* conv <|>'],
    ];
    for (const text of texts) expect(labelsOf(text), text).to.deep.equal([]);
  });

  it('replaces the whole word that the cursor is in', () => {
    const { text, offset } = marked('net A(x: [8]) {\r\n  leaky<|>_relu 0.1 | tanh\r\n}');
    for (const { span } of completions(snapshot({ name: 'a.net', text }), offset)) {
      expect(text.slice(span.start, span.end)).to.equal('leaky_relu');
    }
  });

  it('knows the flow on lines that are not understood', () => {
    expect(labelsOf('net A(x: [3, 9, 9]) {\n  conv 3->4 k3 | conv <|>| relu ]\n  relu\n}')[0]).to.equal('4->');
    expect(labelsOf('net A(x: [3, 9, 9]) {\n  conv 3->4 k3 | conv <|>\n  y = relu')[0]).to.equal('4->');
    expect(labelsOf('net A(x: [3, 9, 9]) { residual { conv 3->4 k3 | conv <|>')[0]).to.equal('4->');
  });
});

/** What is offered at the cursor, with the holes of snippets in angle brackets. */
function offers(source: string, files?: Files): readonly Completion[] {
  const { text, offset } = marked(source);
  return completions(snapshot({ name: 'nets/a.net', text }, files ? { files } : {}), offset).map((each) => ({
    ...each,
    text: each.text.replace(/\$\{\d+:([^}]*)\}/g, '<$1>').replace('$0', '<>'),
  }));
}

function labelsOf(source: string, files?: Files): readonly string[] {
  return offers(source, files).map(({ label }) => label);
}

function offered(source: string, label: string): Completion {
  const found = offers(source).find((each) => each.label === label);
  expect(found, `${label} in ${source}`).not.to.equal(undefined);
  return found!;
}

function accepted(text: string, { span, text: inserted }: Completion): string {
  return text.slice(0, span.start) + inserted + text.slice(span.end);
}
