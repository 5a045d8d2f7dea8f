import * as t from '../../../grammar/tokens.ts';
import type { ValueType } from '../../shape.ts';
import { declarationsOf, type NamesHere } from '../callees.ts';
import type { Cursor, StageCursor } from '../cursor.ts';
import type { Definition } from '../names.ts';
import { firstIndex } from '../search.ts';
import { type Snapshot, variant } from '../snapshot.ts';
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
 * The flow and the names at a stage. Where the line is understood, or nothing but the stage is missing, they are known. Else the
 * stage is taken for `{}`, which changes nothing, so that what stands before it counts.
 */
export function siteAt(snapshot: Snapshot, cursor: Cursor, stage: StageCursor): Site {
  const { start } = stage.range;
  const own = callAt(snapshot, start);
  const behind = own ? undefined : flowBehind(snapshot, start);
  const known = own || behind ? snapshot : mended(snapshot, cursor, stage);
  const before = followed(behind ?? (own ? own.before : known.stages.at(start + 1)?.before));
  const visible = known.names.visible(start).toSorted((left, right) => placeOf(right) - placeOf(left));
  return { snapshot, cursor, stage, ...(before && { before }), visible, declarations: declarationsOf(snapshot) };
}

/** A type whose sizes are all known: one that is too complex to be followed is as good as none. */
function followed(type: ValueType | undefined): ValueType | undefined {
  return type?.shape.some((dim) => typeof dim === 'number' && Number.isNaN(dim)) ? undefined : type;
}

/** What flows out of the stage right before an offset, from which only a bar, a new line, a name or a label part it. */
function flowBehind({ stages, tokens }: Snapshot, offset: number): ValueType | undefined {
  const first = firstIndex(stages.all, ({ stage }) => stage.span.start >= offset);
  const last = stages.all.slice(0, first).findLast(({ stage }) => stage.span.end <= offset);
  if (!last) return undefined;
  // The last one may be a part of others that end before the offset as well.
  const whole = stages.all.slice(0, first).find(({ stage: { span } }) => {
    return span.start <= last.stage.span.start && span.end >= last.stage.span.end && span.end <= offset;
  });
  const { end } = (whole ?? last).stage.span;
  const between = tokens.slice(
    firstIndex(tokens, ({ startOffset }) => startOffset >= end),
    firstIndex(tokens, ({ startOffset }) => startOffset >= offset),
  );
  const parts = between.filter(({ tokenType }) => tokenType !== t.LineEnd).map(({ tokenType }) => tokenType.name);
  return between.length > 0 && nextParts.has(parts.join(' ')) ? (whole ?? last).after : undefined;
}

/** What may stand between two stages, line ends aside. */
const nextParts = new Set(['', 'Bar', 'Name Assign', 'Name Colon']);

function callAt({ stages }: Snapshot, start: number): StageInfo | undefined {
  const info = stages.at(start);
  return info?.stage.kind === 'call' && info.stage.callee.span.start === start ? info : undefined;
}

/** The text with `{}` in the place of the stage. What the declaration says behind it plays no part, and is left out. */
function mended(snapshot: Snapshot, { declaration, depth }: Cursor, stage: StageCursor): Snapshot {
  const { text } = snapshot.source;
  const { start, end } = stage.range;
  const rest = declaration ? `\n${'}'.repeat(depth)}${text.slice(Math.max(end, declaration.end))}` : text.slice(end);
  return variant(snapshot, `${text.slice(0, start)}{}${rest}`);
}

function placeOf({ span }: Definition): number {
  return span?.start ?? -1;
}
