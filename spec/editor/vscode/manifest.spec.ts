import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { semanticTokens, snapshot, tokenModifiers, tokenTypes } from '../../../compiler/ide.ts';
import { defaultSettings } from '../../../editor/server/protocol.ts';
import { parse } from '../../../grammar/parse.ts';

const folder = 'editor/vscode';
const read = (path: string) => readFileSync(`${folder}/${path}`, 'utf8');
const json = (path: string) => JSON.parse(read(path));

describe('the manifest of the extension', () => {
  const manifest = json('package.json');
  const { contributes } = manifest;
  const readme = read('README.md');
  const sources = readdirSync(`${folder}/src`, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => read(`src/${path}`))
    .join('\n');
  const commands: readonly { readonly command: string; readonly title: string }[] = contributes.commands;

  it('names files that are there', () => {
    const [language] = contributes.languages;
    const paths = [
      manifest.icon,
      language.configuration,
      language.icon.light,
      language.icon.dark,
      ...contributes.grammars.map(({ path }: { readonly path: string }) => path),
      ...contributes.snippets.map(({ path }: { readonly path: string }) => path),
    ];
    for (const path of paths) expect(existsSync(`${folder}/${path}`), path).to.equal(true);
  });

  it('announces each command of a menu or a key, and tells of it in the readme', () => {
    const announced = commands.map(({ command }) => command);
    const used = [...Object.values(contributes.menus).flat(), ...contributes.keybindings] as typeof commands;
    for (const { command } of used) expect(announced).to.include(command);
    for (const { command, title } of commands) {
      expect(sources).to.include(`'${command}'`);
      expect(readme).to.include(`\`netc: ${title}\``);
    }
  });

  it('is woken by its language, and by a panel that comes back with its window', () => {
    expect(manifest.activationEvents).to.deep.equal(['onWebviewPanel:netc.diagram']);
    expect(sources).to.include("'netc.diagram'");
    expect(contributes.languages[0].id).to.equal('netc');
  });

  it('has the settings of the server with what they are by default, and the readme has them as well', () => {
    const properties: Readonly<Record<string, { readonly default: unknown }>> = contributes.configuration.properties;
    const announced = Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, each.default]));
    expect(announced).to.deep.equal({ ...flat('netc', defaultSettings), 'netc.trace.server': 'off' });
    for (const [name, usual] of Object.entries(announced))
      expect(readme).to.match(new RegExp(`^\\| \`${name}\` \\| \`${JSON.stringify(usual)}\` \\| \\S`, 'm'));
  });

  it('says how each kind of name is coloured that the server tells apart', () => {
    const scopes = Object.keys(contributes.semanticTokenScopes[0].scopes);
    for (const scope of scopes) {
      const [type, ...modifiers] = scope.split('.');
      expect(tokenTypes).to.include(type);
      for (const modifier of modifiers) expect(tokenModifiers).to.include(modifier);
    }
    const text = readFileSync('examples/swin_t.net', 'utf8');
    const found = semanticTokens(snapshot({ name: 'swin_t.net', text }), undefined, { namesOnly: true });
    expect(found).to.not.be.empty;
    for (const type of new Set(found.map((each) => each.type)))
      expect([...scopes, 'keyword', 'number']).to.include(type);
  });

  it('is of the version of the package, and for the VS Code that its types are of', () => {
    const root = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(manifest.version).to.equal(root.version);
    expect(manifest.engines.vscode).to.equal(`^${root.devDependencies['@types/vscode']}`);
  });

  it('has a lock that holds for every registry', () => {
    expect(json('package-lock.json').packages['node_modules/@vscode/vsce'].integrity).to.match(/^sha512-/);
    expect(read('package-lock.json')).not.to.include('"resolved"');
  });
});

/** `{ inlayHints: { enable: true } }` as `netc.inlayHints.enable`. */
function flat(name: string, value: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) =>
      typeof each === 'object' ? Object.entries(flat(`${name}.${key}`, each)) : [[`${name}.${key}`, each]],
    ),
  );
}

describe('the snippets', () => {
  for (const [name, { body }] of Object.entries(
    json('snippets/netc.json') as Record<string, { body: string | string[] }>,
  )) {
    it(`\`${name}\` gives what the parser takes`, () => {
      const text = [body]
        .flat()
        .join('\n')
        .replaceAll(/\$\{\d+:([^}]*)\}/g, '$1')
        .replaceAll(/\$\d+/g, 'relu');
      const isDeclaration = /^(net|block|act|import)\b/.test(text);
      const { faults } = parse({ name: 'x.net', text: isDeclaration ? text : `net A(x: [3]) {\n${text}\n}` });
      expect(faults).to.deep.equal([]);
    });
  }
});

describe('the configuration of the language', () => {
  const { onEnterRules, indentationRules, wordPattern } = json('language-configuration.json');

  it('goes on with a comment of a declaration on the next line', () => {
    const appended = (before: string, after = '') =>
      onEnterRules.find(
        (rule: { readonly beforeText: string; readonly afterText?: string }) =>
          new RegExp(rule.beforeText).test(before) && (!rule.afterText || new RegExp(rule.afterText).test(after)),
      )?.action.appendText;
    expect(appended('## What it is for.')).to.equal('## ');
    expect(appended('  ## What')).to.equal('## ');
    expect(appended('##')).to.equal(undefined);
    expect(appended('## ')).to.equal(undefined);
    expect(appended('# A remark that is cut', ' in two')).to.equal('# ');
    expect(appended('# A remark.')).to.equal(undefined);
    expect(appended('conv 3->6')).to.equal(undefined);
  });

  it('indents what stands in braces', () => {
    const [increase, decrease] = [indentationRules.increaseIndentPattern, indentationRules.decreaseIndentPattern].map(
      (pattern) => new RegExp(pattern),
    );
    for (const line of ['net A(x: [3]) {', 'add {', '  "a": {  # opens', 'if a { relu } else {', 'net A('])
      expect(increase!.test(line), line).to.equal(true);
    for (const line of ['relu', 'add { relu }', '# add {', 'let a = "{"', 'net A(x: [3]) -> [3] { relu }'])
      expect(increase!.test(line), line).to.equal(false);
    for (const line of ['}', '  } else {', ')']) expect(decrease!.test(line), line).to.equal(true);
  });

  it('knows what a word is', () => {
    expect('features.1.{i + 1}: conv 3->w_2 k3x5'.match(new RegExp(wordPattern, 'g'))).to.deep.equal([
      'features',
      '1',
      'i',
      '1',
      'conv',
      '3',
      'w_2',
      'k3x5',
    ]);
  });
});
