/** `tsx editor/vscode/scripts/icon.ts`: draws the icon of the extension as the bitmap that marketplaces want. */
import { readFileSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const folder = new URL('../icons/', import.meta.url);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 256, height: 256 } });
await page.setContent(`<style>body { margin: 0 }</style>${readFileSync(new URL('netc.svg', folder), 'utf8')}`);
writeFileSync(new URL('netc.png', folder), await page.screenshot({ omitBackground: true }));
await browser.close();
