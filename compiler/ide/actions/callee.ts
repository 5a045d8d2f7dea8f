import type { Block, Call } from '../../../grammar/ast.ts';
import { featureAxis } from '../../1-check/features.ts';
import type { AnyLayer } from '../../layer.ts';
import type { ValueType } from '../../shape.ts';
import { declarationsOf } from '../callees.ts';
import type { Snapshot } from '../snapshot.ts';
import type { StageInfo } from '../stages.ts';

/** What a stage calls by its declared name: a layer or a block. What a parameter holds is neither, since it may be another. */
export type Called =
  | { readonly kind: 'layer'; readonly layer: AnyLayer }
  | { readonly kind: 'block'; readonly block: Block };

/** A stage that is a call. */
export type CallInfo = StageInfo & { readonly stage: Call };

export function isCall(info: StageInfo): info is CallInfo {
  return info.stage.kind === 'call';
}

export function calledBy({ names }: Snapshot, { callee }: Call): Called | undefined {
  const reference = names.at(callee.span.start);
  if (!reference || reference.span.start !== callee.span.start) return undefined;
  const { kind, layer, block } = reference.definition;
  if (kind === 'block') return block && { kind: 'block', block };
  return layer && kind !== 'option' ? { kind: 'layer', layer } : undefined;
}

/** The size before the arrow of a layer or a block, where it is the same number each time that it is written out. */
export function sizeBefore({ nodes, calls }: StageInfo): number | undefined {
  const [size, ...others] = new Set([...nodes, ...calls].map(({ sizes }) => sizes?.in));
  return size !== undefined && size > 0 && others.length === 0 ? size : undefined;
}

/** Whether the size before the arrow would be the same if it were left out, each time that the stage is written out. */
export function isInferred(snapshot: Snapshot, { stage, nodes, calls }: StageInfo): boolean {
  const isReceived = (type: ValueType | undefined, axis: Axis, size: number | undefined) =>
    size !== undefined && type?.shape.at(axis === 'last' ? -1 : 0) === size;
  const axis = calls.length > 0 && stage.kind === 'call' ? sizeAxis(snapshot, stage) : 'first';
  return (
    nodes.length + calls.length > 0 &&
    nodes.every(({ layer, inputs, sizes }) => isReceived(inputs[0]?.type, layer.features ?? 'first', sizes?.in)) &&
    calls.every(({ input, sizes }) => isReceived(input.type, axis, sizes?.in))
  );
}

type Axis = 'first' | 'last';

/** The axis that the size of a block speaks of. */
export function sizeAxis(snapshot: Snapshot, { callee }: Call): Axis {
  const called = declarationsOf(snapshot).callee(callee.text);
  return called?.kind === 'block' ? featureAxis(called.block, called.home) : 'first';
}
