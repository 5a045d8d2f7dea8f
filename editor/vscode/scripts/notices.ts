import { readdirSync, readFileSync } from 'node:fs';

/** The licences of the packages that files are of: they ask for their words to go along with their code. */
export function noticesOf(files: readonly string[]): string {
  const folders = new Set(files.flatMap((file) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []));
  const notices = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    return `${name} ${version} (${license})\n\n${file ? readFileSync(`${folder}/${file}`, 'utf8').trim() : ''}`;
  });
  const line = `\n\n${'-'.repeat(80)}\n\n`;
  return `The extension has code of these packages in it.${line}${notices.join(line)}\n`;
}
