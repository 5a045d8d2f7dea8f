import { expect } from 'chai';
import { selectionRange } from '../../compiler/ide/selection.ts';
import { snapshot } from '../../compiler/ide/snapshot.ts';
import { marked } from './marked.ts';

describe('selection', () => {
  /** What is selected, step by step, at the cursor, up to the declaration. */
  const steps = (source: string) => {
    const { text, offset } = marked(source);
    return selectionRange(snapshot({ name: 'x.net', text }), offset).map(({ start, end }) => text.slice(start, end));
  };
  const net = (line: string) => `net N(a: [3]) {\n  ${line}\n}`;
  const inNet = (line: string) => {
    const whole = net(line).replace('<|>', '');
    const found = steps(net(line));
    expect(found.slice(-2)).to.deep.equal([whole.slice(whole.indexOf(') {') + 2), whole]);
    return found.slice(0, -2);
  };

  it('grows from the word to the stage, the pipeline and the line', () => {
    expect(inNet('x = fc: li<|>near 3->4 | relu')).to.deep.equal([
      'linear',
      'linear 3->4',
      'fc: linear 3->4',
      'fc: linear 3->4 | relu',
      'x = fc: linear 3->4 | relu',
    ]);
  });

  it('grows through expressions, brackets and arguments', () => {
    expect(inNet('linear 3->max(1, 2 * <|>n) | relu')).to.deep.equal([
      'n',
      '2 * n',
      '1, 2 * n',
      '(1, 2 * n)',
      'max(1, 2 * n)',
      '3->max(1, 2 * n)',
      'linear 3->max(1, 2 * n)',
      'linear 3->max(1, 2 * n) | relu',
    ]);
    expect(inNet('conv k<|>=3 p=[1, 2]').slice(0, 3)).to.deep.equal(['k', 'k=3', 'conv k=3 p=[1, 2]']);
  });

  it('grows out of braces: what is in them, then with them', () => {
    expect(inNet('y = concat {\n    re<|>lu\n    tanh\n  } axis=0')).to.deep.equal([
      'relu',
      'relu\n    tanh',
      '{\n    relu\n    tanh\n  }',
      'concat {\n    relu\n    tanh\n  } axis=0',
      'y = concat {\n    relu\n    tanh\n  } axis=0',
    ]);
  });

  it('takes the word where two tokens meet, and the label as a whole', () => {
    expect(steps(net('conv 3-><|>6'))[0]).to.equal('6');
    expect(steps(net('relu<|>|tanh'))[0]).to.equal('relu');
    expect(inNet('a.{<|>i}.b: relu').slice(0, 4)).to.deep.equal(['i', '{i}', 'a.{i}.b', 'a.{i}.b: relu']);
  });

  it('grows from a word of a string or of a comment', () => {
    expect(inNet('"a b<|>c": relu').slice(0, 3)).to.deep.equal(['bc', 'a bc', '"a bc"']);
    expect(steps('let n = 1\n\n# one tw<|>o\n# three\n\nlet m = 2\n')).to.deep.equal([
      'two',
      '# one two',
      '# one two\n# three',
      'let n = 1\n\n# one two\n# three\n\nlet m = 2\n',
    ]);
  });

  it('takes a declaration with its documentation', () => {
    expect(steps('let m = 2  # m\n## One.\n## Two.\nlet n<|> = 1\n').slice(0, 3)).to.deep.equal([
      'n',
      'let n = 1',
      '## One.\n## Two.\nlet n = 1',
    ]);
  });

  it('begins with what is around where there is no word', () => {
    expect(steps(net('relu <|> | tanh'))[0]).to.equal('relu  | tanh');
    expect(steps('let n = 1\n<|>\nlet m = 2\n')).to.deep.equal(['let n = 1\n\nlet m = 2\n']);
  });
});
