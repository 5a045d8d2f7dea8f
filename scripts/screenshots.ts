/**
 * `npm run generate:screenshots`: the pictures of the playground that the README shows, taken of the real page in Debian's
 * Chromium. They are made by hand now and then, since no two versions of a browser draw the same pixels.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { buildPlayground } from '../editor/playground/build.ts';
import { serve } from '../editor/playground/serve.ts';

const folder = mkdtempSync(join(tmpdir(), 'netc-screenshots-'));
await buildPlayground(folder);
const { url, server } = await serve(folder);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });

await picture('mistake', 'light', '#example=mistake.net', async (page) => {
  await page.locator('.cm-lintRange-error').click();
  await page.locator('#problems .fix').first().waitFor();
  // Away from the mistake, where the tooltip would hide what it speaks of.
  await page.mouse.move(320, 600);
});
await picture('digit', 'dark', '#example=digits.net', async (page) => {
  await page.getByRole('tab', { name: 'Draw' }).click();
  await seven(page);
});

await browser.close();
server.close();
rmSync(folder, { recursive: true });

/** One picture, once the page has come to rest. */
async function picture(
  name: string,
  colorScheme: 'light' | 'dark',
  fragment: string,
  prepare: (page: Page) => Promise<void>,
): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 760 }, colorScheme, reducedMotion: 'reduce' });
  await page.goto(`${url}${fragment}`);
  await prepare(page);
  await page.waitForTimeout(1500);
  await page.screenshot({ path: `docs/pictures/playground-${name}.png` });
  await page.close();
}

/** Draws a seven with the mouse, as a hand would. */
async function seven(page: Page): Promise<void> {
  const canvas = page.locator('canvas').first();
  const box = (await canvas.boundingBox())!;
  const at = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...at(0.28, 0.24));
  await page.mouse.down();
  await page.mouse.move(...at(0.72, 0.22), { steps: 12 });
  await page.mouse.move(...at(0.45, 0.82), { steps: 16 });
  await page.mouse.up();
}
