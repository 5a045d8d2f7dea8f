import type { ValueType } from '../../shape.ts';
import { declarationsOf, type NamesHere } from '../callees.ts';
import type { Cursor, StageCursor } from '../cursor.ts';
import type { Definition } from '../names.ts';
import { snapshot as analyzed, type Snapshot } from '../snapshot.ts';
import type { StageInfo } from '../stages.ts';

/** What is known where a stage is being written. */
export interface Site extends NamesHere {
  readonly snapshot: Snapshot;
  readonly cursor: Cursor;
  readonly stage: StageCursor;
  /** What flows in, where that is known. */
  readonly before?: ValueType;
}

/**
 * The flow and the names at a stage. Of a line that is understood they are known already; of any other the stage is taken
 * for `{}`, which changes nothing, so that what stands before it counts.
 */
export function siteAt(snapshot: Snapshot, cursor: Cursor, stage: StageCursor): Site {
  const { start } = stage.range;
  const own = callAt(snapshot, start);
  const known = own ? snapshot : mended(snapshot, stage);
  const before = own ? own.before : known.stages.at(start + 1)?.before;
  const visible = known.names.visible(start).toSorted((left, right) => placeOf(right) - placeOf(left));
  return { snapshot, cursor, stage, ...(before && { before }), visible, declarations: declarationsOf(snapshot) };
}

function callAt({ stages }: Snapshot, start: number): StageInfo | undefined {
  const info = stages.at(start);
  return info?.stage.kind === 'call' && info.stage.callee.span.start === start ? info : undefined;
}

function mended({ source: { name, text }, options }: Snapshot, { range }: StageCursor): Snapshot {
  return analyzed({ name, text: `${text.slice(0, range.start)}{}${text.slice(range.end)}` }, options);
}

function placeOf({ span }: Definition): number {
  return span?.start ?? -1;
}
