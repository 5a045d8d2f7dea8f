import type { Block, Net } from '../../grammar/ast.ts';
import type { Fault } from '../fault.ts';
import type { CheckedNet } from './net.ts';
import type { Observer } from './observer.ts';

/**
 * Checks a net, or a block by itself. What it finds depends on the declarations that the part names, directly or through others,
 * and on nothing else, so that whoever checks versions of one text may give again what such a part gave before.
 */
export type CheckPart = (part: Block | Net, compute: ComputePart) => CheckedPart;

/** A block by itself gives nothing but faults. */
export type ComputePart = (report: (fault: Fault) => void, observer: Observer | undefined) => CheckedNet | undefined;

export interface CheckedPart {
  readonly net?: CheckedNet;
  readonly faults: readonly Fault[];
}

/** Every part anew. */
export function checkAnew(observer: Observer | undefined): CheckPart {
  return (_, compute) => {
    const faults: Fault[] = [];
    const net = compute((found) => void faults.push(found), observer);
    return { ...(net && { net }), faults };
  };
}
