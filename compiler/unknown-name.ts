import type { Name } from '../grammar/ast.ts';
import { type Fault, fault, replacement } from './fault.ts';
import { nearest } from './suggest.ts';

/** A name that stands for nothing, with the one that was probably meant. */
export function unknownName(what: string, { text, span }: Name, candidates: Iterable<string>): Fault {
  const near = nearest(text, candidates);
  if (near === undefined) return fault('name/unknown', span, { what, name: text });
  return fault('name/unknown', span, { what, name: text, nearest: near }, { fix: replacement(span, near) });
}
