import { expect } from 'chai';
import { nestingLimit } from '../../grammar/balance.ts';
import { faultLimit, type SyntaxCode } from '../../grammar/fault.ts';
import { sizeLimit } from '../../grammar/parse.ts';
import { format } from '../../grammar/print.ts';

const times = (count: number, text: string) => text.repeat(count);
const filled = (text: string) => text.repeat(Math.floor((sizeLimit - 100) / text.length));

/** Texts that no person writes, with the first fault that they have. */
const texts: readonly (readonly [name: string, text: string, code: SyntaxCode | undefined])[] = [
  ['100,000 opening braces', `net A(x: [3]) ${times(100_000, '{')}`, 'syntax/nesting'],
  ['100,000 braces in braces', `net A(x: [3]) ${times(100_000, '{')}${times(100_000, '}')}`, 'syntax/nesting'],
  ['100,000 opening parentheses', `let a = ${times(100_000, '(')}`, 'syntax/nesting'],
  ['100,000 parentheses in parentheses', `let a = ${times(100_000, '(')}1${times(100_000, ')')}`, 'syntax/nesting'],
  ['closing braces alone', times(300_000, '}'), 'syntax/unopened'],
  ['a body closed again and again', `net A(x: [3]) {${times(100_000, ' relu }')}`, 'syntax/unopened'],
  ['50,000 bodies that are not closed', times(50_000, 'net A(x: [3]) {\n'), 'syntax/unclosed'],
  ['a sum over 100,000 lines', `let a = 1${times(100_000, ' +\n 1')}`, 'syntax/nesting'],
  ['a sum over 100,000 lines in brackets', `let a = [1${times(100_000, '\n + 1')}]`, 'syntax/nesting'],
  ['100,000 signs', `let a = ${times(100_000, '-\n')}1`, 'syntax/nesting'],
  ['a choice of 100,000', `let a = ${times(100_000, 'b ? 1 :\n')}2`, 'syntax/nesting'],
  ['50,000 times else if', `net A(x: [3]) {\nif a {}${times(50_000, '\nelse if b {}')}\n}`, 'syntax/nesting'],
  ['no line end in 1 MB', `net A(x: [3]) { ${filled('relu | ').slice(0, -5)} }`, undefined],
  ['100,000 lines without a line end', `net A(x: [3]) { ${times(100_000, 'a;')} }`, undefined],
  ['1 MB of one name', filled('x'), 'syntax/declaration'],
  ['1 MB of digits', `let a = ${filled('1')}`, undefined],
  ['1 MB of one size', `let a = ${filled('1x').slice(0, -1)}`, undefined],
  ['1 MB of one string', `let a = "${filled('\\"')}"`, undefined],
  ['1 MB of one string that does not end', `let a = "${filled('\\"')}`, 'syntax/string'],
  ['1 MB of one comment', `/${filled('*')}`, 'syntax/comment'],
  ['a label of 500,000 parts', `net A(x: [3]) { "${filled('a.').slice(0, -1)}": relu }`, undefined],
  ['NUL bytes', filled('\0'), 'syntax/character'],
  ['NUL bytes between names', times(100_000, 'a\0'), 'syntax/character'],
  ['lone surrogates', filled('\ud800\n'), 'syntax/character'],
  ['what is left of broken UTF-8', filled('relu \ufffd\n'), 'syntax/character'],
  ['lines that are mistakes', `net A(x: [3]) {\n${times(100_000, '5\n')}}`, 'syntax/unexpected'],
  ['lines of Python', `net A(x: [3]) {\n${filled('conv(3, 6)\n')}}`, 'syntax/call'],
  ['one line of Python', `net A(x: [3]) {\n${filled('conv(3, 6) | ')} relu }`, 'syntax/unexpected'],
  ['commas', `net A(x: [3]) { a ${filled('3, ')} }`, 'syntax/unexpected'],
  ['brackets of all kinds', filled('{[(\n'), 'syntax/nesting'],
  ['a parenthesis in each brace', `net A(x: [3]) { ${times(100_000, '{(}')} }`, 'syntax/unclosed'],
];

describe('a hostile text', () => {
  for (const [name, text, code] of texts) {
    it(`of ${name} is read within bounds`, function () {
      expect(text.length).to.be.at.most(sizeLimit);
      this.timeout(30_000);
      const { faults } = format({ name: 'x.net', text });
      expect(faults.length).to.be.at.most(faultLimit);
      expect(faults[0]?.code).to.equal(code);
    });
  }

  it('that is nested as deep as allowed is read as it stands', () => {
    const deep = (open: string, inner: string, close: string) =>
      open.repeat(nestingLimit) + inner + close.repeat(nestingLimit);
    for (const text of [
      `let a = ${deep('(', '1', ')')}`,
      `let a = ${deep('-', '1', '')}`,
      `let a = ${deep('1 + ', '1', '')}`,
      `let a = ${deep('f(', '1', ')')}`,
      `let a = ${deep('b ? 1 : ', '2', '')}`,
      `net A(x: [3]) ${deep('{ ', 'relu', ' }')}`,
    ]) {
      expect(format({ name: 'x.net', text }).faults).to.deep.equal([]);
    }
  });
});
