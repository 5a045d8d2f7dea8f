import type { Call } from '../../../grammar/ast.ts';
import * as t from '../../../grammar/tokens.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Offer } from './offer.ts';
import type { Site } from './site.ts';

/** What follows in this text what stands before comes first, the more often the earlier. */
export function byHabit(offers: readonly Offer[], site: Site): readonly Offer[] {
  const followers = followersOf(site, nameBefore(site));
  const count = ({ label, kind }: Offer) => (kind === 'value' ? 0 : (followers.get(label) ?? 0));
  return offers.toSorted((left, right) => count(right) - count(left));
}

/** How often which name is called right behind another one. */
function followersOf({ snapshot, stage }: Site, name: string | undefined): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const calls = callsOf(snapshot);
  for (const [index, { callee, span }] of calls.entries()) {
    const next = calls[index + 1];
    // The one that is being written tells nothing.
    if (callee.text !== name || !next || next.span.start < span.end || next.callee.span.start === stage.range.start)
      continue;
    counts.set(next.callee.text, (counts.get(next.callee.text) ?? 0) + 1);
  }
  return counts;
}

/** Whether a layer of many products comes right before, which activations and normalizations follow as a rule. */
export function followsProduct(site: Site): boolean {
  const name = nameBefore(site);
  const callee = name === undefined ? undefined : site.declarations.callee(name);
  return callee?.kind === 'layer' && callee.layer.macs !== undefined;
}

/** What is called right before: in the line, as it is written, or at the end of the one before. */
function nameBefore({ snapshot, cursor: { before }, stage }: Site): string | undefined {
  const bar = before.findLastIndex(({ tokenType }) => tokenType === t.Bar);
  const first = before.slice(0, Math.max(0, bar)).findLastIndex(({ tokenType }) => beforeCallee.has(tokenType)) + 1;
  if (bar >= 0) return before[first]?.image;
  const calls = callsOf(snapshot);
  return calls.findLast(({ span }) => span.end <= stage.range.start)?.callee.text;
}

const beforeCallee = new Set([t.Bar, t.Colon, t.Assign]);

function callsOf({ stages }: Snapshot): readonly Call[] {
  return stages.all.flatMap(({ stage }) => (stage.kind === 'call' ? [stage] : []));
}
