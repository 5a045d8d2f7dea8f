import type { Span } from '../../grammar/source.ts';
import { type Fix, replacement } from '../fault.ts';
import type { CallArguments } from './arguments.ts';
import type { Context } from './context.ts';

/**
 * The edit that a layer offers for its call, where it is right for every time that the line is written out: sizes of one
 * place are wrong for the others, and of what has a name, only a parameter is repaired, by another number in the call of
 * the block.
 */
export function repairFor(context: Context, call: CallArguments, fix: Fix | undefined): Fix | undefined {
  if (!fix || (context.varies && fix.isLocal)) return undefined;
  const { varying } = call;
  const touched = fix.edits.flatMap(({ span }) => varying.filter((each) => overlaps(each.span, span)));
  const [first] = touched;
  if (!first) return withAlternatives(context, call, fix);
  const [edit, ...others] = fix.edits;
  if (!edit || others.length > 0 || !first.written || !/^\d+$/.test(edit.text)) return undefined;
  return replacement(first.written, edit.text, `${edit.text} in the call`);
}

/** What holds for an edit holds for the other ways as well. */
function withAlternatives(context: Context, call: CallArguments, fix: Fix): Fix {
  const alternatives = fix.alternatives?.flatMap((each) => repairFor(context, call, each) ?? []);
  return alternatives ? { ...fix, alternatives } : fix;
}

function overlaps(left: Span, right: Span): boolean {
  return left.source === right.source && left.start < right.end && right.start < left.end;
}
