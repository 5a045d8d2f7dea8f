import type { Span } from '../../grammar/source.ts';
import type { Snapshot } from './snapshot.ts';

/** A line above a net. Its words may cost a while, so that they are asked for apart. */
export interface CodeLens {
  /** The name of the net. */
  readonly span: Span;
  readonly net: string;
  /** `cost`: parameters, multiply-accumulates, memory. `whatIf`: an offer to try inputs of another shape. */
  readonly kind: 'cost' | 'whatIf';
}

export function codeLenses(snapshot: Snapshot): readonly CodeLens[] {
  void snapshot;
  return [];
}

/** The words of a lens; undefined for a net that is not there any more. */
export function lensText(snapshot: Snapshot, lens: Pick<CodeLens, 'net' | 'kind'>): string | undefined {
  void [snapshot, lens];
  return undefined;
}

/** What a net would be with inputs of other shapes, as they would be written in its head, in words; undefined without that net. */
export function whatIf(snapshot: Snapshot, net: string, inputs: Readonly<Record<string, string>>): string | undefined {
  void [snapshot, net, inputs];
  return undefined;
}
