import { expect } from 'chai';
import { codeActions } from '../../compiler/ide/code-actions.ts';
import { snapshot } from '../../compiler/ide/snapshot.ts';
import { expectSameNet, offeredAt, refactored, titlesAt } from './actions.ts';

describe('extracting a block', () => {
  const title = 'Extract block';
  const changing = 'Extract block (names of weights change)';

  it('takes whole stages of a line, and the sizes at both ends', () => {
    expect(refactored('net N(x: [8]) { [|linear 8->6 | tanh | linear 6->4|] | relu }', changing)).to.equal(
      'block Extracted in->out { linear in->6 | tanh | linear 6->out }\n\nnet N(x: [8]) { Extracted 8->4 | relu }',
    );
    expect(refactored('net N(x: [8]) { relu [|| linear 8->8 | tanh|] | abs }', changing)).to.equal(
      'block Extracted c { linear c->c | tanh }\n\nnet N(x: [8]) { relu | Extracted 8 | abs }',
    );
  });

  it('takes whole lines with their comments, and what begins all labels is the label of the call', () => {
    const source = `let classes = 10
## A net.
net N(image: [3, 8, 8]) -> [classes] {
  [|# first
  features.0: conv 3->6 k3 | relu  # trailing
  features.3: conv 6->4 k3 | relu|]
  flatten
  fc: linear ->classes
}
`;
    const after = `let classes = 10

block Extracted in->out {
  # first
  "0": conv in->6 k3 | relu  # trailing
  "3": conv 6->out k3 | relu
}

## A net.
net N(image: [3, 8, 8]) -> [classes] {
  features: Extracted 3->4
  flatten
  fc: linear ->classes
}
`;
    expect(refactored(source, title)).to.equal(after);
    expect(refactored(source.replaceAll('\n', '\r\n'), title)).to.equal(after.replaceAll('\n', '\r\n'));
  });

  it('keeps a label with computed parts in the place where their names are known', () => {
    const source = 'net N(x: [4]) { repeat 2 as i { [|a.{i}.b: linear 4->4 | relu | a.{i}.c: linear 4->4|] } }';
    expect(refactored(source, title)).to.equal(
      'block Extracted c { b: linear c->c | relu | c: linear c->c }\n\n' +
        'net N(x: [4]) { repeat 2 as i { a.{i}: Extracted 4 } }',
    );
  });

  it('makes parameters of the names that stand outside, but not of those at the top', () => {
    const source = `let top = 2

block B in->out (k, act=relu) {
  let pad = 1
  [|conv in->(top * in) k=k p=pad | act|]
  conv ->out k1
}

net N(image: [3, 8, 8]) { B 3->4 k3 }
`;
    expect(refactored(source, changing)).to.equal(`let top = 2

block Extracted in->out (k, pad, act) { conv in->out k=k p=pad | act }

block B in->out (k, act=relu) {
  let pad = 1
  Extracted in->(top * in) k=k pad=pad act=act
  conv ->out k1
}

net N(image: [3, 8, 8]) { B 3->4 k3 }
`);
  });

  it('leaves the names of values at both ends of the lines', () => {
    const source = 'net N(x: [8], y: [8]) { [|a = x | relu | tanh|]; y | add a }';
    expect(refactored(source, title)).to.equal(
      'block Extracted { relu | tanh }\n\nnet N(x: [8], y: [8]) { a = x | Extracted; y | add a }',
    );
  });

  it('says nothing where values go in or out by their names, and where something is cut', () => {
    expect(titlesAt('net N(x: [8]) { a = relu; [|tanh | add a|] }')).to.not.include(title);
    expect(titlesAt('net N(x: [8]) { [|a = relu; tanh|]; add a }')).to.not.include(title);
    expect(titlesAt('net N(x: [8]) { relu | ta[|nh | abs|] }')).to.not.include(title);
    expect(titlesAt('net N(x: [8]) { a = relu; [|return a|] }')).to.not.include(title);
    expect(titlesAt('net N(x: [8]) { [|relu|] | rleu }')).to.not.include(title);
    expect(titlesAt('let b = true\nnet N(x: [8]) { if b { relu } else [|if b { tanh }|] }')).to.not.include(title);
  });

  it('takes a name that is free', () => {
    const source = 'block Extracted { relu }\n\nnet N(x: [8]) { Extracted | [|tanh|] }';
    expect(refactored(source, title)).to.contain('block Extracted2 { tanh }').and.contain('Extracted | Extracted2 }');
  });
});

describe('inlining a block', () => {
  const title = 'Inline block';

  it('puts its lines into a group with the label, and what is given in the place of its names', () => {
    const source = `block Gate c (squeeze = c / 4, act=relu) {
  # scale
  mul {} {
    globalavgpool keep
    fc1: conv c->squeeze k1 | act
    fc2: conv squeeze->c k1 | sigmoid  # why
  }
}

net N(image: [8, 4, 4]) {
  relu
  gate: Gate<|> 8 act={ leaky_relu slope=0.2 } | tanh
}
`;
    expect(refactored(source, title)).to.contain(`  relu
  gate: {
    # scale
    mul {} {
      globalavgpool keep
      fc1: conv 8->(8 / 4) k1 | leaky_relu slope=0.2
      fc2: conv (8 / 4)->8 k1 | sigmoid  # why
    }
  } | tanh
`);
    const crlf = refactored(source.replaceAll('\n', '\r\n'), title)!;
    expect(crlf.replaceAll('\r\n', '')).to.not.contain('\n');
  });

  it('names the path of a call without a label, so that the weights keep their names', () => {
    const source = 'block B in->out { linear in->out }\nnet N(x: [4]) { B 4->4; <|>B 4->4; B 4->4 }';
    expect(refactored(source, title)).to.contain('{ B 4->4; B2: { linear 4->4 }; B 4->4 }');
    const counted = 'block B { linear ->4 }\nnet N(x: [4]) { repeat 2 { <|>B } }';
    expect(refactored(counted, `${title} (names of weights change)`)).to.contain('repeat 2 { linear ->4 }');
  });

  it('needs no braces where there are no weights and no names', () => {
    const source = 'block B (s) { leaky_relu slope=s | tanh }\nnet N(x: [4]) { abs | B<|> s=0.5 | abs }';
    expect(refactored(source, title)).to.contain('{ abs | leaky_relu slope=0.5 | tanh | abs }');
    const lines = 'block B {\n  relu\n  tanh\n}\n\nnet N(x: [4]) {\n  abs\n  B<|>\n}\n';
    expect(refactored(lines, title)).to.contain('  abs\n  relu\n  tanh\n}\n');
  });

  it('gives other names to what would be hidden, and names what depends on the shape', () => {
    const source = `block B c (n) {
  x = identity
  let m = n + 1
  linear c->(m * n) | linear ->c | add x
}

net N(x: [4]) {
  let m = 1
  B<|> n=dims[0] / 2
}
`;
    expect(refactored(source, title)).to.contain(`  B1: {
    let n = dims[0] / 2
    x2 = identity
    let m2 = n + 1
    linear 4->(m2 * n) | linear ->4 | add x2
  }
`);
  });

  it('writes parentheses where they are needed', () => {
    const source = 'block B (a, b) { crop a * 1 | linear ->(b * 2) }\nnet N(x: [9, 4]) { B<|> a=1 + 0 b=-1 + 2 }';
    expect(titlesAt(source)).to.include(title);
    expect(refactored(source, title)).to.contain('crop (1 + 0) * 1 | linear ->((-1 + 2) * 2)');
    const handedOn = 'block B (a, b = a) { linear ->b * 2 }\nnet N(x: [4]) { l: B<|> a=1 + 1 }';
    expect(refactored(handedOn, title)).to.contain('l: { linear ->(1 + 1) * 2 }');
  });

  it('inlines all calls and removes the block, with its comments', () => {
    const source = `let n = 4

## A block.
block B c { linear c->c | relu }

net N(x: [n]) {
  a: B<|> n
  repeat 2 as i { b.{i}: B n }
}
`;
    expect(refactored(source, 'Inline all calls of `B` and remove it')).to.equal(`let n = 4

net N(x: [n]) {
  a: { linear n->n | relu }
  repeat 2 as i { b.{i}: { linear n->n | relu } }
}
`);
    const handed = 'block B { relu }\nblock C (f) { f }\nnet N(x: [4]) { <|>B; C f=B }';
    expect(titlesAt(handed)).to.deep.equal([title]);
  });

  it('keeps a block that another file may import, and knows no names of weights of one that no net calls', () => {
    const text = 'block A in->out { conv in->out k3 }\nblock B in->out { A in->out | relu }';
    const before = snapshot({ name: 'a.net', text });
    const start = text.indexOf('A in->out |');
    const titles = (isImported: boolean) =>
      codeActions(before, { start, end: start }, ['refactor.inline'], (name) => isImported && name === 'A').map(
        (action) => action.title,
      );
    const note = '(names of weights may change)';
    expect(titles(false)).to.deep.equal([`Inline block ${note}`, `Inline all calls of \`A\` and remove it ${note}`]);
    expect(titles(true)).to.deep.equal([`Inline block ${note}`]);
  });

  it('takes a block of another file where all that it names is known here, too', () => {
    const files = {
      read: (name: string) => ({
        text:
          name === 'b.net' ? 'let n = 2\nblock A { relu }\nblock B { A | linear ->n }\nblock C (m) { tanh | A }' : '',
      }),
    };
    const titles = (text: string) => {
      const before = snapshot({ name: 'a.net', text }, { files });
      const start = text.lastIndexOf('{') + 2;
      const actions = codeActions(before, { start, end: start }, ['refactor.inline']);
      for (const action of actions) expectSameNet(before, action);
      return actions.map((action) => action.title);
    };
    expect(titles('import A, B, n from "./b.net"\nnet N(x: [4]) { B; A; linear ->n }')).to.deep.equal([title]);
    expect(titles('import A, B from "./b.net"\nnet N(x: [4]) { B; A }')).to.deep.equal([]);
    expect(titles('import A, C from "./b.net"\nnet N(x: [4]) { C m=1; A }')).to.deep.equal([title]);
    expect(titles('import C from "./b.net"\nnet N(x: [4]) { C m=1 }')).to.deep.equal([]);
    expect(titles('import A from "./b.net"\nact relu(x) = 2 * x\nnet N(x: [4]) { A }')).to.deep.equal([]);
  });

  it('says nothing where weights are shared', () => {
    const source = 'block B { linear ->4 }\nnet N(x: [4]) { t: B<|>; t: B share }';
    expect(titlesAt(source).filter((each) => each.startsWith('Inline'))).to.deep.equal([]);
  });
});

describe('a repeat', () => {
  const introduce = 'Introduce `repeat`';
  const unroll = 'Unroll `repeat`';

  it('is introduced for lines or stages that are the same', () => {
    expect(refactored('net N(x: [8]) { linear ->8 | <|>relu | linear ->8 | relu | tanh }', introduce)).to.equal(
      'net N(x: [8]) { repeat 2 { linear ->8 | relu } | tanh }',
    );
    expect(
      refactored('net N(x: [8]) {\n  abs\n  linear ->8\n  relu\n  linear ->8\n  re<|>lu\n}\n', introduce),
    ).to.equal('net N(x: [8]) {\n  abs\n  repeat 2 {\n    linear ->8\n    relu\n  }\n}\n');
  });

  it('is introduced for labels that count', () => {
    const source =
      'net N(x: [8]) {\n  a.1: linear 8->8 | b1: relu\n  <|>a.3: linear 8->8 | b2: relu\n  a.5: linear 8->8 | b3: relu\n}\n';
    expect(refactored(source, introduce)).to.equal(
      'net N(x: [8]) {\n  repeat 3 as i { a.{2 * i + 1}: linear 8->8 | b{i + 1}: relu }\n}\n',
    );
    const layers = 'net N(x: [8]) { l.0.0: linear 8->8; l.1.0: linear<|> 8->8; l.2.1: linear 8->8 }';
    expect(refactored(layers, introduce)).to.equal(
      'net N(x: [8]) { repeat 2 as i { l.{i}.0: linear 8->8 }; l.2.1: linear 8->8 }',
    );
  });

  it('leaves lines with names and with comments alone', () => {
    expect(titlesAt('net N(x: [8]) { relu<|>\n  # no\n  relu }')).to.not.include(introduce);
    expect(titlesAt('net N(x: [8]) { relu; a = re<|>lu; add a }')).to.not.include(introduce);
    expect(titlesAt('net N(x: [8]) { a.0: linear 8->8; <|>a.1: linear ->8 }')).to.not.include(introduce);
  });

  it('is unrolled, with its index computed', () => {
    const source = 'net N(x: [8]) {\n  <|>repeat 2 as i { a.{i + 1}: linear 8->8; leaky_relu slope=i / 2 }\n}\n';
    expect(refactored(source, unroll)).to.equal(
      'net N(x: [8]) {\n  a.1: linear 8->8\n  leaky_relu slope=0\n  a.2: linear 8->8\n  leaky_relu slope=1 / 2\n}\n',
    );
    expect(refactored('net N(x: [8]) { re<|>peat 2 { x2 = tanh; add x2 } | relu }', unroll)).to.contain(
      '{\n  x2 = tanh\n  add x2\n} | {',
    );
    const labelled = 'net N(x: [8]) { l: <|>repeat 2 { linear 8->8 } }';
    expect(refactored(labelled, unroll)).to.contain('l.0: { linear 8->8 }').and.contain('l.1: { linear 8->8 }');
  });
});

describe('sizes', () => {
  it('are written where they are the same number each time, and left out where they are inferred', () => {
    const out = `block B in->out { linear in->6 | linear ->out }

block G c { mul {} { linear c->c } }

net N(x: [H, 4]) {
  linear ->8 | B ->2
  repeat 2 { linear ->dims[1] * 2 }
  G
  lstm ->5
}
`;
    const written = `block B in->out { linear in->6 | linear 6->out }

block G c { mul {} { linear c->c } }

net N(x: [H, 4]) {
  linear 4->8 | B 8->2
  repeat 2 { linear ->dims[1] * 2 }
  G 8
  lstm 8->5
}
`;
    expect(refactored(out, 'Write inferred sizes')).to.equal(written);
    expect(refactored(written, 'Leave inferred sizes out')).to.equal(out.replace('  G\n', '  G 8\n'));
  });

  it('stay where they cannot be inferred, or are what must hold', () => {
    const source =
      'block B in->out { flatten | linear in->out }\nnet N(x: i32[4], y: [2, H]) {\n' +
      '  x | embedding 9->3 | linear 3->3<|> | flatten | linear ->3\n  y | linear 5->2\n}';
    const after = refactored(source, 'Leave inferred sizes out');
    expect(after).to.contain('embedding 9->3 | linear ->3 |').and.contain('linear in->out').and.contain('linear 5->2');
  });

  it('are changed at the cursor as well', () => {
    expect(refactored('net N(x: [8]) { linear<|> ->2 | linear 2->4 }', 'Write the inferred size')).to.contain(
      '{ linear 8->2 | linear 2->4 }',
    );
    expect(refactored('net N(x: [8]) { linear ->2 | linear 2-><|>4 }', 'Leave the inferred size out')).to.contain(
      '{ linear ->2 | linear ->4 }',
    );
  });

  it('are given for the whole file only where that is asked for', () => {
    expect(offeredAt('net N(x: [8]) { li<|>near 8->2 }', ['refactor']).map(({ kind }) => kind)).to.not.include(
      'source.leaveSizesOut.netc',
    );
  });
});

describe('small rewritings', () => {
  it('convert a residual', () => {
    expect(refactored('net N(x: [8]) { a: res<|>idual { relu } }', 'Convert to `add {} { … }`')).to.equal(
      'net N(x: [8]) { a: add {} { relu } }',
    );
    expect(refactored('net N(x: [8]) { ad<|>d {} { relu } }', 'Convert to `residual { … }`')).to.equal(
      'net N(x: [8]) { residual { relu } }',
    );
    expect(titlesAt('net N(x: [8]) { ad<|>d { tanh } { relu } }').join()).to.not.contain('Convert');
    expect(titlesAt('block add { relu }\nnet N(x: [8]) { res<|>idual { relu } }').join()).to.not.contain('Convert');
  });

  it('add the label that a layer or a block has anyway', () => {
    expect(refactored('net N(x: [8]) { linear ->8; lin<|>ear ->8 }', 'Add the label `linear2`')).to.equal(
      'net N(x: [8]) { linear ->8; linear2: linear ->8 }',
    );
    const block = 'block B { linear ->8 }\nnet N(x: [8]) { <|>B | B }';
    expect(refactored(block, 'Add the label `B1`')).to.contain('{ B1: B | B }');
    expect(titlesAt('net N(x: [8]) { re<|>lu }').join()).to.not.contain('label');
    expect(titlesAt('net N(x: [8]) { repeat 2 { lin<|>ear ->8 } }').join()).to.not.contain('label');
  });

  it('take a name away that nobody names', () => {
    expect(refactored('net N(x: [8]) { a<|> = relu | tanh; abs }', 'Remove the name `a`')).to.equal(
      'net N(x: [8]) { relu | tanh; abs }',
    );
    expect(titlesAt('net N(x: [8]) { a<|> = relu; add a }').join()).to.not.contain('Remove');
    expect(titlesAt('net N(x: [8]) -> (a: [8]) { a<|> = relu; return a }').join()).to.not.contain('Remove');
  });

  it('split the stages of a line, and join them', () => {
    const one = 'net N(x: [8]) {\n  a = relu | ta<|>nh | abs  # c\n  add a\n}\n';
    const many = 'net N(x: [8]) {\n  a = relu\n    | tanh\n    | abs  # c\n  add a\n}\n';
    expect(refactored(one, 'Split the stages over lines')).to.equal(many);
    expect(refactored(many.replace('tanh', 'ta<|>nh'), 'Join the stages on one line')).to.equal(one.replace('<|>', ''));
    expect(titlesAt('net N(x: [8]) {\n  relu  # c\n    | ta<|>nh\n}\n').join()).to.not.contain('Join');
  });
});

describe('a text that is not right yet', () => {
  it('is not refactored', () => {
    expect(titlesAt('block B { relu }\nnet N(x: [8]) { B<|> | conv 3-> }')).to.deep.equal([]);
    expect(titlesAt('net N(x: [8]) { linear 8->8<|> | linear 8->8 | relu(')).to.deep.equal([]);
  });
});
