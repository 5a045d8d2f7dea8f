import type { Declaration, File } from '../../grammar/ast.ts';
import type { Span } from '../../grammar/source.ts';
import type { Imports } from '../imports.ts';
import { type Facts, isOther, type StageFacts } from './facts.ts';
import type { Heard, Parts } from './parts.ts';
import { firstIndex } from './search.ts';

/** All facts of a version of a text, from the parts that heard them, which may have been checked in earlier versions. */
export function heardFacts(file: File, imports: Imports, parts: Parts, own: Facts): Facts {
  const first = <Fact>(span: Span, find: (facts: Facts, then: Span) => Fact | undefined): Fact | undefined => {
    const found = find(own, span);
    if (found !== undefined) return found;
    for (const { facts, by } of heardAt(span)) {
      const fact = find(facts, back(span, by));
      if (fact !== undefined) return fact;
    }
    return undefined;
  };
  return {
    constant: (name) => first(name, (facts, then) => facts.constant(then)),
    value: (name) => first(name, (facts, then) => facts.value(then)),
    activation: (name) => first(name, (facts, then) => facts.activation(then)),
    stage(span) {
      const known = heardAt(span).flatMap(({ facts, by, mover }): StageFacts[] => {
        const found = facts.stage(back(span, by));
        return found ? [{ ...found, nodes: found.nodes.map(mover.node), calls: found.calls.map(mover.call) }] : [];
      });
      return known.length > 0 ? known.reduce(together) : undefined;
    },
  };

  function heardAt(span: Span): readonly Heard[] {
    const from = span.source === file.span.source ? file : imports.fileNamed(span.source);
    const declaration = from && declarationAround(from.declarations, span.start);
    return declaration ? parts.heardOf(declaration) : [];
  }
}

function back({ source, start, end }: Span, by: number): Span {
  return { source, start: start - by, end: end - by };
}

/** What two parts heard of one stage: that of a block which both of them call. */
function together(left: StageFacts, right: StageFacts): StageFacts {
  const before = left.before ?? right.before;
  const after = left.after ?? right.after;
  return {
    ...(before && { before }),
    ...(after && { after }),
    varies: left.varies || right.varies || isOther(left.before, right.before) || isOther(left.after, right.after),
    nodes: [...left.nodes, ...right.nodes],
    calls: [...left.calls, ...right.calls],
  };
}

function declarationAround(declarations: readonly Declaration[], offset: number): Declaration | undefined {
  return declarations[firstIndex(declarations, ({ span }) => span.start > offset) - 1];
}
