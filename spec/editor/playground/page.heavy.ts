import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { buildPlayground } from '../../../editor/playground/build.ts';
import { serve } from '../../../editor/playground/serve.ts';
import { toFragment } from '../../../editor/playground/share.ts';
import { drawnDigits } from './drawn-digits.ts';

/**
 * The page in a browser, built as it is published and served with its policy on every response. Whatever it says to the console
 * that is a warning or an error fails the test, so that a breach of the policy does, in a worker too.
 */
describe('the playground', function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'netc-playground-'));
  let browser: Browser;
  let server: Server;
  let url: string;
  let page: Page;
  let said: string[];

  before(async function () {
    this.timeout(300_000);
    // It may stand anywhere.
    await buildPlayground(join(folder, 'some/where'));
    ({ url, server } = await serve(folder));
    url += 'some/where/';
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  });

  after(async () => {
    await browser?.close();
    server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  // --- the text

  on('underlines a mistake while it is typed, and lists it', async () => {
    await open('#example=lenet.net');
    await page.getByText('All shapes fit').waitFor();
    await replace('400->120', '401->120');
    await page.locator('.cm-lintRange-error').waitFor();
    expect(await page.locator('.cm-lintRange-error').textContent()).to.contain('401');
    expect(await page.locator('#tally').textContent()).to.equal('1 error');
    expect(await page.locator('#problems').textContent()).to.contain('400');
    await page.locator('.cm-gutter-lint .cm-lint-marker-error').waitFor();
  });

  on('mends a mistake by the button of its tooltip', async () => {
    await open('#example=mistake.net');
    await page.locator('.cm-lintRange-error').hover();
    await page.locator('.cm-tooltip .cm-diagnosticAction').first().click();
    await page.getByText('All shapes fit').waitFor();
    expect(await text()).to.contain('linear 1600->120');
  });

  on('mends a mistake by the button of the list, and takes it back', async () => {
    await open('#example=mistake.net');
    await page.locator('#problems .fix').first().click();
    await page.getByText('All shapes fit').waitFor();
    await page.locator('.cm-content').press('ControlOrMeta+z');
    await page.getByText('1 error').waitFor();
    expect(await text()).to.contain('linear 400->120');
  });

  on('goes to a cause from the tooltip', async () => {
    await open('#example=mistake.net');
    await page.locator('.cm-lintRange-error').hover();
    await page.locator('.cm-tooltip .fault').getByText('Line 5').click();
    await waitForPlace(/^5:/);
  });

  on('completes what is typed', async () => {
    await open('#example=lenet.net');
    await page.getByText('All shapes fit').waitFor();
    await cursorAfter('flatten');
    await page.keyboard.type(' | gel');
    const choice = page.locator('.cm-tooltip-autocomplete li', { hasText: 'gelu' }).first();
    await choice.waitFor();
    await choice.click();
    await page.getByText('All shapes fit').waitFor();
    expect(await text()).to.contain('flatten | gelu');
  });

  on('says what stands under the pointer', async () => {
    await open('#example=lenet.net');
    await page.locator('.hint').first().waitFor();
    await page.locator('.cm-line .st-function', { hasText: 'maxpool' }).first().hover();
    const tip = page.locator('.cm-lsp-hover-tooltip');
    await tip.waitFor();
    expect(await tip.textContent())
      .to.contain('[6, 28, 28]')
      .and.to.contain('[6, 14, 14]');
  });

  on('shows shapes behind stages, and hides them', async () => {
    await open('#example=lenet.net');
    await page.locator('.hint', { hasText: '[6, 28, 28]' }).waitFor();
    await page.locator('#hints').click();
    await page.locator('.hint').first().waitFor({ state: 'hidden' });
  });

  on('colours names by what they mean', async () => {
    await open('#example=unet.net');
    await page.locator('.st-type', { hasText: 'DoubleConv' }).first().waitFor();
    const colours = await Promise.all(
      ['.st-type', '.st-function', '.st-namespace'].map((selector) =>
        page
          .locator(selector)
          .first()
          .evaluate((each) => getComputedStyle(each).color),
      ),
    );
    expect(new Set(colours).size).to.equal(3);
  });

  on('says what a layer takes while it is written', async () => {
    await open('#example=lenet.net');
    await page.locator('.hint').first().waitFor();
    await cursorAfter('flatten');
    await page.keyboard.type(' | conv ');
    await page.keyboard.press('ControlOrMeta+Shift+Space');
    await page.locator('.cm-lsp-signature', { hasText: /conv.*kernel/ }).waitFor();
  });

  on('formats by its key and by its button', async () => {
    await open('#example=lenet.net');
    await page.getByText('All shapes fit').waitFor();
    await replace('  flatten', '      flatten');
    await page.keyboard.press('Shift+Alt+F');
    await waitForText(/\n {2}flatten\n/);
    await replace('| relu', '|   relu');
    await page.locator('#format').click();
    await waitForText(/k5 \| relu/);
  });

  on('renames by its key', async () => {
    await open('#example=unet.net');
    await page.locator('.hint').first().waitFor();
    await cursorAfter('block DoubleConv');
    await page.keyboard.press('F2');
    await page.locator('.cm-lsp-rename-panel input').fill('Twice');
    await page.keyboard.press('Enter');
    await waitForText(/block Twice in->out/);
    expect(await text()).to.not.contain('DoubleConv');
    await page.getByText('All shapes fit').waitFor();
  });

  on('goes to a definition in another text, and to one that is built in', async () => {
    await open('#example=mobilenet_v2.net');
    await page.locator('.hint').first().waitFor();
    await cursorAfter('import ConvNorm');
    await page.keyboard.press('F12');
    await page.locator('#files [aria-selected=true]', { hasText: 'blocks/mobile.net' }).waitFor();
    expect(await text()).to.contain('block ConvNorm');
    await page.locator('#files').getByText('mobilenet_v2.net').click();
    await page.locator('.st-function', { hasText: 'relu6' }).first().click();
    await page.keyboard.press('F12');
    await page.locator('#files [aria-selected=true]', { hasText: 'prelude.net' }).waitFor();
    expect(await text()).to.contain('act relu6(x)');
  });

  on('checks a text again when what it imports has changed', async () => {
    await open('#example=mobilenet_v2.net');
    await page.getByText('All shapes fit').waitFor();
    await page.locator('#files').getByText('blocks/mobile.net').click();
    await replace('block ConvNorm', 'block ConvNormal');
    await page.locator('#files').getByText('mobilenet_v2.net').click();
    await page.locator('.cm-lintRange-error', { hasText: 'ConvNorm' }).first().waitFor();
  });

  on('offers what can be done at the cursor', async () => {
    await open('#example=mistake.net');
    await page.locator('.cm-lintRange-error').waitFor();
    await cursorAfter('linear 400');
    await page.keyboard.press('ControlOrMeta+.');
    const menu = page.locator('.action-menu');
    await menu.getByRole('menuitem', { name: 'linear 1600->120' }).click();
    await page.getByText('All shapes fit').waitFor();
  });

  // --- what is beside it

  on('draws a diagram, which follows the cursor, and selects what is chosen in it', async () => {
    await open('#example=lenet.net');
    const box = (name: string) => page.locator('.drawing .box', { hasText: name }).first();
    await box('conv2').waitFor();
    await cursorAfter('conv2: con');
    await page.locator('.drawing .box.current', { hasText: 'conv2' }).waitFor();
    await box('fc2').click();
    await waitForPlace(/^7:/);
    expect(await page.locator('.cm-selectionBackground').count()).to.equal(1);
    await page.locator('.drawing .box.current', { hasText: 'fc2' }).waitFor();
    await box('fc1').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await waitForPlace(/^8:/);
    await replace('conv2: conv', 'second: conv');
    await box('second').waitFor();
  });

  on('lists the layers with what they cost, and follows the cursor', async () => {
    await open('#example=lenet.net');
    await page.locator('#tab-layers').click();
    const row = page.locator('#panel-layers tbody tr', { hasText: 'linear 400->120' });
    await row.waitFor();
    expect(await row.locator('td').allTextContents()).to.deep.equal(['linear 400->120', '[120]', '48,120', '48,000']);
    expect(await page.locator('#panel-layers tfoot').textContent())
      .to.contain('62,006')
      .and.to.contain('651,720');
    await cursorAfter('fc1: lin');
    await page.locator('#panel-layers tr.current', { hasText: 'fc1' }).waitFor();
    await page.locator('#panel-layers .path', { hasText: 'conv1' }).click();
    await waitForPlace(/^3:/);
  });

  on('generates code for both targets, and saves it', async () => {
    await open('#example=lenet.net');
    await page.locator('#tab-code').click();
    await page.locator('.generated .cm-line', { hasText: 'export const metadata' }).waitFor();
    expect(await page.locator('.generated').textContent()).to.contain('LeNet, compiled from lenet.net by netc');
    const download = page.waitForEvent('download');
    await page.locator('#panel-code').getByText('Download').click();
    expect((await download).suggestedFilename()).to.equal('lenet.ts');
    await page.locator('#panel-code').getByText('TensorFlow.js').click();
    await page.locator('.generated .cm-line', { hasText: '@tensorflow/tfjs' }).waitFor();
  });

  on('copies the code', async () => {
    await open('#example=lenet.net', { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.locator('#tab-code').click();
    await page.locator('.generated .cm-line', { hasText: 'export const metadata' }).waitFor();
    await page.locator('#panel-code').getByText('Copy').click();
    await page.getByText('Copied').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).to.match(/^\/\/ LeNet, compiled from/);
  });

  on('says why there is no code', async () => {
    await open('#example=unet.net');
    await page.locator('#tab-code').click();
    await page.locator('#panel-code .note:not(:text("Loading"))').waitFor();
    expect(await page.locator('#panel-code .note').textContent()).to.match(/H/);
  });

  on('plots activations: by name, by formula, and those of the text', async () => {
    await open('#example=activation.net');
    await page.locator('#tab-activation').click();
    await page.locator('.plot svg', { hasText: 'gelu' }).waitFor();
    await page.locator('#activation').fill('x > 1 ? x : x * x');
    await page.locator('.plot svg', { hasText: 'slope' }).waitFor();
    await page.locator('.chip', { hasText: 'squareplus' }).click();
    await page.locator('.plot svg', { hasText: 'squareplus' }).waitFor();
    await page.locator('#activation').fill('x * sigmod(x)');
    await page.locator('#panel-activation .note', { hasText: 'sigmoid' }).waitFor();
    expect(await page.locator('#activation').getAttribute('aria-invalid')).to.equal('true');
  });

  // --- digits

  for (const [digit, strokes] of drawnDigits.entries()) {
    if (![3, 7].includes(digit)) continue;
    on(`reads a ${digit} that is drawn, and shows what each layer makes of it`, async () => {
      await open('');
      await draw(strokes);
      await page.locator('.digit', { hasText: String(digit) }).waitFor();
      expect(await page.locator('.bars .best .name').textContent()).to.equal(String(digit));
      expect(await page.locator('.reader').textContent()).to.match(/module that netc compiled reads it in [\d.]+ ms/);
      expect(await page.locator('.stage').count()).to.equal(11);
      expect(await page.locator('.maps canvas').count()).to.equal(6 + 6 + 6 + 16 + 16 + 16 + 1 + 1 + 1 + 1 + 1);
      const kinds = await page.locator('.maps canvas').evaluateAll((canvases) =>
        canvases.map((canvas) => {
          const { width, height } = canvas as HTMLCanvasElement;
          const { data } = (canvas as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height);
          return new Set(new Uint32Array(data.buffer)).size;
        }),
      );
      expect(kinds.filter((count) => count > 3).length).to.be.greaterThan(50);
    });
  }

  on('begins a new drawing after it is cleared, and shows digits of others', async () => {
    await open('');
    await page.locator('.digit', { hasText: '7' }).waitFor();
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.locator('.digit:empty').waitFor({ state: 'attached' });
    for (const digit of [0, 1, 4]) {
      await page.getByRole('button', { name: `A ${digit} that somebody wrote` }).click();
      await page.locator('.digit', { hasText: String(digit) }).waitFor();
    }
  });

  on('lets an edited network read, as long as the weights fit', async () => {
    await open('');
    await page.locator('.digit', { hasText: '7' }).waitFor();
    await replace('hswish', 'relu');
    await page.locator('.reader', { hasText: 'Your own network reads it' }).waitFor();
    await page.locator('.stage', { hasText: 'relu' }).waitFor();
    await draw(drawnDigits[1]!);
    await page.locator('.digit', { hasText: '1' }).waitFor();
    await replace('120->84', '120->83');
    await page.locator('.reader.other', { hasText: 'mistakes' }).waitFor();
    await replace('84->10', '83->10');
    await page.locator('.reader.other', { hasText: 'The weights do not fit any more' }).waitFor();
    await page.getByRole('button', { name: 'Open it' }).click();
    await page.locator('.reader', { hasText: 'The module that netc compiled' }).waitFor();
  });

  // --- the page

  on('opens every example without a mistake but the one', async () => {
    await open('');
    const names = await page
      .locator('[data-example]')
      .evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset.example!));
    expect(names.length).to.be.greaterThan(25);
    for (const name of names) {
      await page.locator('#choose').click();
      await page.locator(`[data-example="${name}"]`).click();
      await page.locator('#examples').waitFor({ state: 'hidden' });
      await page.locator(`.cm-content[aria-label*="${name}"]`).waitFor();
      await page.locator('.hint, .cm-lintRange').first().waitFor();
      await page.locator('#tally', { hasText: name === 'mistake.net' ? '1 error' : 'All shapes fit' }).waitFor();
    }
  });

  on('shares a text by a link, with what it imports', async () => {
    await open('#example=mobilenet_v2.net', { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByText('All shapes fit').waitFor();
    await replace('let classes = 1000', 'let classes = 7');
    await page.locator('#files').getByText('blocks/mobile.net').click();
    await replace('block ConvNorm', '# mine\nblock ConvNorm');
    await page.locator('#share').click();
    await page.getByText('Link copied').waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    await page.context().close();
    await open(link.slice(url.length));
    await page.getByText('All shapes fit').waitFor();
    expect(await text()).to.contain('let classes = 7');
    await page.locator('#files').getByText('blocks/mobile.net').click();
    expect(await text()).to.contain('# mine');
  });

  on('begins with its example where a link holds nothing that can be read', async () => {
    await open('#code=AAAA');
    await page.getByText('All shapes fit').waitFor();
    expect(await text()).to.contain('net Digits');
  });

  on('runs nothing that stands in a shared text', async () => {
    const evil =
      '## <img src=x onerror="document.title=1"> <script>document.title = 2</script> [a](javascript:alert(1))';
    const texts = { 'a.net': `${evil}\nblock Evil { relu }\nnet A(x: [3]) { Evil }\n` };
    await open(`#${toFragment({ main: 'a.net', texts })}`);
    await page.locator('.st-type', { hasText: 'Evil' }).last().hover();
    const tip = page.locator('.cm-lsp-hover-tooltip');
    await tip.waitFor();
    expect(await tip.locator('img, script, [onerror], [href]').count()).to.equal(0);
    expect(await tip.textContent()).to.contain('<img src=x onerror');
    expect(await page.title()).to.equal('netc playground');
  });

  on('keeps what was written for the next time', async () => {
    await open('');
    await page.getByText('All shapes fit').waitFor();
    await replace('dropout 0.2', 'dropout 0.3');
    await page.waitForFunction(() => localStorage.getItem('netc.draft')?.includes('dropout 0.3'));
    await page.reload();
    await waitForText(/dropout 0\.3/);
  });

  on('leads back from an example to what was written', async () => {
    await open('');
    await page.getByText('All shapes fit').waitFor();
    await replace('dropout 0.2', 'dropout 0.3');
    await page.locator('#choose').click();
    await page.locator('[data-example="unet.net"]').click();
    await waitForText(/net UNet/);
    await page.goBack();
    await waitForText(/dropout 0\.3/);
  });

  on('begins anew where a draft cannot be read', async () => {
    await open('');
    await page.evaluate(() => localStorage.setItem('netc.draft', '{'));
    await page.reload();
    await waitForText(/net Digits/);
    await page.getByText('All shapes fit').waitFor();
  });

  on('finds no file where an import names something of the page itself', async () => {
    await open(
      `#${toFragment({ main: 'a.net', texts: { 'a.net': 'import B from "constructor"\nnet A(x: [3]) { B }\n' } })}`,
    );
    await page.locator('#problems').getByText('does not say where').waitFor();
  });

  on('counts hints', async () => {
    const text = 'act swish(x, beta = 1) = x * sigmoid(beta * x)\nnet A(x: [3]) { swish }\n';
    await open(`#${toFragment({ main: 'a.net', texts: { 'a.net': text } })}`);
    await page.getByText('1 hint').waitFor();
  });

  on('is light or dark as the system is, until somebody chooses', async () => {
    await open('', { colorScheme: 'dark' });
    expect(await brightness()).to.be.lessThan(60);
    await page.locator('#theme').click();
    expect(await brightness()).to.be.greaterThan(240);
    await page.reload();
    expect(await brightness()).to.be.greaterThan(240);
    await page.locator('#theme').click();
    expect(await brightness()).to.be.lessThan(60);
    await page.locator('#tab-diagram').click();
    await page.locator('.drawing rect').first().waitFor();
    const fill = await page
      .locator('.drawing .box rect')
      .first()
      .evaluate((rect) => getComputedStyle(rect).fill);
    expect(Math.max(...numbers(fill))).to.be.lessThan(90);
  });

  on('can be used by the keys alone', async () => {
    await open('#example=lenet.net');
    await page.getByText('All shapes fit').waitFor();
    await page.locator('body').press('Tab');
    expect(await focused()).to.equal('Skip to the editor');
    await page.keyboard.press('Enter');
    await page.locator('.cm-editor.cm-focused').waitFor();
    await page.keyboard.press('Tab');
    expect(await text()).to.match(/^ {2}##/);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    await page.locator('.cm-editor:not(.cm-focused)').first().waitFor();
    await page.locator('#tab-diagram').focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('#tab-layers').getAttribute('aria-selected')).to.equal('true');
    await page.locator('#panel-layers table').waitFor();
    await page.keyboard.press('End');
    expect(await page.locator('#tab-activation').getAttribute('aria-selected')).to.equal('true');
    await page.locator('#splitter').focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('#splitter').getAttribute('aria-valuenow')).to.equal('52');
    await page.locator('#choose').press('Enter');
    await page.locator('#examples[open]').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('#examples').waitFor({ state: 'hidden' });
    expect(await focused()).to.contain('LeNet');
  });

  on('works on a telephone, where text and results take turns, and a finger draws', async () => {
    await open('', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    await page.getByText('All shapes fit').waitFor();
    expect(await page.locator('.results').isVisible()).to.equal(false);
    await page.locator('.sides').getByText('Results').tap();
    expect(await page.locator('.text').isVisible()).to.equal(false);
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(await overflow()).to.equal(0);
    await drawByTouch(drawnDigits[7]!);
    await page.locator('.digit', { hasText: '7' }).waitFor();
    for (const tab of ['diagram', 'layers', 'activation']) {
      await page.locator(`#tab-${tab}`).tap();
      await page.locator(`#panel-${tab} :is(svg, table)`).first().waitFor();
      expect(await overflow(), tab).to.equal(0);
    }
    await page.locator('#choose').tap();
    await page.locator('[data-example="mistake.net"]').tap();
    await page.locator('.sides').getByText('Text').tap();
    await page.locator('#problems .fix').first().tap();
    await page.getByText('All shapes fit').waitFor();
  });

  // --- how it is driven

  /** A test that also fails for what the page says to the console. */
  function on(title: string, test: () => Promise<void>): void {
    it(title, async () => {
      try {
        await test();
      } finally {
        await page.context().close();
      }
      expect(said, 'what the page said to the console').to.deep.equal([]);
    });
  }

  async function open(path: string, options: BrowserContextOptions = {}): Promise<void> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    page = await context.newPage();
    page.setDefaultTimeout(60_000);
    said = [];
    page.on('console', (message) => {
      if (['warning', 'error'].includes(message.type())) said.push(message.text());
    });
    page.on('pageerror', (error) => said.push(error.message));
    await page.goto(`${url}${path}`);
    await page.locator('.cm-content').first().waitFor();
  }

  function text(): Promise<string> {
    return page.locator('#editor .cm-content').evaluate((content) =>
      [...content.querySelectorAll('.cm-line')]
        .map((line) => {
          const own = line.cloneNode(true) as HTMLElement;
          for (const hint of own.querySelectorAll('.hint')) hint.remove();
          return own.textContent;
        })
        .join('\n'),
    );
  }

  async function waitForText(pattern: RegExp): Promise<void> {
    for (let round = 0; round < 100; round++) {
      if (pattern.test(await text())) return;
      await page.waitForTimeout(50);
    }
    expect(await text()).to.match(pattern);
  }

  async function waitForPlace(pattern: RegExp): Promise<void> {
    await page.locator('#place', { hasText: pattern }).waitFor();
  }

  function focused(): Promise<string> {
    return page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
  }

  /** Puts the cursor behind the first place where the text says this. */
  async function cursorAfter(wanted: string): Promise<void> {
    const { x, y } = await placeOf(wanted, wanted.length);
    await page.mouse.click(x, y);
  }

  async function replace(before: string, after: string): Promise<void> {
    const from = await placeOf(before, 0);
    await page.mouse.click(from.x, from.y);
    const to = await placeOf(before, before.length);
    await page.keyboard.down('Shift');
    await page.mouse.click(to.x, to.y);
    await page.keyboard.up('Shift');
    await page.keyboard.insertText(after);
    // What could be completed is not asked for.
    await page.keyboard.press('Escape');
  }

  /** Where on the screen a part of the text stands that is in one line, at its first letter or behind one of the others. */
  async function placeOf(wanted: string, letter: number): Promise<{ x: number; y: number }> {
    const place = await page.locator('#editor .cm-content').evaluate(
      (content, [words, index]) => {
        for (const line of content.querySelectorAll('.cm-line')) {
          const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
          const letters: { readonly node: Node; readonly offset: number }[] = [];
          let said = '';
          while (walker.nextNode()) {
            const node = walker.currentNode;
            if (node.parentElement!.closest('.hint')) continue;
            said += node.textContent;
            for (let offset = 0; offset < node.textContent!.length; offset++) letters.push({ node, offset });
          }
          const start = said.indexOf(words);
          if (start < 0) continue;
          const isBehind = index > 0;
          const { node, offset } = letters[start + index - (isBehind ? 1 : 0)]!;
          const range = document.createRange();
          range.setStart(node, offset);
          range.setEnd(node, offset + 1);
          const box = range.getBoundingClientRect();
          return { x: isBehind ? box.right - 1 : box.left + 1, y: (box.top + box.bottom) / 2 };
        }
        return undefined;
      },
      [wanted, letter] as const,
    );
    if (!place) throw new Error(`the text does not say ${wanted}`);
    return place;
  }

  async function draw(strokes: (typeof drawnDigits)[number]): Promise<void> {
    const { x, y, width } = (await page.locator('.sheet-of-paper').boundingBox())!;
    for (const [first, ...rest] of strokes) {
      await page.mouse.move(x + (first!.x * width) / 280, y + (first!.y * width) / 280);
      await page.mouse.down();
      for (const point of rest) await page.mouse.move(x + (point.x * width) / 280, y + (point.y * width) / 280);
      await page.mouse.up();
    }
  }

  async function drawByTouch(strokes: (typeof drawnDigits)[number]): Promise<void> {
    const { x, y, width } = (await page.locator('.sheet-of-paper').boundingBox())!;
    const finger = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', point?: { x: number; y: number }) =>
      finger.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: point ? [{ x: x + (point.x * width) / 280, y: y + (point.y * width) / 280 }] : [],
      });
    for (const [first, ...rest] of strokes) {
      await touch('touchStart', first);
      for (const point of rest) await touch('touchMove', point);
      await touch('touchEnd');
    }
    // The browser takes a touch right behind a stroke for a part of that gesture, and not for a tap.
    await page.waitForTimeout(500);
  }

  async function brightness(): Promise<number> {
    const colour = await page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor);
    return Math.max(...numbers(colour));
  }

  function numbers(colour: string): number[] {
    return colour.match(/\d+/g)!.map(Number);
  }
});
