import { explain, prelude, preludeName } from '../../compiler/index.ts';
import { virtualSchemes } from './protocol.ts';
import type { Session } from './session.ts';

/** The activations that are built in, for those who want to see how they are defined. */
export function preludePage(session: Session): string | undefined {
  return page(session, `${virtualSchemes.prelude}:/${preludeName}`);
}

/** What `netc explain` says of a code. */
export function faultPage(session: Session, code: string): string | undefined {
  return page(session, `${virtualSchemes.manual}:/${code}.md`);
}

/** The text of a page; undefined where there is none of this URI. */
export function pageText(uri: string): string | undefined {
  const [, scheme, path = ''] = /^([\w-]+):\/*(.*)$/.exec(uri) ?? [];
  if (scheme === virtualSchemes.prelude) return path === preludeName ? prelude : undefined;
  if (scheme === virtualSchemes.manual) return explain(decodeURIComponent(path).replace(/\.md$/, ''));
  return undefined;
}

/** A page as the client can open it: itself, or a file with its text. */
function page({ client, host }: Session, uri: string): string | undefined {
  if (client.virtualDocuments) return uri;
  const text = pageText(uri);
  return text === undefined ? undefined : host.file?.(uri.slice(uri.indexOf('/') + 1), text);
}
