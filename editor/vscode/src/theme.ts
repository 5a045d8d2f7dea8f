import { inks } from '../../../compiler/index.ts';

/** What the inks of pictures are in the colours of the editor's theme, whichever it is. */
const colours: Readonly<Record<keyof typeof inks, string>> = {
  text: 'var(--vscode-editor-foreground)',
  quiet: 'var(--vscode-descriptionForeground)',
  line: 'color-mix(in srgb, var(--vscode-editor-foreground) 45%, var(--vscode-editor-background))',
  faint:
    'var(--vscode-contrastBorder, color-mix(in srgb, var(--vscode-editor-foreground) 18%, var(--vscode-editor-background)))',
  surface: 'color-mix(in srgb, var(--vscode-editor-foreground) 5%, var(--vscode-editor-background))',
  accent: 'var(--vscode-textLink-foreground)',
  accentSurface: 'color-mix(in srgb, var(--vscode-textLink-foreground) 14%, var(--vscode-editor-background))',
  second: 'var(--vscode-charts-orange)',
};

/** Rules that give a picture, whose colours stand in attributes, those of the theme. */
export function themeStyle(): string {
  return Object.entries(inks)
    .flatMap(([ink, { light }]) =>
      ['fill', 'stroke'].map((use) => `[${use}="${light}"]{${use}:${colours[ink as keyof typeof inks]}}`),
    )
    .join('\n');
}
