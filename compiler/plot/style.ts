/** Colours of plots, each for light and for dark surroundings. Plots are drawn in the light ones. */
export const inks = {
  text: { light: '#1f2933', dark: '#e6e9ee' },
  /** Of what is said beside: shapes, ticks, options. */
  quiet: { light: '#5d6b7a', dark: '#a3afbd' },
  line: { light: '#8795a5', dark: '#738091' },
  /** Grids and borders. */
  faint: { light: '#dde3ea', dark: '#39434f' },
  surface: { light: '#f4f7fa', dark: '#1d252f' },
  accent: { light: '#2563b0', dark: '#79b0f2' },
  accentSurface: { light: '#e3edf9', dark: '#1c3350' },
  second: { light: '#c2560c', dark: '#f0a46a' },
} as const;

/** Their signs are all 0.6 of the size wide, on every system, so that what is laid out here fits there. */
export const fonts = "ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace";
export const signWidth = 0.6;

/**
 * Says who made a picture, in the words that netc knows its files by, and lets it follow the reader's choice of light or dark:
 * colours stand in attributes, and style rules go before those.
 */
export function finishSvg(svg: string, title: string): string {
  const rules = Object.values(inks).flatMap(({ light, dark }) => [
    `[fill="${light}"]{fill:${dark}}`,
    `[stroke="${light}"]{stroke:${dark}}`,
  ]);
  const style = `<style>@media (prefers-color-scheme:dark){${rules.join('')}}</style>`;
  const from = svg.indexOf('<svg');
  const inside = svg.indexOf('>', from) + 1;
  return `<!-- Drawn by netc -->\n${svg.slice(from, inside)}<title>${escapeXml(title)}</title>${style}${svg.slice(inside).trimEnd()}\n`;
}

export function escapeXml(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (sign) => entities[sign]!).replace(/\p{Cc}/gu, '\ufffd');
}
