import { expect } from 'chai';
import { applyEdits } from '../../compiler/ide/edits.ts';
import { type Names, prepareRename, type Rename, rename, snapshot } from '../../compiler/ide.ts';
import { type Graph, weightsOf } from '../../compiler/index.ts';
import { exampleFiles, exampleImports, exampleSnapshot } from './examples.ts';
import { marked } from './marked.ts';

describe('renaming', () => {
  const renamed = (source: string, name: string): Rename | undefined => {
    const { text, offset } = marked(source);
    return rename(snapshot({ name: 'x.net', text }), offset, name, []);
  };
  const textOf = (source: string, name: string) => {
    const found = renamed(source, name);
    if (!found || 'problem' in found) throw new Error(found?.problem ?? 'no name');
    return { text: applyEdits(marked(source).text, found.edits), warning: found.warning };
  };
  const problemOf = (source: string, name: string) => {
    const found = renamed(source, name);
    return found && 'problem' in found ? found.problem : undefined;
  };

  it('renames a value everywhere, in the result of the net too', () => {
    const { text, warning } = textOf('net N(a: [4]) -> (x: [4]) { x<|> = linear 4->4; y = add x; return x }', 'z');
    expect(text).to.equal('net N(a: [4]) -> (z: [4]) { z = linear 4->4; y = add z; return z }');
    expect(warning).to.equal(undefined);
  });

  it('writes a short form out where the parameter has a longer name', () => {
    const { text } = textOf(
      'block B in->out (k<|>) { conv in->out k=k }\nnet N(a: [3, 8, 8]) { B 3->4 k3x5 }',
      'kernel',
    );
    expect(text).to.equal(
      'block B in->out (kernel) { conv in->out k=kernel }\nnet N(a: [3, 8, 8]) { B 3->4 kernel=3x5 }',
    );
    const back = textOf('block B in->out (k<|>) { conv in->out k=k }\nnet N(a: [3, 8, 8]) { B 3->4 k3 }', 'w');
    expect(back.text).to.contain('B 3->4 w3');
  });

  it('says which weights go by other names after a label or a block has', () => {
    const label = textOf('net N(a: [4]) { f<|>c: linear 4->4 }', 'head');
    expect(label.text).to.equal('net N(a: [4]) { head: linear 4->4 }');
    expect(label.warning).to.match(/^`fc\.weight`, and 1 more, will have other names/);
    expect(textOf('block B { linear 4->4 }\nnet N(a: [4]) { B<|> }', 'C').warning).to.contain('`B1.linear1.weight`');
  });

  it('writes a label as a string where it needs to be one', () => {
    expect(textOf('net N(a: [4]) { f<|>c: linear 4->4 }', '0.fc').text).to.equal(
      'net N(a: [4]) { "0.fc": linear 4->4 }',
    );
    expect(textOf('net N(a: [4]) { "0<|>.fc": linear 4->4 }', 'fc.1').text).to.equal(
      'net N(a: [4]) { fc.1: linear 4->4 }',
    );
  });

  it('refuses names that are taken, are no names, or would take others away', () => {
    expect(problemOf('net N(a: [4]) { x<|> = relu; y = tanh; add x }', 'y')).to.contain('something else');
    expect(problemOf('net N(a: [4]) { x<|> = relu; add x }', 'relu')).to.contain('something else');
    expect(problemOf('let n = 1\nnet N(a: [4]) { let m<|> = 4; linear m->n }', 'n')).to.contain('something else');
    expect(problemOf('net N(a: [4]) { x<|> = relu; add x }', 'let')).to.contain('no name');
    expect(problemOf('net N(a: [4]) { x<|> = relu; add x }', '3x')).to.contain('no name');
    expect(problemOf('net N(a: [4]) { f<|>c: linear 4->4 }', 'a b')).to.contain('no label');
    expect(problemOf('net N(a: [4]) { fc<|>: linear 4->4; b: linear 4->4 }', 'b')).to.contain('something else');
  });

  it('refuses a name that would become one with another, or take the uses of what is built in', () => {
    const net = 'net N(image: [3, H, W]) -> [4, H, W] { conv 3->4 k3 p1 }';
    const sizes = net.replace('H', '<|>H');
    expect(problemOf(sizes, 'W')).to.contain('something else');
    expect(problemOf(`let classes = 10\n${sizes}`, 'classes')).to.contain('something else');
    expect(problemOf(`let <|>classes = 10\n${net}`, 'H')).to.contain('something else');
    const block =
      'block B in->out (<|>act=hswish) { conv in->out k3 | act | relu }\nnet N(x: [3, 8, 8]) { B 3->4 act=tanh }';
    expect(problemOf(block, 'relu')).to.contain('something else');
    expect(problemOf('act <|>f(x) = x + 1\nnet N(x: [3]) { f | relu }', 'relu')).to.contain('something else');
    expect(problemOf('act <|>f(x) = x + 1\nact g(x) = sigmoid(x)', 'sigmoid')).to.contain('something else');
  });

  it('guards a text that is wrong elsewhere as well', () => {
    const wrong = 'net N(x: [3, 8, 8]) {\n  <|>a: conv 3->4 k3\n  b: conv 4->4 k3\n  linear 7->3\n}';
    expect(problemOf(wrong, 'b')).to.contain('something else');
    expect(textOf(wrong, 'c').text).to.contain('c: conv 3->4');
  });

  it('refuses what is built in, and labels that are computed', () => {
    expect(problemOf('net N(a: [4]) { re<|>lu }', 'x')).to.equal('`relu` is built in and keeps its name');
    expect(problemOf('net N(a: [4]) { lin<|>ear 4->4 }', 'x')).to.contain('built in');
    expect(problemOf('net N(a: [4]) { repeat 2 as i { fc<|>.{i}: linear 4->4 } }', 'x')).to.contain('computed');
  });

  it('says beforehand what would be renamed', () => {
    const { text, offset } = marked('block B (k) { maxpool k }\nnet N(a: [3, 8, 8]) { B k<|>2 }');
    const prepared = prepareRename(snapshot({ name: 'x.net', text }), offset);
    expect(prepared).to.deep.include({ name: 'k' });
    expect(prepareRename(snapshot({ name: 'x.net', text }), text.indexOf('{'))).to.equal(undefined);
  });

  it('renames in every text that imports the name', () => {
    const texts: Record<string, string> = {
      'blocks.net': 'block B { relu }\n',
      'x.net': 'import B from "./blocks.net"\nnet N(a: [4]) { B }\n',
      'y.net': 'import B from "./blocks.net"\nnet M(a: [4]) { B; B }\n',
    };
    const files = { read: (name: string) => ({ text: texts[name]! }) };
    const [blocks, x, y] = Object.entries(texts).map(([name, text]) => snapshot({ name, text }, { files }));
    const found = rename(x!, texts['x.net']!.indexOf('B'), 'Block', [blocks!, y!]);
    if (!found || 'problem' in found) throw new Error(found?.problem);
    const after = Object.entries(texts).map(([name, text]) => {
      const own = found.edits.filter(({ span }) => span.source === name);
      return applyEdits(text, own);
    });
    expect(after).to.deep.equal([
      'block Block { relu }\n',
      'import Block from "./blocks.net"\nnet N(a: [4]) { Block }\n',
      'import Block from "./blocks.net"\nnet M(a: [4]) { Block; Block }\n',
    ]);
    expect(rename(x!, texts['x.net']!.indexOf('B'), 'Block', [])).to.have.property('problem');
  });

  it('leaves every example as it was, but for the name', () => {
    for (const file of exampleFiles.filter((_, index) => index % 3 === 0)) {
      const before = exampleSnapshot(file);
      for (const { definition, span } of sample(declarationsOf(before.names), 4)) {
        const found = rename(before, span.start, 'zz9', []);
        if (!found || 'problem' in found) throw new Error(`${file}: ${definition.name}: ${found?.problem}`);
        const after = snapshot(
          { name: file, text: applyEdits(before.source.text, found.edits) },
          { files: exampleImports },
        );
        expect(after.faults, `${definition.name} of ${file}`).to.deep.equal([]);
        expect(after.graphs.map(formOf)).to.deep.equal(before.graphs.map(formOf));
      }
    }
  });

  function declarationsOf({ references }: Names) {
    return references.filter(
      ({ isDeclaration, definition: { kind, name } }) => isDeclaration && !(kind === 'label' && name.includes('{')),
    );
  }

  function sample<Item>(items: readonly Item[], count: number): readonly Item[] {
    const step = Math.max(1, Math.floor(items.length / count));
    return items.filter((_, index) => index % step === 0).slice(0, count);
  }

  /** A graph without the names of its parts. */
  function formOf(graph: Graph) {
    return [
      graph.nodes.map(({ layer, options, output }) => [layer.name.replace('zz9', ''), options, output.type]),
      weightsOf(graph).length,
    ];
  }
});
