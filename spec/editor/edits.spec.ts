import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { createMemo, Interrupted, type Memo, type Snapshot, snapshot, variant } from '../../compiler/ide.ts';
import type { Files } from '../../compiler/index.ts';
import { exampleFiles } from '../ide/examples.ts';
import { expectSame } from './compare.ts';
import { anEdit, EditedText } from './edits.ts';

const mobile = 'examples/blocks/mobile.net';
const texts = new Map(exampleFiles.map((file) => [file, readFileSync(file, 'utf8')]));

/** An edit of a text or of what it imports, and what else happens then. */
const aStep = fc.record({
  edit: anEdit,
  isOfImport: fc.integer({ min: 0, max: 4 }).map((pick) => pick === 0),
  then: fc.constantFrom('look', 'look', 'look', 'look later', 'try', 'give up'),
  many: fc.nat(40),
});

describe('a text that is edited', () => {
  it('is known as well as a text that is read for the first time', () => {
    fc.assert(
      fc.property(fc.constantFrom(...exampleFiles), fc.array(aStep, { minLength: 5, maxLength: 30 }), (name, steps) => {
        follow(name, steps);
      }),
      { numRuns: Number(process.env.RUNS ?? 20) },
    );
  });
});

type Step = typeof aStep extends fc.Arbitrary<infer Item> ? Item : never;

function follow(name: string, steps: readonly Step[]): void {
  const edited = new Map([name, mobile].map((each) => [each, new EditedText(texts.get(each)!)]));
  const memo = createMemo();
  const later: { readonly known: Snapshot; readonly fresh: () => Snapshot }[] = [];
  for (const [index, { edit, isOfImport, then, many }] of steps.entries()) {
    const of = isOfImport ? mobile : name;
    edited.get(of)!.apply(edit);
    // What is looked at later must not follow what is edited since.
    const now = new Map([...texts, ...[...edited].map(([each, { text }]) => [each, text] as const)]);
    const files: Files = { read: (each) => (now.has(each) ? { text: now.get(each)! } : { why: 'it is not there' }) };
    const source = { name, text: now.get(name)! };
    const fresh = () => snapshot(source, { files });
    const message = `after ${index + 1} edits of ${name}`;
    if (then === 'give up') giveUp(source, files, memo, many);
    const known = snapshot(source, { files }, memo);
    if (then === 'look later') later.push({ known, fresh });
    else expectSame(known, fresh(), message);
    if (then === 'try') {
      const other = new EditedText(source.text);
      other.apply({ ...edit, kind: 'otherWord' });
      expectSame(variant(known, other.text), snapshot({ name, text: other.text }, { files }), `tried ${message}`);
    }
    if (index % 3 === 2)
      for (const each of later.splice(0)) expectSame(each.known, each.fresh(), `looked at later, ${message}`);
  }
}

/** An analysis that is not finished, since the text has changed again. */
function giveUp(
  source: { readonly name: string; readonly text: string },
  files: Files,
  memo: Memo,
  after: number,
): void {
  let left = after;
  try {
    snapshot(source, { files, interrupted: () => left-- <= 0 }, memo);
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
  }
}
