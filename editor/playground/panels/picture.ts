import { inks } from '../../../compiler/index.ts';

/**
 * A picture that netc drew, as a part of the page: it follows the page's own switch between light and dark rather than the
 * system's. Its colours are attributes, which rules of the page go before.
 */
export function pictureOf(svg: string): SVGSVGElement {
  const { documentElement } = new DOMParser().parseFromString(svg, 'image/svg+xml');
  for (const each of documentElement.querySelectorAll('style, script')) each.remove();
  const picture = document.importNode(documentElement, true) as Element as SVGSVGElement;
  picture.classList.add('picture');
  useInks();
  return picture;
}

let isUsed = false;

function useInks(): void {
  if (isUsed) return;
  isUsed = true;
  const rules = Object.values(inks).flatMap(({ light, dark }) =>
    ['fill', 'stroke'].map((name) => `.picture [${name}="${light}"] { ${name}: light-dark(${light}, ${dark}) }`),
  );
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules.join('\n'));
  document.adoptedStyleSheets.push(sheet);
}

/** Offers a text as a file. */
export function download(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to read it when this is called.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
