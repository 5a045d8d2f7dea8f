import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  DocumentSymbolRequest,
  InlayHintRequest,
  SemanticTokensRequest,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { diagnostics, snapshot } from '../../compiler/ide.ts';
import { nearest } from '../../compiler/index.ts';
import { anEdit, type Change, EditedText } from './edits.ts';
import { Editor } from './server/editor.ts';

/** They are of all kinds; three of them import the first one, and one of these another one. */
const opened = [
  'blocks/mobile.net',
  'mobilenet_v2.net',
  'mobilenet_v3_large.net',
  'lraspp_mobilenet_v3_large.net',
  'unet.net',
  'siamese.net',
  'gpt.net',
  'dcgan.net',
];

/** What somebody types before the server is asked what is wrong. */
const aBurst = fc.record({ file: fc.constantFrom(...opened), edits: fc.array(anEdit, { minLength: 1, maxLength: 4 }) });

/**
 * Edits examples in one server process: after each burst of edits the server says of the text, and of those that import it,
 * what a fresh check says; now and then all else that is shown is compared with that of a text which the server has never seen.
 */
export async function editInServer(edits: number): Promise<void> {
  const editor = await Editor.start({ capabilities: { textDocument: { diagnostic: {}, semanticTokens: semantic } } });
  try {
    for (const file of opened) editor.write(file, readFileSync(join('examples', file)));
    const texts = new Map<string, OpenExample>();
    for (const file of opened) texts.set(file, await OpenExample.open(editor, file));
    const sizes: number[] = [];
    let made = 0;
    // Bursts have two edits and a half.
    for (const [index, { file, edits: burst }] of fc.sample(aBurst, edits).entries()) {
      if (made >= edits) break;
      const text = texts.get(file)!;
      for (const edit of burst) {
        const change = text.edited.apply(edit);
        if (change) await text.send(change);
      }
      made += burst.length;
      const message = `after burst ${index + 1}, in ${file}`;
      for (const each of texts.values()) {
        if (each === text || index % 10 === 0) await each.expectDiagnostics(texts, message);
      }
      if (index % 10 === 5) await text.expectShown(message);
      sizes.push(residentSize(editor.process.pid!));
    }
    expect([...editor.logged, ...editor.messages]).to.deep.equal([]);
    expect(editor.process.exitCode).to.equal(null);
    // What is kept does not grow with the edits, however lazy the collector is.
    expect(sizes.at(-1)).to.be.below(1.5 * sizes[sizes.length >> 1]! + 64 * 2 ** 20);
  } finally {
    await editor.stop();
  }
}

const semantic = { requests: { full: true }, tokenTypes: [], tokenModifiers: [], formats: ['relative' as const] };

class OpenExample {
  readonly edited: EditedText;
  private readonly editor: Editor;
  private readonly file: string;
  private version = 1;

  static async open(editor: Editor, file: string): Promise<OpenExample> {
    const example = new OpenExample(editor, file);
    await example.sendOpen(example.uri, example.edited.text);
    return example;
  }

  private constructor(editor: Editor, file: string) {
    this.editor = editor;
    this.file = file;
    this.edited = new EditedText(readFileSync(join('examples', file), 'utf8'));
    this.before = this.edited.text;
  }

  /** What the server has. */
  private before: string;

  private get uri(): string {
    return this.editor.uri(this.file);
  }

  async send(change: Change): Promise<void> {
    const { uri, before } = this;
    const { start, end, text } = withWholeLineEnds(before, change);
    const document = TextDocument.create(uri, 'net', this.version, before);
    const range = { start: document.positionAt(start), end: document.positionAt(end) };
    this.version++;
    this.before = this.edited.text;
    await this.editor.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version: this.version },
      contentChanges: [{ range, text }],
    });
  }

  async expectDiagnostics(texts: ReadonlyMap<string, OpenExample>, message: string): Promise<void> {
    const { editor, file, edited } = this;
    const report = await editor.connection.sendRequest(DocumentDiagnosticRequest.type, this.only());
    if (report.kind !== 'full') throw new Error('nobody has asked before');
    const document = TextDocument.create('', 'net', 0, edited.text);
    const given = report.items.map(({ range, code, message: words }) => {
      return [document.offsetAt(range.start), document.offsetAt(range.end), code, words];
    });
    const read = (name: string) => {
      const path = name.slice(editor.folder.length + 1);
      const text = texts.get(path);
      if (text) return { text: text.edited.text };
      const siblings = opened.filter((each) => dirname(each) === dirname(path)).map((each) => basename(each));
      const near = nearest(basename(path), siblings);
      return { why: 'there is no such file', ...(near !== undefined && { nearest: join(dirname(name), near) }) };
    };
    const fresh = snapshot({ name: join(editor.folder, file), text: edited.text }, { files: { read } });
    const expected = diagnostics(fresh).map(({ span, code, message: words }) => {
      return [span.start, span.end, code, words.replaceAll(`${editor.folder}/`, '')];
    });
    expect(given, message).to.deep.equal(expected);
  }

  /** Compares with what the server shows of the same text where it is a new file. */
  async expectShown(message: string): Promise<void> {
    const uri = this.editor.uri(join(dirname(this.file), `fresh-${basename(this.file)}`));
    const shown = await this.shown(this.uri);
    await this.sendOpen(uri, this.edited.text);
    expect(shown, message).to.deep.equal(await this.shown(uri));
    await this.editor.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
  }

  private async shown(uri: string): Promise<unknown> {
    const { connection } = this.editor;
    const end = TextDocument.create(uri, 'net', 0, this.edited.text).positionAt(this.edited.text.length);
    const range = { start: { line: 0, character: 0 }, end };
    const hints = await connection.sendRequest(InlayHintRequest.type, { ...this.only(uri), range });
    const tokens = await connection.sendRequest(SemanticTokensRequest.type, this.only(uri));
    const symbols = await connection.sendRequest(DocumentSymbolRequest.type, this.only(uri));
    return JSON.parse(JSON.stringify({ hints, tokens: tokens?.data, symbols }).replaceAll(uri, 'here'));
  }

  private only(uri = this.uri): { textDocument: { uri: string } } {
    return { textDocument: { uri } };
  }

  private async sendOpen(uri: string, text: string): Promise<void> {
    await this.editor.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId: 'net', version: 1, text },
    });
  }
}

/** The same change where no end of a line is cut into two, as no position of the protocol can be there. */
function withWholeLineEnds(text: string, { start, end, text: by }: Change): Change {
  const isWithin = (offset: number) => text.slice(offset - 1, offset + 1) === '\r\n';
  const from = isWithin(start) ? start - 1 : start;
  const to = isWithin(end) ? end + 1 : end;
  return { start: from, end: to, text: text.slice(from, start) + by + text.slice(end, to) };
}

/** In bytes; nothing where the system does not say it in this way. */
function residentSize(pid: number): number {
  if (process.platform !== 'linux') return 0;
  const [, pages] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ');
  return Number(pages) * 4096;
}
