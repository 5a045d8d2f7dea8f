import { type Edit, type Fault, severityOf } from '../../fault.ts';
import { touches } from '../range.ts';
import { type Snapshot, variant } from '../snapshot.ts';
import type { ActionProvider } from './action.ts';
import { type Draft, draft } from './draft.ts';
import { areApart } from './ranges.ts';

/** All edits of the faults of the file, and those of what then comes to light. */
export const fixAll: ActionProvider = {
  kind: 'source.fixAll.netc',
  actions(request) {
    if (!request.isAsked(this.kind)) return [];
    const { edits } = fixed(request.snapshot);
    return edits.length > 0 ? [{ title: 'Fix all', kind: this.kind, edits }] : [];
  },
};

/** One mistake may hide the next; what is not done by then goes in circles. */
const mostRounds = 8;

/** So many edits are tried one by one where all at once make more errors. */
const mostTried = 30;

function fixed(snapshot: Snapshot): Draft {
  const { source } = snapshot;
  let best = draft(source.name, source.text);
  let { faults } = snapshot;
  const seen = new Set<string>();
  for (let round = 0; round < mostRounds; round++) {
    seen.add(best.text);
    const next = improved(best, faults);
    if (!next) break;
    [best, faults] = [next.draft, next.faults];
  }
  return best;

  /** With the edits made that leave no more errors than there are; undefined where there are none. */
  function improved(before: Draft, found: readonly Fault[]): Improved | undefined {
    const groups = ownEdits(found, source.name);
    const all = tried(before, found, apart(groups));
    if (all) return all;
    let next: Improved | undefined;
    const kept: (readonly Edit[])[] = [];
    for (const group of groups.slice(0, mostTried)) {
      if (apart([...kept, group]).length === kept.length) continue;
      const more = tried(before, next?.faults ?? found, [...kept, group]);
      if (!more) continue;
      kept.push(group);
      next = more;
    }
    return next;
  }

  function tried(before: Draft, found: readonly Fault[], groups: readonly (readonly Edit[])[]): Improved | undefined {
    if (groups.length === 0) return undefined;
    const edited = before.edited(groups.flat());
    // What leads back to where it was is no way.
    if (seen.has(edited.text)) return undefined;
    const { faults } = variant(snapshot, edited.text);
    return countErrors(faults) <= countErrors(found) ? { draft: edited, faults } : undefined;
  }
}

interface Improved {
  readonly draft: Draft;
  readonly faults: readonly Fault[];
}

/** The edits of each fault that are all of this file. */
function ownEdits(faults: readonly Fault[], source: string): readonly (readonly Edit[])[] {
  return faults.flatMap(({ fix }) => (fix?.edits.every(({ span }) => span.source === source) ? [fix.edits] : []));
}

/** Those that touch no one before, which may be another way to say the same. */
function apart(groups: readonly (readonly Edit[])[]): readonly (readonly Edit[])[] {
  const kept: (readonly Edit[])[] = [];
  const meets = (group: readonly Edit[]) =>
    kept.flat().some((each) => group.some(({ span }) => touches(span, each.span)));
  for (const group of groups) if (areApart(group) && !meets(group)) kept.push(group);
  return kept;
}

function countErrors(faults: readonly Fault[]): number {
  return faults.filter((fault) => severityOf(fault) === 'error').length;
}
