import { expect } from 'chai';
import { createMemo, snapshot } from '../../compiler/ide.ts';
import { expectSame } from '../editor/compare.ts';

/** Texts with the same words for a call, which mean something else in each. */
const pairs: readonly (readonly [what: string, before: string, after: string])[] = [
  [
    'another constant',
    'let n = 4\nnet A(x: [3, 9, 9]) { conv ->n k3 }',
    'let n = 5\nnet A(x: [3, 9, 9]) { conv ->n k3 }',
  ],
  ['another shape', 'net A(x: [3, 9, 9]) { conv ->4 k3 }', 'net A(x: [2, 8, 9]) { conv ->4 k3 }'],
  ['another number of axes', 'net A(x: [12]) { linear ->4 }', 'net A(x: [3, 4]) { linear ->4 }'],
  ['other elements', 'net A(x: i32[9]) { embedding 9->4 }', 'net A(x: [9]) { embedding 9->4 }'],
  [
    'a name that is not there any more',
    'let n = 4\nnet A(x: [3, 9, 9]) { conv ->n k3 }',
    'net A(x: [3, 9, 9]) { conv ->n k3 }',
  ],
  ['a name that is a value', 'let n = 4\nnet A(x: [3, 9, 9]) { conv ->n k3 }', 'net A(n: [3, 9, 9]) { conv ->n k3 }'],
  [
    'another activation in a formula',
    'act f(x) = x + 1\nnet A(x: [3]) { linear ->f(3) }',
    'act f(x) = x + 2\nnet A(x: [3]) { linear ->f(3) }',
  ],
  ['another activation', 'act f(x) = x + 1\nnet A(x: [3]) { f }', 'act f(x) = x + 2\nnet A(x: [3]) { f }'],
  ['a block of the name', 'net A(x: [3]) { relu }', 'block relu { linear ->4 }\nnet A(x: [3]) { relu }'],
  [
    'another value of the name',
    'net A(x: [3, 9, 9]) { y = conv ->4 k3 p1 | relu | add y }',
    'net A(x: [3, 9, 9]) { y = conv ->4 k3 | relu | upsample 9x9 | add y }',
  ],
  ['a value that was the flow', 'net A(x: [4], y: [4]) { x | concat y }', 'net A(y: [5], x: [4]) { x | concat y }'],
  ['sizes of what flows', 'net A(x: [4, 6]) { linear ->dims[0] }', 'net A(x: [5, 6]) { linear ->dims[0] }'],
  [
    'symbolic sizes with something to satisfy',
    'net A(x: [3, H], y: [3, W]) { x | add y }',
    'net A(x: [3, W], y: [3, H]) { x | add y }\nnet B(x: [3, W], y: [3, H]) { x | add y }',
  ],
  [
    'weights that are shared',
    'net A(x: [4]) { a: linear ->4 | b: linear ->4 }',
    'net A(x: [4]) { a: linear ->4 | a: linear ->4 share }',
  ],
  [
    'a name that is called as a word is',
    'net A(x: [4]) { a: linear ->4 | a: linear share ->4 }',
    'let share = 4\nnet A(x: [4]) { a: linear ->4 | a: linear share ->4 }',
  ],
  [
    'another layer for a parameter',
    'block B(act=relu) { act slope=0.1 }\nnet A(x: [4]) { B act=leaky_relu }',
    'block B(act=relu) { act slope=0.1 }\nnet A(x: [4]) { B act=relu }',
  ],
  [
    'other lines for a parameter',
    'block B(act={ relu }) { act }\nnet A(x: [4]) { B | B act={ linear ->5 } }',
    'block B(act={ linear ->3 }) { act }\nnet A(x: [4]) { B | B act={ relu } }',
  ],
  [
    'the name that a layer has elsewhere',
    'net A(x: [4]) { Linear ->5 }',
    'block Linear { relu }\nnet A(x: [4]) { Linear ->5 }',
  ],
];

describe('what is known of calls', () => {
  for (const [what, before, after] of pairs) {
    it(`makes no difference to ${what}`, () => {
      for (const [first, second] of [
        [before, after],
        [after, before],
      ] as const) {
        const { calls } = createMemo();
        // The other parts of a memo, which know the nets themselves, are new each time.
        const withCalls = (text: string) => snapshot({ name: 'x.net', text }, {}, { ...createMemo(), calls });
        withCalls(first);
        expectSame(withCalls(second), snapshot({ name: 'x.net', text: second }), `behind ${first}`);
      }
    });
  }

  it('offers edits of the call that is there, rather than of the one that was met first', () => {
    const head = (name: string) => `net ${name}(x: [3, 8, 8]) {\n`;
    const text = `${head('A')}  conv ->3 k3\n}\n${head('B')}  y = identity\n  conv ->3 k3 | add y\n}\n`;
    const [found, ...others] = faultsOf(text);
    expect(others).to.deep.equal([]);
    const edited = found?.fix?.edits.map(({ span, text: instead }) => text.slice(0, span.start) + instead);
    expect(edited).to.deep.equal([`${text.slice(0, text.lastIndexOf(' | add'))} p=same`]);
  });

  it('does not take a call for known that was wrong', () => {
    const wrong = ['A', 'B'].map((name) => `net ${name}(x: [3, 8, 8]) { conv 4->3 k3 }`);
    expect(faultsOf(wrong.join('\n')).map(({ code }) => code)).to.deep.equal(['shape/features', 'shape/features']);
  });

  it('finds what symbolic sizes must satisfy for each net', () => {
    const nets = ['A', 'B'].map((name) => `net ${name}(x: [3, H], y: [3, W]) { x | add y }`);
    const { graphs } = snapshot({ name: 'x.net', text: nets.join('\n') });
    expect(graphs.map(({ requirements }) => requirements.length)).to.deep.equal([1, 1]);
  });

  it('lets a call share weights each time that it says so', () => {
    const call = 'a: linear ->4';
    expect(faultsOf(`net A(x: [4]) { ${call} | ${call} share | ${call} share }`)).to.deep.equal([]);
  });
});

function faultsOf(text: string) {
  return snapshot({ name: 'x.net', text }).faults;
}
