import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';

/** A part of a text with its scopes, the outermost first. */
export interface Coloured {
  readonly start: number;
  readonly end: number;
  readonly scopes: readonly string[];
}

export type Colourer = (text: string) => readonly Coloured[];

const grammars: Readonly<Record<string, string>> = {
  'source.netc': 'editor/vscode/syntaxes/netc.tmLanguage.json',
  'markdown.netc.codeblock': 'editor/vscode/syntaxes/netc.markdown.tmLanguage.json',
};

/** Colours texts as VS Code does: with its own libraries, line by line. */
export async function colourer(scopeName = 'source.netc'): Promise<Colourer> {
  await loaded;
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (name) => {
      const path = grammars[name];
      return path === undefined ? null : textmate.parseRawGrammar(readFileSync(path, 'utf8'), path);
    },
  });
  const grammar = await registry.loadGrammar(scopeName);
  if (!grammar) throw new Error(`there is no grammar ${scopeName}`);
  return (text) => {
    const coloured: Coloured[] = [];
    let stack = textmate.INITIAL;
    let offset = 0;
    for (const [line, end] of linesOf(text)) {
      const { tokens, ruleStack } = grammar.tokenizeLine(line, stack);
      stack = ruleStack;
      for (const { startIndex, endIndex, scopes } of tokens) {
        coloured.push({ start: offset + startIndex, end: offset + Math.min(endIndex, line.length), scopes });
      }
      offset += line.length + end.length;
    }
    return coloured;
  };
}

const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');
const loaded = oniguruma.loadWASM(readFileSync(wasm));

/** Lines with what ends them. */
function linesOf(text: string): readonly (readonly [line: string, end: string])[] {
  return [...text.matchAll(/([^\r\n]*)(\r\n|\n|\r|$)/g)].map(([, line, end]) => [line!, end!] as const);
}
