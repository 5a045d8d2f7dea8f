import type { Span } from '../../grammar/source.ts';
import type { Snapshot } from './snapshot.ts';

export interface DocumentLink {
  readonly span: Span;
  /** The name of a source, as imports give it; or a page of the web. */
  readonly target: { readonly source: string } | { readonly url: string };
}

/** Imported files and, in comments, addresses: `[words](https://…)`, `https://…`, `arXiv:1505.04597`. In the order of the text. */
export function documentLinks(snapshot: Snapshot): readonly DocumentLink[] {
  return [...fileLinks(snapshot), ...commentLinks(snapshot)].sort((left, right) => left.span.start - right.span.start);
}

function* fileLinks({ file, imports }: Snapshot): Iterable<DocumentLink> {
  for (const declaration of file.declarations) {
    const imported = declaration.kind === 'import' ? imports.fileOf(declaration) : undefined;
    if (declaration.kind !== 'import' || !imported) continue;
    const { source, start, end } = declaration.from.span;
    yield { span: { source, start: start + 1, end: end - 1 }, target: { source: imported.span.source } };
  }
}

/** Longer ones are no addresses; the bound keeps the search short. */
const address =
  /\[[^\]\n\r]{0,200}\]\((?<target>https?:\/\/[^\s()]{1,2000}(?:\([^\s()]{0,200}\)[^\s()]{0,200})?)\)|(?<url>https?:\/\/\S{1,2000})|arXiv:(?<arxiv>\d{4}\.\d{4,5}(?:v\d+)?)/g;

function* commentLinks({ source, comments }: Snapshot): Iterable<DocumentLink> {
  for (const { image, startOffset } of comments) {
    for (const match of image.matchAll(address)) {
      const { target, url, arxiv } = match.groups ?? {};
      const written = url === undefined ? match[0] : withoutSentence(url);
      const start = startOffset + match.index;
      const span = { source: source.name, start, end: start + written.length };
      yield { span, target: { url: target ?? (arxiv === undefined ? written : `https://arxiv.org/abs/${arxiv}`) } };
    }
  }
}

/** An address without the signs that end the sentence, or the parentheses, in which it stands. */
function withoutSentence(url: string): string {
  const trimmed = url.replace(/[.,;:!?'"<>\]]+$/, '');
  return trimmed.endsWith(')') && !trimmed.includes('(') ? withoutSentence(trimmed.slice(0, -1)) : trimmed;
}
