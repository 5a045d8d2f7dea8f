import { expect } from 'chai';
import { snapshot } from '../../compiler/ide/snapshot.ts';
import { type DocumentSymbol, documentSymbols, workspaceSymbols } from '../../compiler/ide/symbols.ts';

describe('symbols', () => {
  const outline = (text: string) => {
    const lines: string[] = [];
    const visit = (symbols: readonly DocumentSymbol[], depth: string) => {
      for (const { kind, name, detail = '', children } of symbols) {
        lines.push(`${depth}${kind} ${name} ${detail}`.trimEnd());
        visit(children, `${depth}  `);
      }
    };
    visit(documentSymbols(snapshot({ name: 'x.net', text })), '');
    return lines;
  };

  it('outline declarations with their heads', () => {
    expect(
      outline(
        'let n = 2 * 3\nact f(x, s = 0.1, learn w = 1) = s * w * x\nblock B in->out (k=3, act={ relu }) { linear in->out }\nnet N(a: [n], b: i32[T]) -> (c: [n]) { c = a; b; return c }',
      ),
    ).to.deep.equal([
      'let n 2 * 3',
      'act f (x, s = 0.1, learn w = 1)',
      'block B in->out (k=3, act={ … })',
      '  parameter in',
      '  parameter out',
      '  parameter k 3',
      '  parameter act { … }',
      'net N (a: [6], b: i32[T]) -> [6]',
      '  input a [n]',
      '  input b i32[T]',
      '  output c [n]',
      '  value c [6]',
    ]);
  });

  it('nest labels in their scopes, with what flows there, and values with the labels of their lines', () => {
    expect(
      outline(
        'net N(a: [3]) {\n  x = fc: linear 3->4 | relu\n  stem: {\n    one: linear 4->5\n    residual { two: relu }\n  }\n  let n = 2\n  layers: repeat n as i { l.{i}: linear ->5 }\n}',
      ),
    ).to.deep.equal([
      'net N (a: [3]) -> [5]',
      '  input a [3]',
      '  value x [4]',
      '    label fc linear 3->4 [4]',
      '  label stem [5]',
      '    label one linear 4->5 [5]',
      '    label two relu [5]',
      '  let n 2',
      '  label layers repeat n as i [5]',
      '    label l.{i} linear ->5 [5]',
    ]);
  });

  it('say no shape where it is another one each time', () => {
    const text = 'block B in->out { fc: linear in->out }\nnet N(a: [3]) { B 3->4 | B 4->5 }';
    expect(outline(text)).to.include('  label fc linear in->out');
  });

  it('keep what a line declares that cannot be read', () => {
    expect(outline('net N(a: [3]) {\n  x = linear 3->>4\n}\nlet n = 2 +\nblock B {{ relu }')).to.include.members([
      '  value x',
      'let n',
      'block B',
    ]);
  });

  describe('of a workspace', () => {
    const find = (query: string, ...texts: readonly string[]) =>
      workspaceSymbols(
        texts.map((text, index) => snapshot({ name: `${index}.net`, text })),
        query,
      ).map(({ name }) => name);
    const declare = (...names: readonly string[]) => names.map((name) => `block ${name} { relu }`).join('\n');

    it('are what is declared at the top of the texts', () => {
      const text = 'let n = 1\nact f(x) = x\nblock B c { y = relu }\nnet N(a: [3]) { relu }';
      expect(find('', text, 'net M(a: [3]) { relu }')).to.deep.equal(['n', 'f', 'B', 'N', 'M']);
    });

    it('are found by some of their letters, whatever their case', () => {
      expect(find('dcv', declare('DoubleConv', 'Double', 'Conv'))).to.deep.equal(['DoubleConv']);
      expect(find('double conv', declare('DoubleConv', 'Tower'))).to.deep.equal(['DoubleConv']);
      expect(find('nothing', declare('DoubleConv'))).to.deep.equal([]);
    });

    it('come best first: whole words before letters here and there', () => {
      const names = ['CompoundNovel', 'DoubleConv', 'ConvNorm', 'Conv'];
      expect(find('conv', declare(...names))).to.deep.equal(names.toReversed());
      expect(find('r50', declare('Rank150', 'ResNet50'))[0]).to.equal('ResNet50');
      expect(find('b', declare('aB', 'b', 'B'))[0]).to.equal('b');
    });

    it('are bounded', () => {
      const many = declare(...Array.from({ length: 1000 }, (_, index) => `Block${index}`));
      expect(find('b', many)).to.have.length.within(50, 500);
    });
  });
});
