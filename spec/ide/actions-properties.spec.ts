import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { codeActions } from '../../compiler/ide/code-actions.ts';
import { applyEdits } from '../../compiler/ide/edits.ts';
import { snapshot } from '../../compiler/ide/snapshot.ts';
import { mangled } from '../mangled.ts';
import { expectSameNet, outputsOf, placesIn, refactorings } from './actions.ts';

/** Every construct that refactorings speak of, in a few lines. */
const small = `let wide = 6
let act = hswish

act MakeEven(x) = 2 * floor(x / 2)

## Scales each channel.
block Gate c (squeeze = c / 2, gate=sigmoid) {
  mul {} {
    globalavgpool keep  # one number for each
    fc1: conv c->squeeze k1 | relu
    fc2: conv squeeze->c k1 | gate
  }
}

block Unit in->out (k=3, s=1, norm={ batchnorm }, skip=false) {
  let mid = MakeEven(in + out)
  x = identity
  # There and back.
  conv.0: conv in->mid k=k s=s p=same | norm
  conv.{1}: conv mid->out k1
  if skip { add x } else if s > 1 { relu } else { Gate out gate=hsigmoid }
}

net Small(image: [3, 6, 6]) -> [4] {
  let first = 4
  conv ->first k3 p1 | act | conv ->first k3 p1 | act
  features.1: Unit 4->wide s2
  features.2: Unit 6->6 skip norm=identity
  y = features.3: Unit ->6 k1 norm={ batchnorm eps=0.1 | act }
  residual { conv 6->6 k1 | act }
  Gate squeeze=dims[0] - 2
  repeat 2 as i { layer{i}: { conv 6->6 k1 | leaky_relu slope=i / 4 } } | add y
  head.0: conv 6->6 k1
  head.1: conv 6->6 k1
  tower: Gate 6
  tower: Gate 6 share
  globalavgpool
  linear 6->4
}
`;

describe('refactorings', () => {
  it('offered anywhere in a small net leave what it computes', () => {
    const before = snapshot({ name: 'small.net', text: small });
    expect(before.faults).to.deep.equal([]);
    const expected = outputsOf(before.graphs[0]!);
    const seen = new Set<string>();
    for (const range of placesIn(before, 40)) {
      for (const action of codeActions(before, range, ['refactor'])) {
        const text = applyEdits(small, action.edits);
        if (seen.has(text)) continue;
        seen.add(text);
        expectSameNet(before, action);
        const [after] = snapshot({ name: 'small.net', text }).graphs;
        expect(outputsOf(after!), text).to.deep.equal(expected);
      }
    }
    expect(seen.size).to.be.above(30);
  });

  it('give the same with other line ends', () => {
    const asWindows = (text: string) => text.replaceAll('\n', '\r\n');
    const [before, windows] = [small, asWindows(small)].map((text) => snapshot({ name: 'small.net', text }));
    const moved = (offset: number) => asWindows(small.slice(0, offset)).length;
    for (const { start, end } of placesIn(before!, 12)) {
      const actions = codeActions(before!, { start, end }, refactorings);
      const others = codeActions(windows!, { start: moved(start), end: moved(end) }, refactorings);
      expect(others.map(({ edits }) => applyEdits(windows!.source.text, edits))).to.deep.equal(
        actions.map(({ edits }) => asWindows(applyEdits(small, edits))),
      );
    }
  });

  const texts = ['lenet', 'gpt', 'unet', 'siamese', 'squeezenet1_1'].map((name) =>
    readFileSync(`examples/${name}.net`, 'utf8'),
  );

  it('never break a text that is broken already any further', () => {
    fc.assert(
      fc.property(
        mangled([small, ...texts]),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(60),
        (text, at, length) => {
          const before = snapshot({ name: 'small.net', text });
          const start = Math.floor(at * text.length);
          const end = Math.min(text.length, start + (length > 30 ? length : 0));
          for (const action of codeActions(before, { start, end })) {
            if (action.kind === 'quickfix') applyEdits(text, action.edits);
            else expectSameNet(before, action);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
