import type { IToken } from 'chevrotain';
import type { Declaration, File } from '../../../grammar/ast.ts';
import { endOf } from '../../../grammar/lexer.ts';
import * as t from '../../../grammar/tokens.ts';
import { expressionText } from '../../expression-text.ts';
import { nameOf } from '../../imports.ts';
import { readText } from '../../read.ts';
import type { CompletionKind } from '../completion.ts';
import type { Cursor } from '../cursor.ts';
import { blockHead } from '../declared-hover.ts';
import { keywordOf } from '../keywords.ts';
import type { TextRange } from '../range.ts';
import { firstIndex } from '../search.ts';
import type { Snapshot } from '../snapshot.ts';
import { type Offer, placeholder, snippet, word } from './offer.ts';

/** The parts of an import but for its path. */
export function importOffers(snapshot: Snapshot, { before, after }: Cursor): readonly Offer[] {
  const last = before.at(-1)!.tokenType;
  if (last === t.From)
    return fileOffers(snapshot, '').map((offer) => ({
      ...offer,
      ...snippet(`"${offer.text}"`),
      filterText: `"${offer.label}`,
    }));
  if (before.some(({ tokenType }) => tokenType === t.From)) return [];
  const path = after.find(({ tokenType }) => tokenType === t.Text);
  if (last === t.Import || last === t.Comma) {
    const listed = new Set([...before, ...after].map(({ image }) => image));
    return path ? namesOf(snapshot, path).filter(({ label }) => !listed.has(label)) : [];
  }
  if (path) return [];
  return [{ ...word('from', keywordOf('from')?.does ?? ''), ...snippet(`from "${placeholder(1, './file.net')}"`) }];
}

/** What the file of a path declares. */
function namesOf(snapshot: Snapshot, path: IToken): readonly Offer[] {
  return (fileAt(snapshot, unquoted(path.image))?.declarations ?? []).flatMap(declarationOffers);
}

function fileAt({ source, imports, options }: Snapshot, path: string): File | undefined {
  const name = nameOf(source.name, path);
  const known = imports.fileNamed(name);
  if (known) return known;
  const read = options.files?.read(name);
  return read && 'text' in read ? readText({ name, text: read.text }).value : undefined;
}

function declarationOffers(declaration: Declaration): readonly Offer[] {
  const offer = (
    kind: CompletionKind,
    { text }: { readonly text: string },
    detail: string,
    documentation: string | undefined,
  ): Offer[] => [{ label: text, kind, detail, ...(documentation !== undefined && { documentation }), text }];
  switch (declaration.kind) {
    case 'let':
      return offer('constant', declaration.name, `= ${expressionText(declaration.value)}`, declaration.doc);
    case 'act':
      return offer('activation', declaration.name, expressionText(declaration.body), declaration.doc);
    case 'block':
      return offer('block', declaration.name, blockHead(declaration), declaration.doc);
    default:
      return [];
  }
}

/** In the string behind `from`: files and folders. Undefined in any other string. */
export function pathOffers(
  snapshot: Snapshot,
  string: IToken,
  offset: number,
): { readonly offers: readonly Offer[]; readonly range: TextRange } | undefined {
  const { tokens, source } = snapshot;
  const index = firstIndex(tokens, (each) => endOf(each) >= endOf(string));
  if (tokens[index - 1]?.tokenType !== t.From) return undefined;
  const start = string.startOffset + 1;
  const text = source.text.slice(start, endOf(string));
  const end = start + (text.endsWith('"') ? text.length - 1 : text.length);
  const written = source.text.slice(start, Math.min(offset, end));
  const folder = written.slice(0, written.lastIndexOf('/') + 1);
  const rest = source.text.slice(start + folder.length, end);
  const next = rest.indexOf('/');
  return {
    offers: fileOffers(snapshot, folder),
    range: { start: start + folder.length, end: next < 0 ? end : start + folder.length + next + 1 },
  };
}

/** What a folder holds, by its path from the file; before that is written, with the `./` of each path. */
function fileOffers({ source, options }: Snapshot, folder: string): readonly Offer[] {
  const name = nameOf(source.name, folder);
  const all = options.files?.list?.(name === '' ? '' : `${name}/`) ?? [];
  const own = source.name.slice(source.name.lastIndexOf('/') + 1);
  const isOwnFolder = folder === '' || folder === './';
  return [...all]
    .filter((each) => (each.endsWith('.net') || each.endsWith('/')) && !(isOwnFolder && each === own))
    .sort((left, right) => Number(left.endsWith('/')) - Number(right.endsWith('/')) || (left < right ? -1 : 1))
    .map((each) => {
      const label = folder === '' ? `./${each}` : each;
      return { label, kind: 'file', text: label };
    });
}

function unquoted(image: string): string {
  return image.replace(/^"|"$/g, '');
}
