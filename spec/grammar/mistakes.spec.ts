import { expect } from 'chai';
import { syntaxFaults } from '../../compiler/faults/syntax.ts';
import { faultLimit, type SyntaxCode } from '../../grammar/fault.ts';
import { sizeLimit } from '../../grammar/parse.ts';
import { examplesIn } from './examples.ts';
import { faultsOf, inNet, marked, repaired } from './support.ts';

/** A text with the place of its one mistake between `‹` and `›`, the code, and the text that the fix makes of it. */
type Row = readonly [text: string, code: SyntaxCode, fixed?: string];

const inFile: readonly Row[] = [
  // Lines that declare nothing
  ['‹conv› 3->6 k5', 'syntax/declaration'],
  ['‹add› x { relu }', 'syntax/declaration'],
  ['‹nett› A(x: [3]) { relu }', 'syntax/declaration', 'net A(x: [3]) { relu }'],
  ['‹model› A(x: [3]) -> [10] { relu }', 'syntax/declaration', 'net A(x: [3]) -> [10] { relu }'],
  ['‹class› Tower in->out (k=3) { relu }', 'syntax/declaration', 'block Tower in->out (k=3) { relu }'],
  ['‹def› f(x) = x * 2', 'syntax/declaration', 'act f(x) = x * 2'],
  ['‹const› a = 3', 'syntax/declaration', 'let a = 3'],
  ['‹a› = 3', 'syntax/declaration', 'let a = 3'],
  ['‹use› A from "./a.net"', 'syntax/declaration', 'import A from "./a.net"'],
  ['‹from› "./a.net" import A, B', 'syntax/declaration', 'import A, B from "./a.net"'],
  ['‹export› net A(x: [3]) { relu }', 'syntax/declaration', 'net A(x: [3]) { relu }'],
  // Signs in each other's place
  ['let a‹:› 3', 'syntax/assign', 'let a = 3'],
  ['let a ‹:=› 3', 'syntax/assign', 'let a = 3'],
  ['let a ‹==› 3', 'syntax/assign', 'let a = 3'],
  ['act f(x)‹:› x * 2', 'syntax/assign', 'act f(x) = x * 2'],
  ['act f(x) ‹->› x * 2', 'syntax/assign', 'act f(x) = x * 2'],
  ['net A(x‹=›[3], y=[4]) { relu }', 'syntax/assign', 'net A(x:[3], y:[4]) { relu }'],
  ['block A (k‹:›3, s:1) { relu }', 'syntax/assign', 'block A (k=3, s=1) { relu }'],
  // Types of parameters
  ['block A in->out (k‹: int› = 3, s: float) { relu }', 'syntax/annotation', 'block A in->out (k = 3, s) { relu }'],
  ['block A (k‹: int | None› = 3) { relu }', 'syntax/annotation', 'block A (k = 3) { relu }'],
  ['block A (k ‹int› = 3, s int) { relu }', 'syntax/annotation', 'block A (k = 3, s) { relu }'],
  ['block A (c, ‹int› k) { relu }', 'syntax/annotation', 'block A (c, k) { relu }'],
  ['act f(x, by‹: float› = 2) = x * by', 'syntax/annotation', 'act f(x, by = 2) = x * by'],
  ['block A (k ‹c›) { relu }', 'syntax/unexpected', 'block A (k, c) { relu }'],
  ['net A(x: [3])‹:› [10] { relu }', 'syntax/arrow', 'net A(x: [3]) -> [10] { relu }'],
  ['net A(x: [3]) ‹=>› [10] { relu }', 'syntax/arrow', 'net A(x: [3]) -> [10] { relu }'],
  // What is missing or too much
  ['net A(x ‹[›3]) { relu }', 'syntax/unexpected', 'net A(x: [3]) { relu }'],
  ['net A(x: [3 ‹32› 32]) { relu }', 'syntax/unexpected', 'net A(x: [3, 32, 32]) { relu }'],
  ['import A ‹B› from "./a.net"', 'syntax/unexpected', 'import A, B from "./a.net"'],
  ['import A ‹"./a.net"›', 'syntax/unexpected', 'import A from "./a.net"'],
  ['let a = ‹=›3', 'syntax/unexpected', 'let a = 3'],
  ['net A(x: [3]) -> ‹10› { relu }', 'syntax/unexpected'],
  ['net A ‹{› relu }', 'syntax/unexpected'],
  ['let a ‹=›', 'syntax/unexpected'],
  ['net A(x: [‹3› { relu }', 'syntax/unclosed', 'net A(x: [3]) { relu }'],
  ['net A(image: [3, 32, 32‹]› -> [10] { relu }', 'syntax/unclosed', 'net A(image: [3, 32, 32]) -> [10] { relu }'],
  ['let a = max(1, ‹2›', 'syntax/unclosed', 'let a = max(1, 2)'],
  ['net A(x: [3]) {\n  ‹relu›\n', 'syntax/unclosed', 'net A(x: [3]) {\n  relu\n}\n'],
  ['net A(x: [3]) { ‹relu›', 'syntax/unclosed', 'net A(x: [3]) { relu }'],
  ['let a = 3‹)›', 'syntax/unopened', 'let a = 3'],
  ['net A(x: [3]) -> [3]\n  add { relu }\n‹}›', 'syntax/unopened', 'net A(x: [3]) -> [3] {\n  add { relu }\n}'],
  ['net A(x: [3]) { relu } ‹}›', 'syntax/unopened', 'net A(x: [3]) { relu } '],
  ['net A(x: [3]) {\n  conv ->6 k3 ‹}›\n  relu\n}', 'syntax/unopened', 'net A(x: [3]) {\n  conv ->6 k3 \n  relu\n}'],
  // Other languages
  ["import A from ‹'./a.net'›", 'syntax/quotes', 'import A from "./a.net"'],
  ['import A from ‹“./a.net”›', 'syntax/quotes', 'import A from "./a.net"'],
  ['import A from ‹"./a.net›', 'syntax/string', 'import A from "./a.net"'],
  ['‹// a comment›\nlet a = 3', 'syntax/comment', '# a comment\nlet a = 3'],
  ['‹/* a comment */›\nlet a = 3', 'syntax/comment', '# a comment\nlet a = 3'],
  ['let a = b ‹||› c', 'syntax/operator', 'let a = b or c'],
  ['let a = b ‹&&› c', 'syntax/operator', 'let a = b and c'],
  ['let a = ‹!›b', 'syntax/operator', 'let a = not b'],
  ['let a = b ‹≤› 3', 'syntax/operator', 'let a = b <= 3'],
  ['let a = ‹−›3', 'syntax/operator', 'let a = -3'],
  ['let a = b ‹**› 2', 'syntax/operator'],
  ['let a = b ‹//› 2', 'syntax/operator'],
  ['let a = b ‹$›', 'syntax/character'],
  ['let a =‹\u00a0›3', 'syntax/character', 'let a = 3'],
  ['let a = 3‹\u200b›', 'syntax/character', 'let a = 3'],
  ['let a = 3‹\ud800›', 'syntax/character'],
];

const inBody: readonly Row[] = [
  // Calls as in Python
  ['‹conv›(3, 6, kernel=5) | relu()', 'syntax/call', 'conv 3->6 kernel=5 | relu'],
  ['‹nn.Conv2d›(c, 6, kernel=(3, 5))', 'syntax/call', 'Conv2d c->6 kernel=[3, 5]'],
  ['x = label: ‹conv›(3->6, k5)', 'syntax/call', 'x = label: conv 3->6 k5'],
  ['tanh | ‹concat›(a, b) | relu', 'syntax/call', 'tanh | concat a b | relu'],
  ['Block 3->6 | ‹Other›(act={ relu })', 'syntax/call', 'Block 3->6 | Other act={ relu }'],
  // Commas
  ['conv 3->6‹,› k5, s2', 'syntax/comma', 'conv 3->6 k5 s2'],
  ['conv 3->6 k5‹,› relu, maxpool 2', 'syntax/comma', 'conv 3->6 k5 | relu | maxpool 2'],
  ['concat a‹,› b', 'syntax/comma', 'concat a b'],
  ['conv 3->6 k5 | relu‹,›\nflatten,\nlinear ->10', 'syntax/comma', 'conv 3->6 k5 | relu |\nflatten |\nlinear ->10'],
  // Signs in each other's place
  ['y ‹:=› relu', 'syntax/assign', 'y = relu'],
  ['conv 3->6 k‹:›5 s:2', 'syntax/assign', 'conv 3->6 k=5 s=2'],
  ['if a ‹=› b { relu }', 'syntax/assign', 'if a == b { relu }'],
  ['relu | tail ‹=› tanh', 'syntax/assign', 'relu | tail : tanh'],
  ['conv 3‹→›6', 'syntax/arrow', 'conv 3->6'],
  ['conv 3‹–>›6', 'syntax/arrow', 'conv 3->6'],
  ['relu ‹||› tanh', 'syntax/operator', 'relu | tanh'],
  ['if a ‹||› b { relu }', 'syntax/operator', 'if a or b { relu }'],
  ['conv ‹k3×5›', 'syntax/operator', 'conv k3x5'],
  // Negative arguments
  ['hardtanh ‹-2› 2', 'syntax/negative', 'hardtanh (-2) 2'],
  ['hardtanh 0 ‹-c›', 'syntax/negative', 'hardtanh 0 (-c)'],
  ['f k=2 ‹-1›', 'syntax/negative', 'f k=2 (-1)'],
  // Numbers
  ['dropout ‹.5›', 'syntax/number', 'dropout 0.5'],
  ['dropout p=‹3.›', 'syntax/number', 'dropout p=3'],
  ['linear ->‹1_000›', 'syntax/number', 'linear ->1000'],
  ['linear ->‹3abc›', 'syntax/number'],
  // Labels
  ['‹0.1›: relu', 'syntax/label', '"0.1": relu'],
  ['tanh | ‹conv-1›: relu', 'syntax/label', 'tanh | "conv-1": relu'],
  ['‹if›: relu', 'syntax/label', '"if": relu'],
  ['‹conv 1›: relu', 'syntax/label', 'conv_1: relu'],
  ['‹features[0]›: relu', 'syntax/label', 'features.{0}: relu'],
  // What is missing or too much
  ['conv 3->‹>›6', 'syntax/unexpected', 'conv 3->6'],
  ['relu | ‹|› tanh', 'syntax/unexpected', 'relu | tanh'],
  ['conv1:‹:› relu', 'syntax/unexpected', 'conv1: relu'],
  ['let a ‹3›', 'syntax/unexpected', 'let a = 3'],
  ['return a ‹b› c', 'syntax/unexpected', 'return a, b, c'],
  ['‹5› | relu', 'syntax/unexpected'],
  ['‹else› { relu }', 'syntax/unexpected'],
  ['conv (‹3›', 'syntax/unclosed', 'conv (3)'],
  ['relu‹)› | tanh', 'syntax/unopened', 'relu | tanh'],
];

describe('a mistake', () => {
  for (const [text, code, fixed] of inFile) check(text, code, fixed);
  for (const [text, code, fixed] of inBody) {
    check(inNet(text), code, fixed === undefined ? undefined : inNet(fixed));
  }

  function check(written: string, code: SyntaxCode, fixed: string | undefined): void {
    const { text, start, end } = marked(written);
    it(`${JSON.stringify(text)} is ${code}`, () => {
      const faults = faultsOf(text);
      expect(faults.map((fault) => [fault.code, fault.span.start, fault.span.end])).to.deep.equal([[code, start, end]]);
      expect(repaired(text, faults[0]!)).to.equal(fixed);
      if (fixed !== undefined) expect(faultsOf(fixed)).to.deep.equal([]);
    });
  }

  it('is told with what was found and what was expected', () => {
    const [fault] = faultsOf('net A(x: [3]) relu');
    expect(fault).to.deep.include({
      code: 'syntax/unexpected',
      evidence: { found: '`relu`', expected: '`{`' },
    });
  });

  it('of a name before a stage is told as that of a label, which stands there', () => {
    const [fault] = faultsOf(inNet('relu | tail = tanh'));
    expect(fault).to.deep.include({ evidence: { written: '=', instead: ':', what: 'a label' } });
  });

  it('at the end of a body is told with the sign that ends it', () => {
    expect(faultsOf('net A(x: [3]) { conv k= }')[0]).to.deep.include({
      evidence: { found: '`}`', expected: 'a value' },
    });
  });

  it('names the opening sign of what is not closed as the cause', () => {
    const [fault] = faultsOf('net A(x: [3]) {\n  relu');
    expect(fault?.because?.map(({ span }) => [span.start, span.end])).to.deep.equal([[14, 15]]);
  });
});

describe('a text that is too much', () => {
  it('in size is one fault, and an empty file', () => {
    const [fault, ...others] = faultsOf('#'.repeat(sizeLimit + 1));
    expect(fault).to.deep.include({ code: 'syntax/size', evidence: { length: sizeLimit + 1, limit: sizeLimit } });
    expect(others).to.deep.equal([]);
    expect(faultsOf('#'.repeat(sizeLimit))).to.deep.equal([]);
  });

  it('in mistakes has a limited number of faults', () => {
    expect(faultsOf('net A(x: [3]) {\n  5\n\n}\n'.repeat(2 * faultLimit))).to.have.length(faultLimit);
  });
});

describe('the pages that explain syntax faults', () => {
  for (const [code, kind] of Object.entries(syntaxFaults)) {
    it(`have an example of ${code} and one without`, () => {
      const [example, ...others] = examplesIn(`${kind.explain}\n`);
      expect(others).to.deep.equal([]);
      const wrong = example!.split('\n').filter((line) => /wrong/i.test(line));
      expect(faultsOf(example!).map((fault) => fault.code)).to.deep.equal(wrong.map(() => code));
      const right = example!.split('\n').filter((line) => !/wrong/i.test(line));
      expect(faultsOf(right.join('\n'))).to.deep.equal([]);
      expect(right.join('').trim()).not.to.equal('');
    });
  }
});
