/**
 * Writes the texts that the compiler carries along as modules, so that it can run where there are no files: what
 * generated code copies, and the prelude. `npm run generate` runs it; a spec sees that it was run.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Node, Project, SyntaxKind } from 'ts-morph';

/** The generated files by path, with the texts that they should have. */
export function embed(): ReadonlyMap<string, string> {
  return new Map([
    ['compiler/4-emit/runtime.generated.ts', declarationsModule('runtime', 'runtime')],
    ['compiler/4-emit/tfjs/support.generated.ts', declarationsModule('compiler/4-emit/tfjs/support', 'support')],
    ['compiler/layers/prelude.generated.ts', preludeModule(readFileSync('compiler/layers/prelude.net', 'utf8'))],
  ]);
}

/** Every declaration of a folder with the names of the others that it needs. */
function declarationsModule(folder: string, name: string): string {
  const project = new Project({ useInMemoryFileSystem: true });
  const paths = readdirSync(folder)
    .filter((path) => path.endsWith('.ts'))
    .sort();
  const sources = paths.map((path) => project.createSourceFile(path, readFileSync(`${folder}/${path}`, 'utf8')));
  const declarations = sources.flatMap((source) =>
    source.getStatements().flatMap((statement) => {
      const own = Node.isVariableStatement(statement)
        ? statement.getDeclarations()[0]?.getName()
        : Node.hasName(statement) && statement.getName();
      return own ? [{ name: own, statement }] : [];
    }),
  );
  const names = new Set(declarations.map(({ name }) => name));
  const rows = declarations.map(({ name, statement }) => {
    const mentioned = statement.getDescendantsOfKind(SyntaxKind.Identifier).map((each) => each.getText());
    const needs = [...new Set(mentioned)].filter((each) => each !== name && names.has(each));
    // A class is what users of generated code catch errors by; all else stays within it. The last comment is the declaration's.
    const code = Node.isClassDeclaration(statement) ? statement.getText() : statement.getText().replace(/^export /, '');
    const doc = Node.isJSDocable(statement) ? statement.getJsDocs().at(-1) : undefined;
    const text = doc ? `${doc.getText()}\n${code}` : code;
    return `  ${name}: {\n    needs: [${needs.map((each) => `'${each}'`).join(', ')}],\n    text: ${template(text)},\n  },\n`;
  });
  return `${header(`${folder}/*.ts`)}export const ${name} = {\n${rows.join('')}} as const;\n`;
}

function preludeModule(text: string): string {
  return `${header('compiler/layers/prelude.net')}export const prelude = ${template(text)};\n`;
}

function header(source: string): string {
  return `// Written from ${source} by scripts/embed.ts. Do not edit; run \`npm run generate\`.\n`;
}

function template(text: string): string {
  return `\`${text.replace(/[\\`]|\$(?=\{)/g, '\\$&')}\``;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, text] of embed()) writeFileSync(path, text);
}
