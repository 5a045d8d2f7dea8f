import { expect } from 'chai';
import { parse } from '../../grammar/parse.ts';
import { LineParser } from '../../grammar/parser.ts';
import { faultsOf, inNet, meaningOf } from './support.ts';

/** Declarations, and what they mean in the notation of `show.ts`. */
const declarations: readonly (readonly [text: string, meaning: string])[] = [
  ['import A, B from "./file.net"', 'import A, B from "./file.net"'],
  ['let classes = 10', 'let classes = 10'],
  ['let a = 1; let b = 2', 'let a = 1\nlet b = 2'],
  ['act hswish(x) = x * clamp(x + 3, 0, 6) / 6', 'act hswish(x) = ((x * clamp((x + 3), 0, 6)) / 6)'],
  ['act leaky(x, slope = 0.01) = x > 0 ? x : slope * x', 'act leaky(x, slope=0.01) = ((x > 0) ? x : (slope * x))'],
  ['act prelu(x, learn weight = 0.25) = weight * x', 'act prelu(x, learn weight=0.25) = (weight * x)'],
  ['act odd(x, learn = 2) = learn * x', 'act odd(x, learn=2) = (learn * x)'],
  ['block A { relu }', 'block A () {relu}'],
  ['block A c { relu }', 'block A c () {relu}'],
  ['block A in->out (mid, k=3, act=relu) { relu }', 'block A in->out (mid, k=3, act=relu) {relu}'],
  ['block A in -> out() {}', 'block A in->out () {}'],
  ['block A (act={ leaky slope=0.2 }) { relu }', 'block A (act={leaky slope=0.2}) {relu}'],
  ['net A(x: [3, 32, 32]) { relu }', 'net A(x: [3, 32, 32]) {relu}'],
  ['net A() {}', 'net A() {}'],
  ['net A(x: []) -> [10] {}', 'net A(x: []) -> (_: [10]) {}'],
  ['net A(x: i32[T]) -> [T, 2 * n] {}', 'net A(x: i32[T]) -> (_: [T, (2 * n)]) {}'],
  ['net A(l: [1], r: [1]) -> (d: [1], c: [4]) {}', 'net A(l: [1], r: [1]) -> (d: [1], c: [4]) {}'],
  ['net A(\n  x: [3,\n    4]\n)\n  -> [10]\n{\n}', 'net A(x: [3, 4]) -> (_: [10]) {}'],
  ['net net(act: [3]) { block | act }', 'net net(act: [3]) {block | act}'],
];

/** Lines of a body. */
const lines: readonly (readonly [text: string, meaning: string])[] = [
  // Flow
  ['conv 3->6 k5 | relu | maxpool 2', 'conv 3->6 k5 | relu | maxpool 2'],
  ['conv 3->6\n  | relu', 'conv 3->6 | relu'],
  ['conv 3->6 |\n  relu', 'conv 3->6 | relu'],
  ['| relu', 'relu'],
  ['relu; tanh;; relu', 'relu; tanh; relu'],
  ['relu # a comment; with a semicolon\n tanh', 'relu; tanh'],
  ['x = relu', 'x = relu'],
  ['x =\n  | relu\n  | tanh', 'x = relu | tanh'],
  ['let half = c / 2\n  | relu', 'let half = (c / 2); relu'],
  ['return a, b', 'return a, b'],
  ['{ relu }', '{relu}'],
  ['mul {} { relu; tanh }', 'mul {} {relu; tanh}'],
  ['concat a b axis=0', 'concat a b axis=0'],
  ['repeat 3 { relu }', 'repeat 3 {relu}'],
  ['repeat 2 * n as i { relu }', 'repeat (2 * n) as i {relu}'],
  ['if s == 1 and in == out { add x }', 'if ((s == 1) and (in == out)) {add x}'],
  ['if a { relu } else { tanh }', 'if a {relu} else {tanh}'],
  ['if a { relu }\n  else if b { tanh }\n  else { abs }', 'if a {relu} else {if b {tanh} else {abs}}'],
  // Labels
  ['conv1: conv 3->6', 'conv1: conv 3->6'],
  ['layer1.0.conv1: relu | b: tanh', 'layer1.0.conv1: relu | b: tanh'],
  ['features.{i + 1}.0: relu', 'features.{(i + 1)}.0: relu'],
  ['layer_{i + 1}: relu | a.b{i}.0: tanh', 'layer_{(i + 1)}: relu | a.b{i}.0: tanh'],
  ['add{ relu }', 'add {relu}'],
  ['a.0.1.if.net: relu', 'a.0.1.if.net: relu'],
  ['"0.1": relu', '0.1: relu'],
  ['x = tower: Tower share', 'x = tower: Tower share'],
  ['scope: { relu }', 'scope: {relu}'],
  ['net: act', 'net: act'],
  ['letter | iff | notes | nets | as2', 'letter | iff | notes | nets | as2'],
  // Arguments
  ['linear ->10', 'linear _->10'],
  ['linear 3->', 'linear 3->_'],
  ['conv 3-> k5', 'conv 3->_ k5'],
  ['conv 3-> k=5', 'conv 3->_ k=5'],
  ['conv in -> out', 'conv in->out'],
  ['conv c->squeeze k1', 'conv c->squeeze k1'],
  ['conv 2 * c -> c / 2 + 1', 'conv (2 * c)->((c / 2) + 1)'],
  ['conv k3x5 s=2x1 p=[1, 2, 1, 2]', 'conv k3x5 s=2x1 p=[1, 2, 1, 2]'],
  ['maxpool 3x5 p=same', 'maxpool 3x5 p=same'],
  ['lstm 64->128 bidirectional', 'lstm 64->128 bidirectional'],
  ['Block 16->24 act={ leaky_relu slope=0.2 }', 'Block 16->24 act={leaky_relu slope=0.2}'],
  ['hardtanh (-2) 2', 'hardtanh (- 2) 2'],
  ['hardtanh min_val=-2', 'hardtanh min_val=(- 2)'],
  ['pad c - 1 d-1', 'pad (c - 1) (d - 1)'],
  ['expect [16, 5, 5]', 'expect [16, 5, 5]'],
  ['param[65, 192] init=normal(0.02, mean=0)', 'param [65, 192] init=normal(0.02, mean=0)'],
  ['Some let', 'broken(; Some)'],
];

const expressions: readonly (readonly [text: string, meaning: string])[] = [
  ['1 + 2 * 3 - 4', '((1 + (2 * 3)) - 4)'],
  ['a - b - c', '((a - b) - c)'],
  ['a / b % c', '((a / b) % c)'],
  ['(1 + 2) * 3', '((1 + 2) * 3)'],
  ['-a * b', '((- a) * b)'],
  ['- - 3', '(- (- 3))'],
  ['a or b and c', '(a or (b and c))'],
  ['not a == b', '(not (a == b))'],
  ['not not a and b', '((not (not a)) and b)'],
  ['a + 1 >= b * 2', '((a + 1) >= (b * 2))'],
  ['a ? b : c ? d : e', '(a ? b : (c ? d : e))'],
  ['a ? b ? 1 : 2 : 3', '(a ? (b ? 1 : 2) : 3)'],
  ['max(8, c / 4)', 'max(8, (c / 4))'],
  ['f()', 'f()'],
  ['leaky(x, slope=0.2)', 'leaky(x, slope=0.2)'],
  ['dims[0]', 'dims[0]'],
  ['[1, 2][0][a]', '[1, 2][0][a]'],
  ['[]', '[]'],
  ['true and not false', '(true and (not false))'],
  ['1e-5 + 2.50', '(0.00001 + 2.5)'],
  ['"a \\"b\\" \\\\ \\n \\x #"', JSON.stringify('a "b" \\ \n \\x #')],
  ['a +\n  # a comment\n\n  b', '(a + b)'],
  ['[1,\n  2\n]', '[1, 2]'],
];

describe('the grammar', () => {
  it('is free of ambiguities that one token of lookahead and its gates do not settle', () => {
    expect(() => new LineParser({ validate: true })).not.to.throw();
  });

  for (const [text, meaning] of declarations) {
    it(`reads ${JSON.stringify(text)}`, () => {
      expect(faultsOf(text)).to.deep.equal([]);
      expect(meaningOf(text)).to.equal(meaning);
    });
  }

  for (const [text, meaning] of lines) {
    it(`reads ${JSON.stringify(text)} in a body`, () => {
      expect(meaningOf(inNet(text))).to.equal(`net Test(x: [3]) {${meaning}}`);
    });
  }

  for (const [text, meaning] of expressions) {
    it(`reads ${JSON.stringify(text)} as a value`, () => {
      expect(meaningOf(`let value = ${text}`)).to.equal(`let value = ${meaning}`);
    });
  }

  it('reads the same with every kind of line end, and with a byte order mark', () => {
    const text = 'let a = 1\nnet A(x: [3]) {\n  relu\n\n  | tanh\n}\n';
    for (const other of [text.replaceAll('\n', '\r\n'), text.replaceAll('\n', '\r'), `\ufeff${text}`]) {
      expect(meaningOf(other)).to.equal(meaningOf(text));
      expect(faultsOf(other)).to.deep.equal([]);
    }
  });

  it('reads an empty text as an empty file', () => {
    expect(parse({ name: 'empty.net', text: '' })).to.deep.equal({
      value: { kind: 'file', span: { source: 'empty.net', start: 0, end: 0 }, declarations: [] },
      faults: [],
    });
  });

  it('attaches the comments with two marks to the declaration after them', () => {
    const text = [
      '# a file',
      '## The first line.',
      '##   The second.',
      '',
      'let a = 1  ## not above a declaration',
      '#### a rule',
      '## A net.',
      'net A(x: [3]) {',
      '  ## In a body.',
      '  let b = 2',
      '  ## Not of a line.',
      '  relu',
      '}',
      '## Nothing follows.',
    ].join('\n');
    const [first, net] = parse({ name: 'test.net', text }).value.declarations;
    expect(first).to.have.property('doc', 'The first line.\n  The second.');
    expect(net).to.have.property('doc', 'A net.');
    expect(net).to.have.nested.property('body.lines[0].doc', 'In a body.');
    expect(net).not.to.have.nested.property('body.lines[1].doc');
  });
});
