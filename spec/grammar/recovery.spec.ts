import { expect } from 'chai';
import { faultsOf, meaningOf } from './support.ts';

/** Texts with several mistakes: the place of each fault as its code and the text there, and what is still understood. */
const rows: readonly {
  readonly it: string;
  readonly text: string;
  readonly faults: readonly string[];
  readonly meaning: readonly string[];
}[] = [
  {
    it: 'gives one fault for each line that has one, and keeps all other lines',
    text: 'let a := 1\nnet A(x: [3]) {\n  conv 3=>6 k.5\n  relu\n  y = conv(3, 6) | b\n  tanh, abs\n}\nlet c = 2',
    faults: ['syntax/assign :=', 'syntax/arrow =>', 'syntax/call conv', 'syntax/comma ,'],
    meaning: [
      'let a = 1',
      'net A(x: [3]) {broken(; conv k); relu; broken(y; y conv b); broken(; tanh abs)}',
      'let c = 2',
    ],
  },
  {
    it: 'tells mistakes on one line of text apart where they stand in different lines of bodies',
    text: 'net A(x: [3]) { conv k:5; relu; dropout .5 }',
    faults: ['syntax/assign :', 'syntax/number .5'],
    meaning: ['net A(x: [3]) {broken(; conv k); relu; broken(; dropout)}'],
  },
  {
    it: 'keeps the body of a declaration whose head can be repaired, with the faults in it',
    text: 'model A(x [3]) {\n  relu\n}\nmodel B(x: [3]) {\n  relu\n  dropout .5\n}',
    faults: ['syntax/declaration model', 'syntax/declaration model', 'syntax/number .5'],
    meaning: ['broken(; model A x relu)', 'net B(x: [3]) {relu; broken(; dropout)}'],
  },
  {
    it: 'finds the faults in a body whose head is lost',
    text: 'net A(x: 3) {\n  relu\n  dropout .5\n}',
    faults: ['syntax/unexpected 3', 'syntax/number .5'],
    meaning: ['broken(A; net A x relu dropout)'],
  },
  {
    it: 'ends a body that is not closed before the next declaration',
    text: 'net A(x: [3]) {\n  relu\n\n## A block.\nblock B { tanh }\n',
    faults: ['syntax/unclosed relu'],
    meaning: ['net A(x: [3]) {relu}', 'block B () {tanh}'],
  },
  {
    it: 'ends an inner body that is not closed where the indentation says so',
    text: 'net A(x: [3]) {\n  add {\n    relu\n  tanh\n}\nlet b = 2',
    faults: ['syntax/unclosed relu'],
    meaning: ['net A(x: [3]) {add {relu}; tanh}', 'let b = 2'],
  },
  {
    it: 'leaves out the brace that closes a body too early',
    text: 'net A(x: [3]) {\n  if a { relu } }\n  add { tanh }\n  abs\n}\nlet b = 2',
    faults: ['syntax/unopened }'],
    meaning: ['net A(x: [3]) {if a {relu}; add {tanh}; abs}', 'let b = 2'],
  },
  {
    it: 'takes a missing parenthesis for what it is, and no more',
    text: 'net A(x: [3]) {\n  conv ->6 p=max(1, 2\n  relu\n  conv (3\n    | tanh\n}',
    faults: ['syntax/unclosed 2', 'syntax/unclosed 3'],
    meaning: ['net A(x: [3]) {conv _->6 p=max(1, 2); relu; conv 3 | tanh}'],
  },
  {
    it: 'ends a line that lacks its end where the next one can only begin anew',
    text: 'let a =\nlet b = 2\nnet A(x: [3]) {\n  y = relu |\n  z = tanh\n  let c = 1 +\n  return y\n}',
    faults: ['syntax/unexpected =', 'syntax/unexpected |', 'syntax/unexpected +'],
    meaning: ['broken(a; a)', 'let b = 2', 'net A(x: [3]) {broken(y; y relu); z = tanh; broken(c; c); return y}'],
  },
  {
    it: 'does not guess what a line means in which a character means nothing',
    text: 'net A(x: [3]) {\n  relu\u00a0| tanh\n  y ← relu\n}',
    faults: ['syntax/character \u00a0', 'syntax/character ←'],
    meaning: ['net A(x: [3]) {relu | tanh; broken(; y relu)}'],
  },
  {
    it: 'reports layers outside of all nets once',
    text: 'conv 3->6 k5\nadd { relu }\n  | tanh\n\nlet a = 1\nflatten',
    faults: ['syntax/declaration conv', 'syntax/declaration flatten'],
    meaning: ['broken(; conv k5)', 'broken(; add relu tanh)', 'let a = 1', 'broken(; flatten)'],
  },
  {
    it: 'cuts a declaration that is nested too deep, and no other',
    text: `let a = ${'('.repeat(201)}1${')'.repeat(201)}\nnet A(x: [3]) {\n  add ${'{'.repeat(300)}\n}\nblock B { relu }`,
    faults: ['syntax/nesting (', 'syntax/nesting {'],
    meaning: ['broken(a; a)', 'broken(A; net A)', 'block B () {relu}'],
  },
  {
    it: 'says what a line that is broken would have declared and what it mentions',
    text: 'import A, B form "x"\nnet N(x: [3]) {\n  a = b | f {\n    c = d\n    let e = g\n  } )) = 3\n  let h i\n}',
    faults: ['syntax/unexpected form', 'syntax/unopened )', 'syntax/unexpected i'],
    meaning: ['broken(A B form; import A B form)', 'net N(x: [3]) {broken(a c e; a b f c d e g); broken(h; h i)}'],
  },
];

describe('after a mistake, the parser', () => {
  for (const row of rows) {
    it(row.it, () => {
      const faults = faultsOf(row.text);
      expect(faults.map(({ code, span }) => `${code} ${row.text.slice(span.start, span.end)}`)).to.deep.equal(
        row.faults,
      );
      expect(meaningOf(row.text).split('\n')).to.deep.equal(row.meaning);
    });
  }
});
