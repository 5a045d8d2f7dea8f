import { type Callable, callableOf } from '../1-check/callable.ts';
import type { Callee } from '../1-check/callee.ts';
import { isLayer } from '../1-check/constant.ts';
import { type Declarations, declare } from '../1-check/declarations.ts';
import { featureAxis } from '../1-check/features.ts';
import type { Dim } from '../dim.ts';
import type { ValueType } from '../shape.ts';
import type { Definition } from './names.ts';
import type { Snapshot } from './snapshot.ts';

/** The names that may be used at a place. */
export interface NamesHere {
  /** Of values and constants, the nearest first. */
  readonly visible: readonly Definition[];
  /** What the text declares at its top, and what that stands for. */
  readonly declarations: Declarations;
}

export function declarationsOf(snapshot: Snapshot): Declarations {
  const known = declarationsBySnapshot.get(snapshot);
  if (known) return known;
  const { file, options, imports } = snapshot;
  const { root } = declare(file, options.set ?? new Map(), imports, () => {});
  declarationsBySnapshot.set(snapshot, root);
  return root;
}

const declarationsBySnapshot = new WeakMap<Snapshot, Declarations>();

/** Whether a name is that of a value. */
export function isValue(names: Pick<NamesHere, 'visible'>, name: string): boolean {
  return valuesOf(names).some((each) => each.name === name);
}

export function valuesOf({ visible }: Pick<NamesHere, 'visible'>): readonly Definition[] {
  return visible.filter(({ kind }) => kind === 'value' || kind === 'input');
}

export function constantsOf({ visible }: Pick<NamesHere, 'visible'>): readonly Definition[] {
  return visible.filter(({ kind }) => kind === 'let' || kind === 'parameter' || kind === 'index' || kind === 'size');
}

/** What a stage calls by a name: a layer that a parameter holds comes before those that are declared. */
export function calleeNamed({ visible, declarations }: NamesHere, name: string): Callee | undefined {
  const held = visible.find((each) => each.name === name)?.constant;
  return held !== undefined && isLayer(held) ? held.callee : declarations.callee(name);
}

/** Whether a name may be called as what it holds: a parameter or a `let` that holds something else is no callee. */
export function mayHoldLayer({ kind, constant }: Definition): boolean {
  if (kind !== 'parameter' && kind !== 'let') return false;
  return constant === undefined || isLayer(constant);
}

export function callableFor(callee: Callee | undefined): Callable | undefined {
  if (callee?.kind === 'layer') return callee.layer;
  return callee?.kind === 'block' ? callableOf(callee.block) : undefined;
}

/** The size that a layer or a block takes before its arrow. */
export function featuresFor(callee: Callee, before: ValueType | undefined): Dim | undefined {
  if (!before) return undefined;
  if (callee.kind === 'layer' && callee.layer.sizes !== 'both') return undefined;
  const axis =
    callee.kind === 'block' ? featureAxis(callee.block, callee.home) : callee.kind === 'layer' && callee.layer.features;
  return before.shape.at(axis === 'last' ? -1 : 0);
}
