import { inks } from '../../../compiler/index.ts';

/** So much of the text's colour in that of the paper. */
const shade = (percent: number, ink = 'var(--vscode-editor-foreground)') =>
  `color-mix(in srgb, ${ink} ${percent}%, var(--vscode-editor-background))`;

const accent = 'var(--vscode-textLink-foreground)';

/** What the inks of pictures are in the colours of the editor's theme, whichever it is. */
const colours: Readonly<Record<keyof typeof inks, string>> = {
  text: 'var(--vscode-editor-foreground)',
  quiet: 'var(--vscode-descriptionForeground)',
  line: shade(45),
  faint: shade(18),
  surface: shade(5),
  accent,
  accentSurface: shade(14, accent),
  second: 'var(--vscode-charts-orange)',
};

/** Rules that give a picture, whose colours stand in attributes, those of the theme. */
export function themeStyle(): string {
  const rules = Object.entries(inks).flatMap(([ink, { light }]) => {
    const colour = colours[ink as keyof typeof inks];
    return [`[fill="${light}"]{fill:${colour}}`, `[stroke="${light}"]{stroke:${colour}}`];
  });
  // Where contrast is high, borders and lines have colours of their own.
  const borders = [inks.faint, inks.line].map(
    ({ light }) => `[stroke="${light}"]{stroke:var(--vscode-contrastBorder,currentColor)}`,
  );
  return [...rules, ...borders.map((rule) => `.vscode-high-contrast ${rule}`)].join('\n');
}
