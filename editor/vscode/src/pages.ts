import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { themeStyle } from './theme.ts';

/** Of the panels that hold these pages. */
export const iconOf = ({ extensionUri }: vscode.ExtensionContext): vscode.Uri =>
  vscode.Uri.joinPath(extensionUri, 'icons', 'netc.svg');

/** The page of the preview: its script draws what the panel tells it. */
export function previewPage(webview: vscode.Webview, media: vscode.Uri): string {
  const source = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(media, name)).toString();
  const nonce = newNonce();
  return page({
    title: 'Diagram',
    nonce,
    scripts: true,
    head: `<link rel="stylesheet" nonce="${nonce}" href="${source('style.css')}">`,
    body: `<main id="view" tabindex="0" role="application" aria-label="The diagram of the net. Arrow keys move it, + and − zoom, 0 shows all of it, 1 shows it as it was drawn.">
  <div id="picture"></div>
</main>
<p id="note" role="status" hidden></p>
<nav aria-label="Zoom">
  <button id="out" type="button" title="Zoom out (−)">−</button>
  <button id="fit" type="button" title="Show all (0)"><svg class="icon" width="13" height="13" viewBox="0 0 13 13" aria-hidden="true"><path d="M1 4V1h3M9 1h3v3M12 9v3H9M4 12H1V9"/></svg></button>
  <button id="in" type="button" title="Zoom in (+)">+</button>
</nav>
<script nonce="${nonce}" src="${source('preview.js')}"></script>`,
  });
}

/** A page with one picture, and no script at all. */
export function picturePage(title: string, svg: string): string {
  const nonce = newNonce();
  return page({
    title,
    nonce,
    scripts: false,
    head: `<style nonce="${nonce}">body { display: grid; place-items: center; padding: 1rem; } svg { max-width: 100%; height: auto; }</style>`,
    body: withoutStyle(svg),
  });
}

/** Pictures bring rules for light and dark surroundings, which those of the theme replace. */
export const withoutStyle = (svg: string): string => svg.replaceAll(/<style>.*?<\/style>|<!--.*?-->/gs, '');

interface Page {
  readonly title: string;
  readonly nonce: string;
  readonly scripts: boolean;
  readonly head: string;
  readonly body: string;
}

/** Nothing is loaded from elsewhere, and nothing runs or styles but what bears the nonce of this page. */
function page({ title, nonce, scripts, head, body }: Page): string {
  const policy = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    ...(scripts ? [`script-src 'nonce-${nonce}'`] : []),
  ];
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy.join('; ')}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
${head}
<style nonce="${nonce}">
${themeStyle()}
</style>
</head>
<body>
${body}
</body>
</html>
`;
}

const newNonce = () => randomBytes(16).toString('base64');

const escaped = (text: string) => text.replaceAll(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
