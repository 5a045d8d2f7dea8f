import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Browser, chromium, type Page } from 'playwright-core';
import type * as vscode from 'vscode';
import { buildExtension } from '../../../editor/vscode/scripts/build.ts';
import { type Document, type Panel, StandIn } from './stand-in.ts';

const pictures = '.cache/vscode';
const text = readFileSync('examples/unet.net', 'utf8');

/** The page of the preview in a real browser, told by the real extension what the real server says. */
describe('the page of the preview', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netc-vscode-'));
  const code = new StandIn();
  const complaints: string[] = [];
  let subscriptions: vscode.Disposable[] = [];
  let document: Document;
  let panel: Panel;
  let browser: Browser;
  let page: Page;

  before(async () => {
    await buildExtension(join(folder, 'dist'));
    cpSync('editor/vscode/package.json', join(folder, 'package.json'));
    document = code.open('file:///unet.net', text);
    subscriptions = await code.activate(folder);
    await code.run('netc.diagram');
    panel = code.panels.at(-1)!;

    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
    page = await browser.newPage({ viewport: { width: 620, height: 760 } });
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.route('https://media.test/**', (route) =>
      route.fulfill({ path: new URL(route.request().url()).pathname }),
    );
    await page.route('https://page.test/', (route) =>
      route.fulfill({ body: panel.webview.html, contentType: 'text/html' }),
    );
    await page.exposeFunction('hear', (message: object) => panel.hear(message));
    await page.addInitScript(`window.acquireVsCodeApi = () => ({ postMessage: (message) => window.hear(message) });`);
    panel.onDidSay((message) => page.evaluate((said) => window.postMessage(said), message));
    await page.goto('https://page.test/');
    await wear('dark');
    await page.waitForSelector('#picture svg');
  });

  after(async () => {
    await browser.close();
    for (const each of subscriptions) await each.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  it('marks the box of the stage at the cursor in the colours of the theme', async () => {
    moveTo('maxpool 2');
    const here = page.locator('.here');
    await here.first().waitFor();
    expect(await here.count()).to.equal(1);
    expect(await here.textContent()).to.include('maxpool');
    const stroke = await here
      .locator('[stroke]')
      .first()
      .evaluate((part) => getComputedStyle(part).stroke);
    expect(stroke).to.equal('rgb(0, 127, 212)');
    await screenshot('dark');
  });

  it('brings it into sight', async () => {
    await page.keyboard.press('0');
    for (let times = 0; times < 8; times++) await page.keyboard.press('+');
    moveTo('conv 16->2 k1');
    const here = page.locator('.here', { hasText: '16->2' });
    await here.waitFor();
    await page.waitForTimeout(300);
    const { x, y, width, height } = (await here.boundingBox())!;
    expect(y).to.be.within(0, 760 - height);
    expect(x).to.be.within(-width, 620);
  });

  it('follows into the boxes of a block, all of them', async () => {
    moveTo('conv in->out');
    await page.waitForFunction(() => globalThis.document.querySelectorAll('.here').length > 1);
  });

  it('selects the text of a box that is clicked, or chosen by a key', async () => {
    await page.keyboard.press('0');
    await page.waitForTimeout(300);
    const box = page.locator('.box', { hasText: 'maxpool' }).first();
    await box.click();
    await until(() => code.shown.length > 0);
    expect(document.getText(code.shown.at(-1)!.selection as never)).to.match(/^maxpool 2/);
    await page.locator('.box', { hasText: '16->2' }).focus();
    await page.keyboard.press('Enter');
    await until(() => code.shown.length > 1);
    expect(document.getText(code.shown.at(-1)!.selection as never)).to.equal('head: conv 16->2 k1');
  });

  it('is moved and enlarged by mouse and keys', async () => {
    const svg = page.locator('#picture svg');
    const before = (await svg.boundingBox())!;
    await page.mouse.move(300, 300);
    await page.mouse.down();
    await page.mouse.move(340, 320, { steps: 4 });
    await page.mouse.up();
    const dragged = (await svg.boundingBox())!;
    expect(dragged.x - before.x).to.be.closeTo(40, 1);
    expect(dragged.y - before.y).to.be.closeTo(20, 1);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -100);
    await page.keyboard.up('Control');
    await page.waitForFunction(
      (width) => globalThis.document.querySelector('svg')!.getBoundingClientRect().width > width,
      dragged.width,
    );
    const zoomed = (await svg.boundingBox())!;
    // What lay under the pointer lies there still.
    const under = (box: typeof zoomed) => (340 - box.x) / box.width;
    expect(under(zoomed)).to.be.closeTo(under(dragged), 0.01);
    await page.mouse.wheel(0, 50);
    await page.waitForFunction(
      (y) => Math.abs(globalThis.document.querySelector('svg')!.getBoundingClientRect().y - y) < 1,
      zoomed.y - 50,
    );
    await page.getByRole('button', { name: '+' }).click();
    expect((await svg.boundingBox())!.width).to.be.greaterThan(zoomed.width);
    expect(code.shown).to.have.lengthOf(2);
  });

  it('keeps the picture, with a note, while the text is broken', async () => {
    await page.keyboard.press('0');
    code.type(document, text.replace('conv 16->2 k1', 'conv 16->'));
    await page.locator('#note').waitFor();
    expect(await page.locator('.box', { hasText: '16->2' }).count()).to.equal(1);
    await page.keyboard.press('1');
    await screenshot('broken');
    code.type(document, text);
    await page.locator('#note').waitFor({ state: 'hidden' });
  });

  it('wears every theme', async () => {
    for (const theme of ['light', 'contrast'] as const) {
      await wear(theme);
      moveTo('maxpool 2');
      await page.locator('.here').first().waitFor();
      await page.keyboard.press('1');
      await screenshot(theme);
      const [paper, ink] = await page.evaluate(() => [
        getComputedStyle(globalThis.document.body).backgroundColor,
        getComputedStyle(globalThis.document.querySelector('svg text')!).fill,
      ]);
      expect(paper).to.equal(theme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(0, 0, 0)');
      expect(ink).not.to.equal(paper);
    }
  });

  it('gives the browser nothing to complain of', () => {
    expect(complaints).to.deep.equal([]);
  });

  function moveTo(stage: string): void {
    const { line, character } = document.positionAt(text.indexOf(stage) + 2);
    code.moveTo(line, character);
  }

  async function screenshot(name: string): Promise<void> {
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: `${pictures}/${name}.png` });
  }

  /** As VS Code says it to its pages: by a class of the body and by variables. */
  async function wear(theme: keyof typeof themes): Promise<void> {
    await page.evaluate(
      ([kind, variables]) => {
        const { body, documentElement } = globalThis.document;
        body.className = kind;
        documentElement.removeAttribute('style');
        for (const [name, value] of Object.entries(variables))
          documentElement.style.setProperty(`--vscode-${name}`, value);
      },
      [themes[theme].kind, themes[theme].variables] as const,
    );
  }
});

const fonts = { 'font-family': 'system-ui, sans-serif', 'font-size': '13px' };

/** Some colours of VS Code's own themes. */
const themes = {
  dark: {
    kind: 'vscode-dark',
    variables: {
      ...fonts,
      'editor-background': '#1f1f1f',
      'editor-foreground': '#cccccc',
      descriptionForeground: '#9d9d9d',
      'textLink-foreground': '#4daafc',
      focusBorder: '#007fd4',
      'charts-orange': '#d18616',
      'editorWidget-background': '#202020',
      'editorWidget-border': '#454545',
      'inputValidation-warningBackground': '#352a05',
      'inputValidation-warningBorder': '#b89500',
    },
  },
  light: {
    kind: 'vscode-light',
    variables: {
      ...fonts,
      'editor-background': '#ffffff',
      'editor-foreground': '#3b3b3b',
      descriptionForeground: '#3b3b3b',
      'textLink-foreground': '#005fb8',
      focusBorder: '#005fb8',
      'charts-orange': '#d18616',
      'editorWidget-background': '#f8f8f8',
      'editorWidget-border': '#c8c8c8',
    },
  },
  contrast: {
    kind: 'vscode-high-contrast',
    variables: {
      ...fonts,
      'editor-background': '#000000',
      'editor-foreground': '#ffffff',
      descriptionForeground: '#ffffff',
      'textLink-foreground': '#21a6ff',
      focusBorder: '#f38518',
      contrastBorder: '#6fc3df',
      contrastActiveBorder: '#f38518',
      'charts-orange': '#d18616',
      'editorWidget-background': '#0c141f',
    },
  },
} as const;

async function until(holds: () => boolean): Promise<void> {
  for (let times = 0; times < 500 && !holds(); times++) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(holds()).to.equal(true);
}
