import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path/posix';

/** About so many lines has each text that is edited. */
const lines = 1000;

/** Blocks and nets as people write them: the examples one after the other, with names of their own for what each declares. */
export function severalNets(): string {
  const common = 'blocks/mobile.net';
  const names = readdirSync('examples').filter((file) => file.endsWith('.net'));
  const texts = [common, ...names].map((name) => readFileSync(`examples/${name}`, 'utf8'));
  // What is imported from the common file stands before.
  const alone = texts
    .map((text) => text.replaceAll(new RegExp(`^import .* from "./${common}"\n`, 'gm'), ''))
    .filter((text) => !text.includes('import '));
  return firstLines([alone[0]!, ...[...alone, ...alone].slice(1).map(withOwnNames)]);
}

function withOwnNames(text: string, number: number): string {
  const declared = [...text.matchAll(/^(?:let|act|block|net) (\w+)/gm)].map((match) => match[1]!);
  // A label may have the same word, which stays.
  const rename = (renamed: string, name: string) =>
    renamed.replaceAll(new RegExp(`\\b${name}\\b(?!:)`, 'g'), `${name}_${number}`);
  return declared.reduce(rename, text);
}

/** One net without blocks and loops, in which every line follows from the line before. */
export function oneNet(): string {
  const stages = Array.from({ length: lines }, (_, index) =>
    [
      `  # Stage ${index + 1}.`,
      `  skip${index} = identity`,
      `  stage${index}.conv1: conv 64->64 k3 p1 bias=false | stage${index}.bn1: batchnorm | relu`,
      `  stage${index}.conv2: conv 64->64 k3 p1 bias=false | stage${index}.bn2: batchnorm`,
      `  add skip${index} | relu`,
    ].join('\n'),
  );
  const head = 'net Long(image: [3, 64, 64]) -> [10] {\n  conv 3->64 k3 p1 | relu';
  return `${firstLines([head, ...stages])}\n  globalavgpool | fc: linear 64->10\n}\n`;
}

function firstLines(texts: readonly string[]): string {
  const found: string[] = [];
  let count = 0;
  for (const text of texts) {
    if (count >= lines) break;
    found.push(text);
    count += text.split('\n').length;
  }
  return found.join('\n');
}

/** Real TypeScript: modules of the checker in one file, each in a namespace, with what they import. */
export function typescript(folder: string): string {
  const home = 'compiler/1-check';
  const modules = ['evaluate', 'declarations', 'block-call', 'option-value', 'layer-call'];
  const texts = modules.map((name) => readFileSync(`${home}/${name}.ts`, 'utf8'));
  const statement = /^import (type )?\{([^}]*)\} from '([^']*)';\n/gm;
  const imports = new Map<string, string>();
  for (const [, type = '', names, from] of texts.flatMap((text) => [...text.matchAll(statement)])) {
    const path = relative(folder, join(home, from!));
    for (const name of names!.split(',').map((each) => each.trim())) {
      if (name === '') continue;
      const word = name.replace('type ', '');
      // What one module takes as a type may be a value for another.
      if (!imports.has(word) || `${type}${name}` === word)
        imports.set(word, `import ${type}{ ${name} } from '${path}';`);
    }
  }
  const bodies = texts.map((text, index) => `namespace part${index} {\n${text.replaceAll(statement, '')}}`);
  const names = bodies.map((_, index) => `part${index}`);
  return `${[...imports.values(), ...bodies].join('\n')}\nexport { ${names.join(', ')} };\n`;
}
