import type { Call } from '../../grammar/ast.ts';
import { createRecentMap, type RecentMap } from '../../grammar/recent.ts';
import type { AnyLayer } from '../layer.ts';
import { isSameType, typeHash, type ValueType } from '../shape.ts';
import type { Applied, LayerAnswer } from './apply-layer.ts';
import type { Callee } from './callee.ts';
import type { Constant } from './constant.ts';
import type { Context } from './context.ts';
import { type Flow, type Known, typeOf } from './flow.ts';
import { mentionedNames } from './mentions.ts';
import type { WrittenOperand } from './place.ts';
import { isSameCallee, isSameConstant } from './same.ts';

/**
 * What layers gave for calls in which nothing was wrong, by the words of the call. Where its names mean the same and the same
 * shapes arrive, it gives the same again: in the next block, at the next time of a repeat, in the next version of a text.
 * It only saves time: a check with a memo finds what one without it finds.
 */
export interface CallMemo {
  readonly byWords: RecentMap<Ways>;
  /** How many answers have been kept since all were forgotten. */
  kept: number;
}

/** The ways in which a call with the same words is known, by the hash of the type that flows in. */
type Ways = Map<number, readonly KnownCall[]>;

/** A call with all that the answer of its layer depended on. */
interface KnownCall {
  readonly layer: AnyLayer;
  /** What the names in the arguments meant. */
  readonly names: readonly NamedThing[];
  /** What flowed in, where that was known. */
  readonly received: ValueType | undefined;
  /** Of a join, the values by name that it joins to what flows in. */
  readonly joined: readonly { readonly name: string; readonly type: ValueType }[];
  readonly answer: LayerAnswer;
  /** Whether there was an edit after which it would be another one. */
  readonly isMendable: boolean;
}

interface NamedThing {
  readonly name: string;
  readonly kind: 'value' | 'constant' | undefined;
  readonly value: Constant | undefined;
  readonly callee: Callee | undefined;
}

export function createCallMemo(): CallMemo {
  return { byWords: createRecentMap(checks), kept: 0 };
}

/** For how many checks a call is known that none of them has met: somebody may work on another net for a while. */
const checks = 1000;
/** With more answers all are forgotten: it bounds the memory, and to find them again costs no more than one check. */
const mostKept = 20_000;
/** So many types are known for the same words: the layers of a block have other sizes in each of its calls. */
const mostTypes = 128;
/** So many ways are known for the same words and hash: names may mean something else each time. */
const mostWays = 32;

/** A call that is known, and what it works on here. */
export interface RecalledCall {
  readonly known: KnownCall;
  readonly operands: readonly Known[];
}

export function recallCall(context: Context, call: Call, layer: AnyLayer, flow: Flow): RecalledCall | undefined {
  if (call.written === undefined) return undefined;
  const received = typeOf(flow);
  const ways = context.calls.byWords.get(call.written)?.get(hashOf(received));
  if (!ways) return undefined;
  for (const known of ways) {
    if (known.layer !== layer || !isSameFlow(known.received, received)) continue;
    if (!known.names.every((each) => isStill(context, each))) continue;
    const operands = operandsOf(context, known, flow);
    if (operands) return { known, operands };
  }
  return undefined;
}

/** What the call works on here, where that has the types of then. */
function operandsOf({ scope }: Context, { layer, joined }: KnownCall, flow: Flow): readonly Known[] | undefined {
  if (layer.operands === 'none') return [];
  if (flow.kind !== 'known') return undefined;
  const all = [flow];
  for (const { name, type } of joined) {
    const entry = scope.find(name);
    if (entry?.kind !== 'value' || entry.flow.kind !== 'known' || !isSameType(entry.flow.value.type, type))
      return undefined;
    all.push(entry.flow);
  }
  return all;
}

/** Keeps what a layer gave for a call, if the call has words to be known by. */
export function keepCall(
  context: Context,
  { written, arguments: parts }: Call,
  layer: AnyLayer,
  flow: Flow,
  placed: readonly WrittenOperand[],
  { operands, answer, remedy }: Applied,
): void {
  if (written === undefined) return;
  const received = typeOf(flow);
  const known = {
    layer,
    names: [...mentionedNames(parts)].map((name) => namedThing(context, name)),
    received,
    joined: placed.flatMap((operand, index) =>
      operand.kind === 'value' ? [{ name: operand.name.text, type: operands[index + 1]!.value.type }] : [],
    ),
    answer,
    isMendable: remedy !== undefined,
  };
  const { calls } = context;
  if (calls.kept === mostKept) {
    calls.byWords.clear();
    calls.kept = 0;
  }
  calls.kept += 1;
  const ways: Ways = calls.byWords.get(written) ?? new Map();
  const hash = hashOf(received);
  ways.set(hash, [known, ...(ways.get(hash) ?? []).slice(0, mostWays - 1)]);
  // What was kept first goes first.
  for (const oldest of ways.keys()) {
    if (ways.size <= mostTypes) break;
    ways.delete(oldest);
  }
  calls.byWords.set(written, ways);
}

function hashOf(received: ValueType | undefined): number {
  return received ? typeHash(received) : 0;
}

function namedThing({ scope, declarations }: Context, name: string): NamedThing {
  const entry = scope.find(name);
  const value = entry?.kind === 'constant' ? entry.value : undefined;
  return { name, kind: entry?.kind, value, callee: declarations.callee(name) };
}

function isStill(context: Context, { name, kind, value, callee }: NamedThing): boolean {
  const now = namedThing(context, name);
  if (now.kind !== kind || !isSameCallee(callee, now.callee)) return false;
  return value === undefined || now.value === undefined ? value === now.value : isSameConstant(value, now.value);
}

function isSameFlow(then: ValueType | undefined, now: ValueType | undefined): boolean {
  return then === undefined || now === undefined ? then === now : isSameType(then, now);
}
