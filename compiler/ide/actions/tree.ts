import type { Block, Body, File, Line, Net, Pipeline, Stage } from '../../../grammar/ast.ts';
import { holds, type TextRange } from '../range.ts';
import { bodiesOf, stagesIn } from '../stages.ts';

/** A pair of braces with lines in it, and what it stands in. */
export interface BodyPlace {
  readonly body: Body;
  readonly declaration: Block | Net;
}

/** The innermost braces around a part of the text, the braces themselves not counted. */
export function bodyAround(file: File, range: TextRange): BodyPlace | undefined {
  for (const declaration of file.declarations) {
    if (declaration.kind !== 'block' && declaration.kind !== 'net') continue;
    const body = innermost(declaration.body, range);
    if (body) return { body, declaration };
  }
  return undefined;
}

function innermost(body: Body, range: TextRange): Body | undefined {
  if (!holds(body.span, range)) return undefined;
  for (const line of body.lines) {
    const inner = line.kind === 'pipeline' && holds(line.span, range) ? line.stages.flatMap(bodiesOf) : [];
    for (const each of inner) {
      const found = innermost(each, range);
      if (found) return found;
    }
  }
  const isInside = range.start > body.span.start && range.end < body.span.end;
  return isInside && hasBraces(body) ? body : undefined;
}

/** The `if` behind an `else` is a body of its own, without braces. */
function hasBraces({ lines, span }: Body): boolean {
  return lines[0]?.span.start !== span.start;
}

/** All stages of some lines, an outer one before those within it. */
export function stagesWithin(lines: readonly Line[]): readonly Stage[] {
  return stagesIn(lines).flatMap((stage) => [stage, ...bodiesOf(stage).flatMap((body) => stagesWithin(body.lines))]);
}

/** The line of a body that holds a part of the text. */
export function pipelineAt({ lines }: Body, range: TextRange): Pipeline | undefined {
  return lines.find((line): line is Pipeline => line.kind === 'pipeline' && holds(line.span, range));
}
