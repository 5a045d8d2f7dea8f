import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { createMemo, Interrupted, type Memo, type Snapshot, snapshot, variant } from '../../compiler/ide.ts';
import type { Files } from '../../compiler/index.ts';
import { exampleFiles } from '../ide/examples.ts';
import { expectSame } from './compare.ts';
import { anEdit, EditedText } from './edits.ts';

const texts: ReadonlyMap<string, string> = new Map(exampleFiles.map((file) => [file, readFileSync(file, 'utf8')]));

/** What several examples import. */
const imported = 'examples/blocks/mobile.net';

/** An edit, mostly of the text itself and sometimes of what it imports, and what an editor does with the new text. */
const aStep = fc.record({
  edit: anEdit,
  isOfImport: fc.nat({ max: 4 }).map((pick) => pick === 0),
  use: fc.constantFrom('look', 'look', 'look', 'look later', 'try another', 'give up before'),
  /** How much is done before an analysis is given up. */
  asked: fc.nat({ max: 40 }),
});

type Step = typeof aStep extends fc.Arbitrary<infer Item> ? Item : never;

/** Edits examples, and expects that a memo of earlier versions changes nothing of what is known of the next one. */
export function followEdits(sequences: number): void {
  fc.assert(fc.property(fc.constantFrom(...exampleFiles), fc.array(aStep, { minLength: 5, maxLength: 30 }), follow), {
    numRuns: sequences,
  });
}

function follow(name: string, steps: readonly Step[]): void {
  const edited = new Map([name, imported].map((each) => [each, new EditedText(texts.get(each)!)]));
  const memo = createMemo();
  const later: (() => void)[] = [];
  for (const [index, { edit, isOfImport, use, asked }] of steps.entries()) {
    edited.get(isOfImport ? imported : name)!.apply(edit);
    // A snapshot that is looked at later must not follow what is edited since.
    const now = new Map([...texts, ...[...edited].map(([each, { text }]) => [each, text] as const)]);
    const files: Files = { read: (each) => (now.has(each) ? { text: now.get(each)! } : { why: 'it is not there' }) };
    const text = now.get(name)!;
    const message = `after ${index + 1} edits of ${name}`;
    if (use === 'give up before') giveUp({ name, text }, files, memo, asked);
    const known = snapshot({ name, text }, { files }, memo);
    const compare = () => expectSame(known, snapshot({ name, text }, { files }), message);
    if (use === 'look later') later.push(compare);
    else compare();
    if (use === 'try another') compareVariant(known, { ...edit, kind: 'otherWord' }, message);
    if (index % 3 === 2) for (const each of later.splice(0)) each();
  }
}

/** An analysis that is not finished, since the text has changed again. */
function giveUp(source: Snapshot['source'], files: Files, memo: Memo, asked: number): void {
  let left = asked;
  try {
    snapshot(source, { files, interrupted: () => left-- <= 0 }, memo);
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
  }
}

/** What a text would be, which it does not become. */
function compareVariant(known: Snapshot, edit: Step['edit'], message: string): void {
  const { name, text } = known.source;
  const other = new EditedText(text);
  other.apply(edit);
  expectSame(variant(known, other.text), snapshot({ name, text: other.text }, known.options), `tried ${message}`);
}
