import { expect } from 'chai';
import { definition, highlights, references, snapshot } from '../../compiler/ide.ts';
import { exampleFiles, exampleSnapshot } from './examples.ts';
import { marked } from './marked.ts';

describe('names in an editor', () => {
  /** What the cursor's name stands for, and the text of all that mean the same. */
  const at = (source: string) => {
    const { text, offset } = marked(source);
    const taken = snapshot({ name: 'x.net', text });
    const found = definition(taken, offset);
    return {
      kind: taken.names.at(offset)?.definition.kind,
      target: found && found.target.source === 'x.net' ? found.target.start : found?.target.source,
      all: references(taken, offset, [], { declaration: true }).map(({ start }) => start),
    };
  };
  /** The cursor's name is declared at the first mark, and used at all others. */
  const means = (source: string, kind: string) => {
    const { text, ranges } = marked(source);
    const sites = ranges.map(({ start }) => start);
    for (const { start, end } of ranges) {
      const found = at(`${text.slice(0, end)}<|>${text.slice(end)}`);
      expect(found, `${kind} at ${start}`).to.deep.equal({ kind, target: sites[0], all: sites });
    }
  };

  it('binds values, over lines and into braces', () => {
    means('net N(a: [4]) { [|x|] = linear 4->4; relu | add [|x|]; residual { concat [|x|] | linear 8->4 } }', 'value');
    means('net N([|a|]: [4], b: [4]) { [|a|] | add b | mul [|a|] }', 'input');
  });

  it('binds a value and the result that it is returned as', () => {
    const found = at('net N(a: [4]) -> (code: [4]) { co<|>de = linear 4->4; return code }');
    expect(found).to.deep.equal({ kind: 'value', target: 31, all: [18, 31, 58] });
  });

  it('binds lets, sizes and indices', () => {
    means('let [|n|] = 3\nlet m = [|n|] + 1\nnet N(a: [[|n|]]) { linear [|n|]->m }', 'let');
    means('net N(a: [3, [|H|], [|H|]]) -> [3, [|H|], [|H|]] { conv 3->3 k3 p1 }', 'size');
    means('net N(a: [3]) { repeat 2 as [|i|] { layer.{[|i|]}: linear 3->3 } }', 'index');
    means('net N(a: [3]) { let [|n|] = 3; linear [|n|]->[|n|] }', 'let');
  });

  it("binds what a block's head names, by the calls' options and in short forms", () => {
    means(
      'block B in->out ([|k|], act=relu) { conv in->out k=[|k|] | act }\nnet N(a: [3, 8, 8]) { B 3->4 [|k3|] | B 4->4 [|k|]=1 }',
      'parameter',
    );
    means(
      'block B in->out ([|act|]=relu) { linear in->out | [|act|] }\nnet N(a: [3]) { B 3->4 [|act|]=tanh }',
      'parameter',
    );
    means('block B [|c|] { linear [|c|]->[|c|] }\nnet N(a: [3]) { B 3 }'.replace('B 3', 'B [|c|]=3'), 'parameter');
  });

  it('binds options of what a `let` or a parameter holds', () => {
    means(
      'block B in->out ([|k|]=1) { conv in->out k=[|k|] }\nlet c = B\nblock U (f=B) { f 3->3 [|k3|] }\nnet N(a: [3, 8, 8]) { c 3->3 [|k|]=3 | U }',
      'parameter',
    );
    means('act f(x, [|s|] = 1) = [|s|] * x\nlet g = f\nnet N(a: [3]) { g [|s|]=2 }', 'parameter');
  });

  it('binds blocks and acts, where they are called and where they are handed over', () => {
    means('block [|B|] { relu }\nblock C (b=[|B|]) { b }\nnet N(a: [3]) { [|B|]; C b=[|B|] }', 'block');
    means('act [|f|](x) = x * x\nact g(x) = [|f|](x)\nlet n = [|f|](2)\nnet N(a: [3]) { [|f|]; g }', 'act');
    means('act f([|x|], s = 1) = s * [|x|] + [|x|]\nnet N(a: [3]) { f s=2 }', 'variable');
    means('act f(x, [|s|] = 1) = [|s|] * x\nact g(x) = f(x, [|s|]=2)\nnet N(a: [3]) { f [|s|]=2 }', 'parameter');
  });

  it('binds a label to where it is shared', () => {
    means('net N(a: [4], b: [4]) { x = a | [|fc|]: linear 4->4; b | [|fc|]: linear 4->4 share | add x }', 'label');
  });

  it('knows lines that are never written out, and those that are broken', () => {
    means('net N(a: [4]) { [|x|] = relu; if false { add [|x|] } else { mul [|x|] } }', 'value');
    means('net N(a: [4]) { [|x|] = relu; linear 4->>4 | add [|x|]; add [|x|] }', 'value');
  });

  it('goes to the prelude for a built-in activation, and nowhere for a layer', () => {
    expect(at('net N(a: [4]) { hsw<|>ish }')).to.deep.include({ kind: 'activation', target: 'prelude.net' });
    expect(at('net N(a: [4]) { lin<|>ear 4->4 }')).to.deep.include({ kind: 'layer', target: undefined });
  });

  it('goes to the file that an import names, and to the declaration there', () => {
    const { text, offsets } = marked('import B<|> from "./blo<|>cks.net"\nnet N(a: [4]) { B<|> }');
    const files = { read: () => ({ text: '## Two.\nblock B { relu }\n' }) };
    const taken = snapshot({ name: 'x.net', text }, { files });
    const targets = offsets.map((offset) => definition(taken, offset)?.target);
    expect(targets).to.deep.equal([
      { source: 'blocks.net', start: 14, end: 15 },
      { source: 'blocks.net', start: 0, end: 0 },
      { source: 'blocks.net', start: 14, end: 15 },
    ]);
  });

  it('highlights declarations as written', () => {
    const { text, offset } = marked('net N(a: [4]) { x = relu; add x<|> }');
    const found = highlights(snapshot({ name: 'x.net', text }), offset);
    expect(found.map(({ kind }) => kind)).to.deep.equal(['write', 'read']);
  });

  it('lists what an expression may name at a place', () => {
    const { text, offset } = marked(
      'let n = 1\nblock B c (k=3) { let m = k; repeat 2 as i { y = relu; <|> add y }; z = relu }\nnet N(a: [4]) { relu }',
    );
    const names = snapshot({ name: 'x.net', text }).names.visible(offset);
    expect(names.map(({ name }) => name)).to.deep.equal(['y', 'i', 'm', 'c', 'k', 'n']);
  });

  it('knows every name of the examples', () => {
    for (const file of exampleFiles) {
      const { source, names, tokens } = exampleSnapshot(file);
      const words = tokens.filter(({ tokenType, image }) => tokenType.name === 'Name' && !nameless.has(image));
      for (const word of words) {
        const known = names.at(word.startOffset) ?? names.at(word.startOffset + 1);
        expect(known, `\`${word.image}\` at ${word.startOffset} of ${source.name}`).to.not.equal(undefined);
      }
    }
  });

  /** Words that stand for nothing that is declared: words of options, of types and of the language. */
  const nameless = new Set([
    'share',
    'residual',
    'f32',
    'i32',
    'same',
    'valid',
    'dims',
    'normal',
    'uniform',
    'zeros',
    'ones',
    'constant',
    'bilinear',
    'nearest',
    'bicubic',
    'tanh',
    'none',
  ]);
});
