import type { Declaration, File } from '../../grammar/ast.ts';
import type { CheckedPart, CheckPart, ComputePart } from '../1-check/part.ts';
import type { Fault } from '../fault.ts';
import type { Graph } from '../graph.ts';
import type { Imports } from '../imports.ts';
import { type Dependencies, dependencyFinder } from './dependencies.ts';
import { collectFacts, type Facts } from './facts.ts';
import type { Memo } from './memo.ts';
import { type GraphMover, graphMover, type Move, movedFault } from './moved.ts';

/** A part as it was checked, with what it depended on as that stood then. */
export interface KnownPart {
  readonly checked: CheckedPart;
  readonly facts: Facts;
  readonly dependencies: Dependencies;
}

/** The parts of one version of a text. One that depends on nothing that has changed is as it was, at the places of now. */
export interface Parts {
  readonly checkPart: CheckPart;
  /** What was heard of a declaration, in the order of the checks. */
  heardOf(declaration: Declaration): readonly Heard[];
  /** A graph that `checkPart` gave, with the places of now. */
  moved(graph: Graph): Graph;
  /** Forgets the parts of earlier versions. */
  finish(): void;
}

/** What was heard of a declaration in the check of one part. */
export interface Heard {
  /** By the places of then. */
  readonly facts: Facts;
  /** How far the declaration has moved since. */
  readonly by: number;
  readonly mover: GraphMover;
}

export function recallParts(root: File, imports: Imports, memo: Memo): Parts {
  const dependenciesOf = dependencyFinder(root, imports);
  const current = new Map<object, KnownPart>();
  const heard = new Map<Declaration, Heard[]>();
  const movers = new Map<Graph, GraphMover>();

  const checkPart: CheckPart = (part, compute) => {
    const dependencies = dependenciesOf(part);
    const origin = dependencies.origins[0]!;
    const before = memo.parts.get(origin);
    const known = before && isStill(before, dependencies) ? before : checkedNow(dependencies, compute);
    current.set(origin, known);
    const move = moveBetween(known.dependencies.declarations, dependencies.declarations);
    const mover = graphMover(move);
    for (const [index, declaration] of dependencies.declarations.entries()) {
      const by = declaration.span.start - known.dependencies.declarations[index]!.span.start;
      const others = heard.get(declaration);
      const one = { facts: known.facts, by, mover };
      if (others) others.push(one);
      else heard.set(declaration, [one]);
    }
    const { net, faults } = known.checked;
    if (net?.graph && move) movers.set(net.graph, mover);
    return move ? { ...(net && { net }), faults: faults.map((fault) => movedFault(fault, move)) } : known.checked;
  };

  return {
    checkPart,
    heardOf: (declaration) => heard.get(declaration) ?? [],
    moved: (graph) => movers.get(graph)?.graph(graph) ?? graph,
    finish() {
      memo.parts = current;
    },
  };
}

function checkedNow(dependencies: Dependencies, compute: ComputePart): KnownPart {
  const faults: Fault[] = [];
  const { observer, facts } = collectFacts();
  const net = compute((fault) => void faults.push(fault), observer);
  return { checked: { ...(net && { net }), faults }, facts, dependencies };
}

/** Whether a part depends on the same as before. Other names matter only to what is wrong, which may be said to mean one of them. */
function isStill({ dependencies: before, checked }: KnownPart, now: Dependencies): boolean {
  return (
    before.origins.length === now.origins.length &&
    before.origins.every((origin, index) => origin === now.origins[index]) &&
    (checked.faults.length === 0 || before.names === now.names)
  );
}

/** From the places of the same declarations in an earlier version to those of now; undefined where none has moved. */
function moveBetween(before: readonly Declaration[], now: readonly Declaration[]): Move | undefined {
  const moved = before.flatMap(({ span }, index) => {
    const by = now[index]!.span.start - span.start;
    return by === 0 ? [] : [{ span, by }];
  });
  if (moved.length === 0) return undefined;
  return (span) => {
    for (const { span: whole, by } of moved) {
      if (whole.source === span.source && whole.start <= span.start && span.start <= whole.end) {
        return { source: span.source, start: span.start + by, end: span.end + by };
      }
    }
    return span;
  };
}
