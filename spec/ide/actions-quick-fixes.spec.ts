import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { applyEdits } from '../../compiler/ide/edits.ts';
import { type CodeAction, codeActions, snapshot } from '../../compiler/ide.ts';
import { countFaults, faultText } from '../check/annotate.ts';
import { marked } from './marked.ts';

describe('quick fixes', () => {
  const folder = 'spec/cases';
  const fixesAt = (source: string) => {
    const { text, offset } = marked(source);
    return codeActions(snapshot({ name: 'case.net', text }), { start: offset, end: offset }, ['quickfix']);
  };
  const fixedBy = (source: string, title: string) => {
    const action = fixesAt(source).find((each) => each.title === title);
    return action && applyEdits(marked(source).text, action.edits);
  };
  const titles = (actions: readonly CodeAction[]) => actions.map(({ title }) => title);

  for (const file of readdirSync(folder).filter((name) => name.endsWith('.md'))) {
    it(`are there for each fault that has an edit, and each of them repairs it: ${file}`, () => {
      const blocks = readFileSync(`${folder}/${file}`, 'utf8').matchAll(/^```net\n([\s\S]*?)```/gm);
      for (const [, text = ''] of blocks) {
        const analyzed = snapshot({ name: 'case.net', text });
        const before = countFaults(text);
        for (const fault of analyzed.faults) {
          if (!fault.fix) continue;
          const { start, end } = fault.span;
          const actions = codeActions(analyzed, { start, end }, ['quickfix']).filter(({ diagnostics }) =>
            diagnostics?.some((diagnostic) => diagnostic.fault === fault),
          );
          expect(titles(actions)).to.include(fault.fix.title);
          const key = faultText(text, fault);
          for (const { title, edits } of actions) {
            const fixed = applyEdits(text, edits);
            expect(countFaults(fixed).get(key) ?? 0, `${key}: ${title} in ${fixed}`).to.be.below(before.get(key)!);
          }
        }
      }
    });
  }

  it('offer the other ways as edits, and the only one as the preferred one', () => {
    const source = 'net N(x: [8]) { linear <|>4->2 }';
    const [first, second] = fixesAt(source);
    expect([first?.title, second?.title]).to.deep.equal(['linear 8->2', 'linear ->2']);
    expect([first?.isPreferred, second?.isPreferred]).to.deep.equal([undefined, undefined]);
    expect(fixedBy(source, 'linear ->2')).to.equal('net N(x: [8]) { linear ->2 }');
    const [only] = fixesAt('net N(x: [8]) { re<|>lo }');
    expect(only).to.include({ title: 'relu', isPreferred: true });
  });

  it('are also offered at the call that leads to what is wrong in a block', () => {
    const block = 'block B in->out { conv in->out k3 | conv 16->out k3 }\n';
    const fixed = fixedBy(`${block}net N(image: [8, 32, 32]) { B<|> 8->8 }`, 'conv 8->8');
    expect(fixed).to.contain('conv in->out k3 | conv 8->out k3');
  });

  describe('for what nothing uses', () => {
    it('take the line away, with the comment behind it', () => {
      const source = 'net N(x: [8]) {\n  # above\n  a = re<|>lu  # behind\n  x | tanh\n}\n';
      expect(fixedBy(source, 'Remove `a`')).to.equal('net N(x: [8]) {\n  # above\n  x | tanh\n}\n');
      expect(fixedBy(source.replaceAll('\n', '\r\n'), 'Remove `a`')).to.equal(
        'net N(x: [8]) {\r\n  # above\r\n  x | tanh\r\n}\r\n',
      );
      const counted = 'net N(x: [8]) { <|>linear 8->8; x | linear 8->4 }';
      expect(fixedBy(counted, 'Remove the line (names of weights change)')).to.equal(
        'net N(x: [8]) { x | linear 8->4 }',
      );
      expect(fixesAt(counted).some(({ isPreferred }) => isPreferred)).to.equal(false);
      expect(fixedBy('net N(x: [8]) { re<|>lu; x | tanh }', 'Remove the line')).to.equal('net N(x: [8]) { x | tanh }');
    });

    it('take away what stands before a value of its own', () => {
      expect(fixedBy('net N(x: [8]) { relu | ta<|>nh | param [4] }', 'Remove what nothing uses')).to.equal(
        'net N(x: [8]) { param [4] }',
      );
    });

    it('take an input away with its comma', () => {
      expect(fixedBy('net N(x: [8], <|>y: [8]) { x | relu }', 'Remove the input `y`')).to.equal(
        'net N(x: [8]) { x | relu }',
      );
      expect(fixedBy('net N(x: [<|>8], y: [8]) { y | relu }', 'Remove the input `x`')).to.equal(
        'net N(y: [8]) { y | relu }',
      );
    });

    it('leave the result of a block, and what others name', () => {
      const block = 'block B { rel<|>u }\nnet N(x: [8]) { B; x | tanh }';
      expect(titles(fixesAt(block))).to.deep.equal([]);
      const shared = 'net N(x: [8]) { a = t: lin<|>ear ->8; x | t: linear ->8 share }';
      expect(titles(fixesAt(shared))).to.not.include('Remove `a`');
      expect(titles(fixesAt('net N(x: [H<|>], y: [8]) { y | reshape [H] }'))).to.not.include('Remove the input `x`');
    });
  });

  it('create a block that is not there, with what the call gives it', () => {
    const source = 'let n = 3\n\n## A net.\nnet N(image: [3, 8, 8]) {\n  Cel<|>l 3->8 k3 s=2 act=relu norm\n}\n';
    expect(fixedBy(source, 'Create the block `Cell`')).to.equal(
      'let n = 3\n\nblock Cell in->out (k, s, act, norm=false) {}\n\n' +
        '## A net.\nnet N(image: [3, 8, 8]) {\n  Cell 3->8 k3 s=2 act=relu norm\n}\n',
    );
    expect(fixedBy('net N(x: [8]) { Gat<|>e 8 }', 'Create the block `Gate`')).to.equal(
      'block Gate c {}\n\nnet N(x: [8]) { Gate 8 }',
    );
    expect(titles(fixesAt('net N(x: [8]) { add som<|>e }'))).to.deep.equal([]);
  });
});
