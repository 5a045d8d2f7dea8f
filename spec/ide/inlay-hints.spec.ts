import { expect } from 'chai';
import { inlayHints } from '../../compiler/ide/inlay-hints.ts';
import { shapeLabel } from '../../compiler/ide/shape-label.ts';
import { snapshot } from '../../compiler/ide/snapshot.ts';
import { exampleFiles, exampleSnapshot } from './examples.ts';
import { marked } from './marked.ts';

describe('inlay hints', () => {
  const hints = (source: string) => {
    const { text, ranges } = marked(source);
    return inlayHints(snapshot({ name: 'x.net', text }), ranges[0] ?? { start: 0, end: text.length });
  };
  /** The text with its hints in `‹ ›`, those that stand apart with a blank. */
  const shown = (source: string) => {
    const { text } = marked(source);
    const parts = [];
    let end = 0;
    for (const { offset, label, isPadded } of hints(source)) {
      parts.push(text.slice(end, offset), isPadded ? ` ‹${label}›` : `‹${label}›`);
      end = offset;
    }
    return parts.join('') + text.slice(end);
  };
  /** Of lines in the body of a net whose result is written. */
  const inNet = (lines: string, input = '[3, 8, 8]') => {
    const head = `net N(a: ${input}) -> [1] {\n`;
    return shown(`${head}${lines}\n}`).slice(head.length, -2);
  };

  it('show the shape behind what changes it, and nothing behind what keeps it', () => {
    expect(inNet('conv 3->6 k3 | relu | maxpool 2\nflatten\nfc: linear 54->10')).to.equal(
      'conv 3->6 k3 ‹[6, 6, 6]› | relu | maxpool 2 ‹[6, 3, 3]›\nflatten ‹[54]›\nfc: linear 54->10 ‹[10]›',
    );
  });

  it('say how a shape came about', () => {
    const [hint] = hints('net N(a: [3, 8, 8]) -> [1] { conv 3->6 k3 }');
    expect(hint?.tooltip).to.match(/^`\[3, 8, 8\]` → `\[6, 6, 6\]`\n- .*= 6$/);
  });

  it('show no shape that is written there: in the stage, in the next one, by the last in its braces', () => {
    expect(inNet('reshape [8, 24] | flatten | expect [192] | reshape [-1, 3]')).to.equal(
      'reshape [8, 24] | flatten | expect [192] | reshape [-1, 3] ‹[64, 3]›',
    );
    expect(inNet('{ flatten | relu }\nrelu')).to.equal('{ flatten ‹[192]› | relu }\nrelu');
    expect(inNet('if 1 < 2 { flatten } else { relu }')).to.equal('if 1 < 2 { flatten ‹[192]› } else { relu }');
  });

  it('show what a join gives', () => {
    expect(inNet('concat {} { relu } axis=1 | add { relu }')).to.equal(
      'concat {} { relu } axis=1 ‹[3, 16, 8]› | add { relu }',
    );
  });

  it('show what a value is from which a line goes on, but not of an input', () => {
    expect(inNet('x = flatten\na | conv 3->1 k1\nx | linear 192->2')).to.equal(
      'x = flatten ‹[192]›\na | conv 3->1 k1 ‹[1, 8, 8]›\nx ‹[192]› | linear 192->2 ‹[2]›',
    );
  });

  it('show a size that is left out, right before the arrow or behind it', () => {
    expect(inNet('linear ->4 | conv1: linear ->5', '[3]')).to.equal('linear ‹3›->4 ‹[4]› | conv1: linear ‹4›->5 ‹[5]›');
    expect(inNet('conv ->4 k3', '[3, 8, 8]')).to.equal('conv ‹3›->4 k3 ‹[4, 6, 6]›');
    expect(hints('net N(a: [3]) -> [4] { linear ->4 }')[0]).to.deep.include({
      kind: 'size',
      label: '3',
      isPadded: false,
    });
  });

  it('show the sizes that a block is not given', () => {
    const blocks = 'block A in->out { linear in->out }\nblock B c (k=2, f=false) { linear c->k }\n';
    const shownIn = (line: string) => shown(`${blocks}net N(a: [3]) -> [1] {\n${line}\n}`).split('\n').at(-2);
    expect(shownIn('A ->4 | A ->5')).to.equal('A ‹3›->4 ‹[4]› | A ‹4›->5 ‹[5]›');
    expect(shownIn('B k=4 f | x: B | B 2 | B c=2')).to.equal('B ‹3› k=4 f ‹[4]› | x: B ‹4› ‹[2]› | B 2 | B c=2');
  });

  it('show what a net gives that does not say it', () => {
    expect(shown('net N(a: [3])\n{ linear 3->4 }')).to.equal('net N(a: [3]) ‹-> [4]›\n{ linear 3->4 ‹[4]› }');
    expect(shown('net N(a: [3], b: [3]) { x = a; y = b | linear 3->4; return x, y }')).to.not.include('‹->');
  });

  it('show symbolic sizes', () => {
    expect(inNet('maxpool 2', '[3, H, W]')).to.equal('maxpool 2 ‹[3, H / 2, W / 2]›');
  });

  it('are short, and say all of the shape beside it', () => {
    const [hint] = hints('net N(a: [16, Height, W]) -> [1] { maxpool 2 s2 p1 }');
    expect(hint?.label).to.equal('[16, …, (W+2)/2]');
    expect(hint?.tooltip).to.include('→ `[16, (Height + 2) / 2, (W + 2) / 2]`');
  });

  it('lose blanks first, then what is longest, then axes', () => {
    expect(shapeLabel(['16', 'H / 2', 'W / 2'], 20)).to.equal('[16, H / 2, W / 2]');
    expect(shapeLabel(['16', 'H / 2 + 1', 'W / 2 + 1'], 20)).to.equal('[16, H/2+1, W/2+1]');
    expect(shapeLabel(['16', 'H / 2 + 100', 'W / 2 + 100'], 20)).to.equal('[16, H/2+100, …]');
    expect(shapeLabel(['16', 'max(H, W, 1000)', 'max(H, W, 1000)'], 20)).to.equal('[16, …, …]');
    expect(shapeLabel(['1', '1', '1', '1', '1', '1', '1'], 20)).to.equal('[1, 1, 1, 1, 1, …]');
  });

  it('show elements that are no f32', () => {
    expect(inNet('reshape [-1, 2]', 'i32[4]')).to.equal('reshape [-1, 2] ‹i32[2, 2]›');
  });

  it('show of lines that are written out several times what is the same each time', () => {
    const block = 'block B in->out { conv in->out k3 | globalavgpool keep }\n';
    const net = 'net N(a: [3, 9, 9]) -> [5, 1, 1] { B 3->4 | expect [4, 1, 1]; a | B 3->5 }';
    expect(shown(block + net)).to.equal(
      'block B in->out { conv in->out k3 ‹[*, 7, 7]› | globalavgpool keep ‹[*, 1, 1]› }\nnet N(a: [3, 9, 9]) -> [5, 1, 1] { B 3->4 | expect [4, 1, 1]; a | B 3->5 ‹[5, 1, 1]› }',
    );
    expect(hints(block + net)[0]?.tooltip).to.equal('2 times: `[4, 7, 7]`, `[5, 7, 7]`');
  });

  it('show of the calls of a block what is the same each time', () => {
    const block = 'block A in->out { conv in->out k1 }\nblock B c { A ->c }\n';
    expect(shown(`${block}net N(a: [3, 9, 9]) -> [5, 9, 9] { B 4 | B 5 }`)).to.include(
      'block B c { A ->c ‹[*, 9, 9]› }',
    );
  });

  it('show nothing where all is different each time, and a size only where it is the same', () => {
    expect(inNet('repeat 2 { flatten | linear ->4 | reshape [4, 1, 1] | pad 1 }')).to.not.match(/linear ‹/);
    expect(inNet('repeat 2 { maxpool 2 | conv ->3 k1 }')).to.equal(
      'repeat 2 { maxpool 2 ‹[3, *, *]› | conv ‹3›->3 k1 } ‹[3, 2, 2]›',
    );
    expect(shown('block B in->out { linear in->out }\nnet N(a: [3]) -> [5] { B 3->4 | B 4->5 }')).to.include(
      '{ linear in->out }',
    );
  });

  it('show what comes out of a repeat whose times differ', () => {
    expect(inNet('repeat 2 { maxpool 2 }\nrelu')).to.equal('repeat 2 { maxpool 2 ‹[3, *, *]› } ‹[3, 2, 2]›\nrelu');
  });

  it('are those of the part that is asked for', () => {
    const all = 'net N(a: [3]) {\n  linear 3->4\n  add {\n    linear 4->5 | linear 5->4\n  }\n  linear 4->6\n}';
    const part = all.replace('linear 4->5', '[|linear 4->5').replace('linear 4->6', 'lin|]ear 4->6');
    expect(hints(part).map(({ label }) => label)).to.deep.equal(['[5]', '[4]']);
  });

  it('have at most 20 characters, in all examples, and shapes to tell', () => {
    for (const file of exampleFiles.filter((each) => !each.includes('blocks'))) {
      const taken = exampleSnapshot(file);
      const found = inlayHints(taken, { start: 0, end: taken.source.text.length });
      expect(found.length, file).to.be.greaterThan(1);
      for (const { label } of found) expect(label.length, label).to.be.at.most(20);
    }
  });
});
