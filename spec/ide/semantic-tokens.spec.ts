import { expect } from 'chai';
import { semanticTokens, tokenModifiers, tokenTypes } from '../../compiler/ide/semantic-tokens.ts';
import { snapshot } from '../../compiler/ide/snapshot.ts';
import { exampleFiles, exampleSnapshot } from './examples.ts';
import { marked } from './marked.ts';

describe('semantic tokens', () => {
  const tokens = (text: string, options?: { readonly namesOnly: boolean }) =>
    semanticTokens(snapshot({ name: 'x.net', text }), undefined, options).map(({ start, end, type, modifiers }) =>
      [text.slice(start, end), type, ...modifiers].join(' '),
    );

  it('tell names by what they mean', () => {
    const text =
      'let n = 2\nact f(x, s = 1) = s * abs(x)\nblock B c (k) { conv c->c k=k }\nnet N(a: [n, H, W]) { x = B n k=1 | f s=n; add x }';
    const found = tokens(text);
    for (const expected of [
      'n variable declaration readonly',
      'f function declaration',
      'x parameter declaration',
      'abs function defaultLibrary',
      'B type declaration',
      'c parameter declaration',
      'k property',
      'N namespace declaration',
      'a parameter declaration',
      'H typeParameter declaration',
      'x variable declaration',
      'B type',
      's property',
      'add function defaultLibrary',
      'x variable',
    ]) {
      expect(found).to.include(expected);
    }
  });

  it('tell an option from the parameter that it is given', () => {
    const found = tokens('block B (k) { conv 3->3 k=k }\nblock C (k=1) { B k=k }');
    expect(found.filter((each) => each.startsWith('k '))).to.deep.equal([
      'k parameter declaration',
      'k property',
      'k parameter',
      'k parameter declaration',
      'k property',
      'k parameter',
    ]);
  });

  it('part a short form into its letter and its number, and leave long names whole', () => {
    expect(tokens('net N(a: [3, 8, 8]) { conv 3->4 k3x5 stride=2 }').slice(-6)).to.deep.equal([
      '4 number',
      'k property',
      '3x5 number',
      'stride property',
      '= operator',
      '2 number',
    ]);
  });

  it('tell words of labels from what is computed in their braces', () => {
    const found = tokens('net N(a: [3]) { repeat 2 as i { a.{i + 1}.if.0: relu } }');
    expect(found.slice(found.indexOf('a property declaration'))).to.deep.equal([
      'a property declaration',
      'i variable readonly',
      '+ operator',
      '1 number',
      'if property declaration',
      '0 property declaration',
      'relu function defaultLibrary',
    ]);
  });

  it('tell words that an option takes from names', () => {
    const found = tokens('net N(a: [3, 8, 8]) { conv 3->4 k3 p=same | add { param [4, 8, 8] init=normal(0.1) } }');
    expect(found).to.include('same enumMember').and.include('normal enumMember');
  });

  it('tell the words of the language where they are no names', () => {
    const found = tokens('import B from "./b.net"\nact g(x, learn s = 1) = x\nblock C (act) { repeat 2 as i { act } }');
    for (const word of ['import', 'from', 'act', 'learn', 'block', 'repeat', 'as']) {
      expect(found).to.include(`${word} keyword`);
    }
    expect(found).to.include('act parameter');
  });

  it('give a name that means nothing no token', () => {
    expect(tokens('net N(a: [3]) { nothing }').filter((each) => each.startsWith('nothing'))).to.deep.equal([]);
  });

  it('tell documentation from comments, line by line', () => {
    expect(tokens('## a\n# b\nlet n = 1 // c\n/* d\n   e */')).to.include.members([
      '## a comment documentation',
      '# b comment',
      '// c comment',
      '/* d comment',
      '   e */ comment',
    ]);
  });

  it('can be of names alone', () => {
    expect(tokens('let n = 2 # two\nnet N(a: [3]) { "b": conv 3->n k3 bias=true }', { namesOnly: true })).to.deep.equal(
      [
        'n variable declaration readonly',
        'N namespace declaration',
        'a parameter declaration',
        '"b" property declaration',
        'conv function defaultLibrary',
        'n variable readonly',
        'k property',
        '3 number',
        'bias property',
      ],
    );
  });

  it('of a part of the text are those of the whole that lie in it', () => {
    const { text, ranges } = marked('let n = 1\nnet N(a: [3]) {\n  [|a.{n}.b: relu\n  # c|]\n  tanh\n}\n');
    const [range] = ranges;
    const taken = snapshot({ name: 'x.net', text });
    const whole = semanticTokens(taken).filter(({ start, end }) => start < range!.end && end > range!.start);
    expect(whole).to.have.length.greaterThan(3);
    expect(semanticTokens(taken, range)).to.deep.equal(whole);
  });

  it('are in the legend, for all examples', () => {
    const types = new Set<string>(tokenTypes);
    const modifiers = new Set<string>(tokenModifiers);
    for (const file of exampleFiles) {
      const found = semanticTokens(exampleSnapshot(file));
      expect(found.length).to.be.greaterThan(10);
      expect(found.every((each) => types.has(each.type) && each.modifiers.every((one) => modifiers.has(one)))).to.equal(
        true,
      );
    }
  });
});
