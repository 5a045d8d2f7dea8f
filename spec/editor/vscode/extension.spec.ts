import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type * as vscode from 'vscode';
import { buildExtension } from '../../../editor/vscode/scripts/build.ts';
import { type Document, type Panel, StandIn } from './stand-in.ts';

const text = readFileSync('examples/lenet.net', 'utf8');

/** The bundle of the extension with the server in it, in a stand-in for VS Code. */
describe('the extension', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netc-vscode-'));
  const code = new StandIn();
  let subscriptions: vscode.Disposable[] = [];
  let document: Document;

  before(async () => {
    await buildExtension(join(folder, 'dist'));
    cpSync('editor/vscode/package.json', join(folder, 'package.json'));
    document = code.open('file:///lenet.net', text);
    subscriptions = await code.activate(folder);
  });

  after(async () => {
    for (const each of subscriptions) await each.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  it('registers the commands that it announces', () => {
    const { contributes } = JSON.parse(readFileSync('editor/vscode/package.json', 'utf8'));
    const announced = contributes.commands.map(({ command }: { readonly command: string }) => command);
    expect([...code.commands.keys()].filter((name) => name.startsWith('netc.')).sort()).to.deep.equal(announced.sort());
  });

  it('opens the code of a net beside it', async () => {
    await code.run('netc.compile');
    expect(code.shown.at(-1)?.document.languageId).to.equal('typescript');
    expect(code.shown.at(-1)?.document.getText()).to.include('export function load(weights: Uint8Array): Model');
    await code.run('netc.compileTfjs');
    expect(code.shown.at(-1)?.document.getText()).to.include("import * as tf from '@tensorflow/tfjs'");
  });

  it('says why there is no code', async () => {
    code.type(document, text.replace('400->120', '401->120'));
    await code.run('netc.compile');
    expect(code.messages.at(-1)).to.match(/error/);
    code.type(document, text);
  });

  it('shows the layers of all nets as a page of Markdown', async () => {
    await code.run('netc.summary');
    const [command, uri] = code.executed.at(-1) as [string, vscode.Uri];
    expect(command).to.equal('markdown.showPreviewToSide');
    const page = await code.contents.get(uri.scheme)!.provideTextDocumentContent(uri, new NoCancellation());
    expect(page, page ?? '').to.include('## LeNet');
    expect(page).to.include('| conv1 | `conv 3->6 k5` | `[6, 28, 28]` | 456 | 352,800 |');
    expect(page).to.include('| **total** |  |  | **62,006** | **651,720** |');
  });

  it('writes that page anew as the text changes, while it is open', async () => {
    const [, uri] = code.executed.at(-1) as [string, vscode.Uri];
    const changed: vscode.Uri[] = [];
    const listening = code.contents.get(uri.scheme)!.onDidChange!((page) => changed.push(page));
    code.type(document, `${text}# longer`);
    expect(changed).to.be.empty;
    code.load(uri, 'markdown', '');
    code.type(document, text);
    expect(changed.map(String)).to.deep.equal([String(uri)]);
    listening.dispose();
  });

  it('says with every key what a net would be with other inputs', async () => {
    const asked = code.run('netc.whatIf') as Promise<void>;
    const box = await eventually(() => code.boxes.at(-1));
    expect(box.value).to.equal('[3, 32, 32]');
    await asked;
    box.type('[3, 52, 52]');
    const wrong = await eventually(() =>
      box.validationMessage?.message.includes('1600') ? box.validationMessage : undefined,
    );
    expect(wrong.message).to.include('400');
    box.hide();
  });

  it('draws an activation on a page without scripts', async () => {
    await code.run('netc.plot', 'leaky_relu slope=0.2');
    const { html } = code.panels.at(-1)!.webview;
    expect(html).to.match(/<svg .*<\/svg>/s);
    expectStrict(html);
    expect(html).not.to.include('<script');
    await code.run('netc.plot', 'conv');
    expect(code.messages.at(-1)).to.include('`conv`');
  });

  it('opens the text of what is built in', async () => {
    const provider = code.contents.get('netc-prelude')!;
    const uri = { scheme: 'netc-prelude', toString: () => 'netc-prelude:/prelude.net' } as vscode.Uri;
    expect(await provider.provideTextDocumentContent(uri, new NoCancellation())).to.include('act hardswish(x)');
  });

  describe('the preview', () => {
    let panel: Panel;

    before(async () => {
      code.moveTo(5, 10);
      await code.run('netc.diagram');
      panel = code.panels.at(-1)!;
      panel.hear({ kind: 'ready' });
      await eventually(() => panel.said.find(({ kind }) => kind === 'here'));
    });

    it('is a page that runs and loads nothing but its own', () => {
      expectStrict(panel.webview.html);
      expect(panel.webview.options).to.have.property('localResourceRoots').with.lengthOf(1);
    });

    it('draws the net, and marks the box of the stage at the cursor', () => {
      const picture = panel.said.find(({ kind }) => kind === 'picture')!;
      expect(picture).to.include({ net: 'LeNet' });
      const boxes = picture.boxes as readonly string[];
      expect(boxes).to.not.be.empty;
      for (const id of boxes) expect(picture.svg).to.include(`id="${id}"`);
      expect(panel.said.at(-1)!.boxes).to.have.lengthOf(1);
    });

    it('follows the cursor', async () => {
      const before = panel.said.at(-1)!.boxes;
      code.moveTo(3, 10);
      const after = await eventually(() => (panel.said.at(-1)!.boxes !== before ? panel.said.at(-1) : undefined));
      expect(after.boxes).to.have.lengthOf(1);
      expect(after.boxes).not.to.deep.equal(before);
    });

    it('selects the text of a box that is chosen', async () => {
      const { boxes } = panel.said.find(({ kind }) => kind === 'picture') as { readonly boxes?: readonly string[] };
      const count = code.shown.length;
      panel.hear({ kind: 'chosen', box: boxes!.at(-1) });
      const shown = await eventually(() => code.shown[count]);
      expect(document.getText(shown.selection as never)).to.match(/^(fc3: )?linear 84->10$/);
    });

    it('follows the cursor into another net, and stays there while it is in none', async () => {
      code.type(document, `${text}block Half {\n  relu\n}\nnet Second(x: [4]) {\n  tanh\n}\n`);
      code.moveTo(13, 3);
      await eventually(() => (panel.title === 'Second' ? panel : undefined));
      const { length } = panel.said;
      code.moveTo(10, 3);
      await eventually(() => (panel.said.slice(length).some(({ kind }) => kind === 'note') ? panel : undefined));
      expect(panel.title).to.equal('Second');
    });

    it('keeps the last picture while there is none, and draws the next', async () => {
      code.type(document, 'net LeNet(image: [3');
      await eventually(() => panel.said.find(({ kind, text }) => kind === 'note' && text !== ''));
      code.type(document, text.replaceAll('LeNet', 'Other'));
      await eventually(() => (panel.title === 'Other' ? panel : undefined));
    });

    it('is drawn again when what the net imports is another', async () => {
      const part = code.load('file:///part.net', 'netc', 'block Part in->out { linear in->out }\n');
      code.type(document, 'import Part from "./part.net"\nnet Whole(x: [4]) { Part 4->8 }\n');
      await eventually(() => (panel.title === 'Whole' ? panel : undefined));
      code.type(part, 'block Part in->out { linear in->out | linear ->33 }\n');
      const isNew = ({ kind, svg }: Panel['said'][number]) => kind === 'picture' && String(svg).includes('[33]');
      await eventually(() => panel.said.find(isNew));
    });
  });

  it('starts the server anew', async () => {
    await code.run('netc.restart');
    await code.run('netc.compile');
    expect(code.shown.at(-1)?.document.getText()).to.include('export function load');
  });
});

/** Nothing runs or styles a page but what bears its nonce, and nothing is loaded from elsewhere. */
function expectStrict(html: string): void {
  const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(html)?.[1] ?? '';
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
  expect(nonce).to.have.length.greaterThan(20);
  for (const part of policy.split('; '))
    expect(part).to.be.oneOf(["default-src 'none'", `style-src 'nonce-${nonce}'`, `script-src 'nonce-${nonce}'`]);
  expect(policy).to.include("default-src 'none'");
  for (const [tag] of html.matchAll(/<(?:script|style|link)\b[^>]*>/g)) expect(tag).to.include(`nonce="${nonce}"`);
  expect(html).not.to.match(/<[^>]+\s(?:on\w+|style)\s*=/i);
  expect(html).not.to.include('javascript:');
  for (const [, url] of html.matchAll(/\b(?:src|href)="([^"]*)"/g)) expect(url).to.match(/^https:\/\/media\.test\//);
}

/** Waits for what comes soon. */
async function eventually<Value>(look: () => Value | undefined): Promise<Value> {
  for (let times = 0; times < 500; times++) {
    const found = look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('it did not come');
}

class NoCancellation implements vscode.CancellationToken {
  readonly isCancellationRequested = false;
  readonly onCancellationRequested = () => ({ dispose() {} });
}
