import type { Span } from '../../grammar/source.ts';
import type { Value } from '../graph.ts';
import type { Remedy } from '../layer.ts';
import type { ValueType } from '../shape.ts';

/** What flows along `|` at one point of a body. */
export type Flow = Known | Unknown | Absent;

export interface Known {
  readonly kind: 'known';
  readonly value: Value;
  /** What the layer that made it says of its shape: `16 × 6 × 6`. */
  readonly note?: string | undefined;
  /** The edit that would make it of another shape. */
  readonly remedy?: Remedy | undefined;
  /** Whether its shape is one of several that may be meant, after a mistake: it contradicts nothing that is declared. */
  readonly isGuess?: boolean | undefined;
  /** Where it comes from as one sees it here: the call of a block, rather than the line in it. */
  readonly from?: Span;
}

/** After a mistake: nothing that follows from it is reported. */
export interface Unknown {
  readonly kind: 'unknown';
}

/** Where nothing flows yet: at the start of a net with several inputs. */
export interface Absent {
  readonly kind: 'absent';
}

/** The type of what flows, where it is known. */
export function typeOf(flow: Flow): ValueType | undefined {
  return flow.kind === 'known' ? flow.value.type : undefined;
}

export const unknown: Unknown = { kind: 'unknown' };
export const absent: Absent = { kind: 'absent' };
