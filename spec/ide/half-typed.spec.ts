import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { type Completion, completions } from '../../compiler/ide/completion.ts';
import { hover } from '../../compiler/ide/hover.ts';
import { keywordOf } from '../../compiler/ide/keywords.ts';
import { signatureHelp } from '../../compiler/ide/signature-help.ts';
import { type Snapshot, snapshot } from '../../compiler/ide/snapshot.ts';
import type { Files } from '../../compiler/imports.ts';
import { parse } from '../../grammar/parse.ts';
import { mangled } from '../mangled.ts';
import { exampleTexts } from './example-texts.ts';
import { exampleFiles, exampleImports } from './examples.ts';

const pages = ['README.md', 'docs/language.md', ...readdirSync('spec/cases').map((file) => `spec/cases/${file}`)];
const blocks = pages.flatMap((page) =>
  [...readFileSync(page, 'utf8').matchAll(/^```net\n([\s\S]*?)^```/gm)].map((match) => match[1]!),
);
const short = [...blocks, ...exampleTexts].filter((text) => text.length < 1500);
const right = blocks.filter((text) => syntaxFaults(text) === 0);

describe('what editors ask at any place of any text', () => {
  it('is answered at every few offsets of short files', () => {
    for (const text of short.slice(0, 10)) {
      const read = snapshotOf(text);
      for (let offset = 0; offset <= text.length; offset += 11) askAll(read, offset);
    }
  });

  it('is answered in all examples', () => {
    for (const [index, text] of exampleTexts.entries()) {
      const read = snapshotOf(text);
      for (const part of [0.31, 0.62, 0.93]) askAll(read, Math.floor((part + (index % 7) / 100) * text.length));
    }
  });

  it('is answered in mangled texts, with other line ends too', () => {
    fc.assert(
      fc.property(
        mangled(short),
        fc.array(fc.nat(), { minLength: 3, maxLength: 3 }),
        fc.boolean(),
        (text, at, isWindows) => {
          const own = isWindows ? text.replaceAll('\n', '\r\n') : text;
          const read = snapshotOf(own);
          for (const offset of at) askAll(read, offset % (own.length + 1));
        },
      ),
      { numRuns: 80 },
    );
  });

  it('leaves a text that parses one that parses, where a word takes the place of another one', () => {
    fc.assert(
      fc.property(fc.constantFrom(...right), fc.nat(), fc.nat(), (text, at, pick) => {
        // What stands behind a word such as `return` is nothing that could stand behind others.
        const words = [...text.matchAll(/\w+/g)].filter(([word]) => !keywordOf(word));
        const word = words[at % words.length]!;
        const offset = word.index + 1 + (pick % word[0].length);
        const found = completions(snapshotOf(text), offset).filter(({ kind }) => kind !== 'keyword');
        for (const completion of chosen(found, pick)) {
          const after = accepted(text, completion);
          expect(syntaxFaults(after), `${completion.label} at ${offset} of\n${text}\ngives\n${after}`).to.equal(0);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('leaves a text no worse where somebody types the end of a line', () => {
    fc.assert(
      fc.property(fc.constantFrom(...right), fc.nat(), fc.nat(), (text, at, pick) => {
        const offset = at % (text.length + 1);
        const [rest] = /^[^\n]*/.exec(text.slice(offset))!;
        fc.pre(!/[{}]/.test(rest));
        const half = text.slice(0, offset) + text.slice(offset + rest.length);
        const read = snapshotOf(half);
        askAll(read, offset);
        // A word such as `not` wants something behind it.
        const found = completions(read, offset).filter(({ kind, isSnippet }) => kind !== 'keyword' || isSnippet);
        for (const completion of chosen(found, pick)) {
          const after = accepted(half, completion);
          const message = `${completion.label} at ${offset} of\n${half}\ngives\n${after}`;
          expect(syntaxFaults(after), message).to.be.at.most(syntaxFaults(half));
        }
      }),
      { numRuns: 150 },
    );
  });
});

/** The first ones, which are taken as a rule, and any other. */
function chosen(all: readonly Completion[], pick: number): readonly Completion[] {
  return all.length === 0 ? [] : [...new Set([...all.slice(0, 3), all[pick % all.length]!])];
}

const files: Files = {
  read: (name) => (exampleFiles.includes(name) ? exampleImports.read(name) : { why: 'it is not there' }),
  list: (folder) => exampleFiles.flatMap((file) => (file.startsWith(folder) ? [file.slice(folder.length)] : [])),
};

function snapshotOf(text: string): Snapshot {
  return snapshot({ name: 'examples/spec.net', text }, { files });
}

function askAll(read: Snapshot, offset: number): void {
  const { text } = read.source;
  const shown = hover(read, offset);
  if (shown) {
    expect(shown.span.start).to.be.at.most(offset);
    expect(shown.span.end).to.be.within(offset, text.length);
    expect(shown.markdown.trim()).not.to.equal('');
    expect(shown.markdown).not.to.match(/undefined|NaN|\[object/);
  }
  const found = completions(read, offset);
  expect(new Set(found.map(({ label }) => label)).size).to.equal(found.length);
  for (const completion of found) {
    const { span } = completion;
    expect(span.start).to.be.at.most(offset);
    expect(span.end).to.be.within(offset, text.length);
    expect(text.slice(span.start, span.end)).not.to.match(/[\n\r]/);
    expect(completion.text).not.to.match(/undefined|NaN/);
  }
  const help = signatureHelp(read, offset);
  if (!help) return;
  for (const { range } of help.parameters) expect(help.label.slice(range.start, range.end).trim()).not.to.equal('');
  if (help.active !== undefined) expect(help.active).to.be.within(0, help.parameters.length - 1);
}

/** The text with a completion in it, placeholders as they stand. */
function accepted(text: string, { span, text: inserted, isSnippet }: Completion): string {
  const plain = isSnippet
    ? inserted.replace(/\$\{\d+:((?:\\.|[^}])*)\}|\$0/g, (_, words: string = '') => words.replace(/\\(.)/g, '$1'))
    : inserted;
  return text.slice(0, span.start) + plain + text.slice(span.end);
}

function syntaxFaults(text: string): number {
  return parse({ name: 'spec.net', text }).faults.length;
}
