import type { Expression, Line, Repeat } from '../../../grammar/ast.ts';
import { applyEdits } from '../edits.ts';
import type { Snapshot } from '../snapshot.ts';
import type { ActionProvider } from './action.ts';
import { braced, laidOut, oneLine, writtenAt } from './layout.ts';
import { isProvable, prove, titleWith } from './proof.ts';
import { textAt } from './ranges.ts';
import { expressionSubstitute, substitution } from './substitute.ts';
import { bodyAround, pipelineAt } from './tree.ts';

/** A `repeat` whose times can be counted becomes what it stands for. */
export const unrollRepeat: ActionProvider = {
  kind: 'refactor.rewrite',
  actions(request) {
    const { snapshot, range } = request;
    const stage = snapshot.stages.at(range.start)?.stage;
    const isHere = stage?.kind === 'repeat' && range.end <= stage.span.end && isProvable(request, this.kind);
    const text = isHere ? unrolled(snapshot, stage) : undefined;
    const proof = isHere && text !== undefined ? prove(snapshot, [{ span: stage.span, text }]) : undefined;
    if (!proof) return [];
    const title = titleWith('Unroll `repeat`', proof);
    return [{ title, kind: this.kind, edits: proof.edits }];
  },
};

/** More times than this are not for people to read. */
const mostTimes = 32;

function unrolled(snapshot: Snapshot, { label, count, index, body, span }: Repeat): string | undefined {
  const { text } = snapshot.source;
  if (count.kind !== 'number' || count.value > mostTimes || count.value < 1) return undefined;
  const times = Array.from({ length: count.value }, (_, time) => {
    const value: Expression = { kind: 'number', span, value: time, text: String(time) };
    const substitutes = new Map(index ? [[index.text, expressionSubstitute(value)]] : []);
    const edits = substitution(text, body.lines, substitutes, true);
    return laidOut(
      applyEdits(text.slice(0, body.span.end - 1), edits)
        .slice(body.span.start + 1)
        .trim(),
    );
  });
  if (times.includes(undefined)) return undefined;
  const lines = times.filter((each) => each !== undefined);
  const line = bodyAround(snapshot.file, span)?.body;
  const own = line && pipelineAt(line, span);
  const isAlone = own !== undefined && !own.name && own.stages.length === 1;
  const separator = isAlone ? '\n' : ' | ';
  if (label) {
    const path = textAt(text, label.span).replace(/^"(.*)"$/, '$1');
    const heads = lines.map((_, time) => (/^[A-Za-z_]/.test(path) ? `${path}.${time}: ` : `"${path}.${time}": `));
    return writtenAt(snapshot, span.start, lines.map((each, time) => braced(heads[time]!, each)).join(separator));
  }
  // What is named in one time is not known in the next.
  const isPlain = body.lines.every((each: Line) => each.kind === 'pipeline' && !each.name);
  const isStages = isPlain && body.lines.length === 1 && lines.every((each) => oneLine(each) !== undefined);
  const stands = isPlain && (isAlone || isStages);
  return writtenAt(snapshot, span.start, lines.map((each) => (stands ? each : braced('', each))).join(separator));
}
