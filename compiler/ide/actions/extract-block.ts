import type { Call, Expression, Pipeline, Stage } from '../../../grammar/ast.ts';
import { mentionedNames } from '../../1-check/mentions.ts';
import { expressionText } from '../../expression-text.ts';
import type { Edit } from '../../fault.ts';
import { applyEdits } from '../edits.ts';
import { holds, type TextRange } from '../range.ts';
import type { Snapshot } from '../snapshot.ts';
import { bodiesOf, stagesIn } from '../stages.ts';
import { declaredAbove } from './above.ts';
import type { ActionProvider } from './action.ts';
import { freshName } from './fresh-name.ts';
import { labelText, segmentsOf } from './label.ts';
import { braced, laidOut, writtenAt } from './layout.ts';
import { hasComment, startWithComments, withComment } from './lines.ts';
import { namesFromInside, namesFromOutside } from './mentions.ts';
import { isProvable, type Proof, prove, titleWith } from './proof.ts';
import { coverOf } from './ranges.ts';
import { type Selected, selected } from './selected.ts';
import { isAtom } from './sites.ts';
import { stagesWithin } from './tree.ts';

/** The selected stages or lines become a block, which is called where they stood. */
export const extractBlock: ActionProvider = {
  kind: 'refactor.extract',
  actions(request) {
    const { snapshot, range } = request;
    const found = range.start < range.end && isProvable(request, this.kind) ? selected(snapshot, range) : undefined;
    const piece = found && pieceOf(snapshot, found, range);
    const proof = piece && extraction(snapshot, piece);
    if (!proof) return [];
    const title = titleWith('Extract block', proof);
    return [{ title, kind: this.kind, edits: proof.edits }];
  },
};

/** What goes into the block. */
interface Piece {
  readonly selected: Selected;
  /** What the call stands for. */
  readonly part: TextRange;
  readonly stages: readonly Stage[];
  /** What stays before the call: `x = `, `y | `. */
  readonly before: string;
  /** What goes away of the part in the block. */
  readonly cuts: readonly Edit[];
  readonly name: string;
}

/** Undefined where something that stays outside names what is inside, or the other way round. */
function pieceOf(snapshot: Snapshot, found: Selected, range: TextRange): Piece | undefined {
  const lines =
    found.kind === 'lines'
      ? found.lines
      : [{ kind: 'pipeline', span: coverOf(found.stages), stages: found.stages } as const];
  if (!lines.every(({ kind }) => kind === 'pipeline' || kind === 'let')) return undefined;
  const [first, last] = [lines[0]!, lines.at(-1)!];
  const part = found.kind === 'lines' ? withComments(snapshot, coverOf(lines), range) : coverOf(lines);
  const cuts: Edit[] = [];
  let before = '';
  if (last.kind === 'pipeline' && last.name) {
    before = `${last.name.text} = `;
    cuts.push({ span: { ...last.span, end: last.stages[0]!.span.start }, text: '' });
  }
  const start = first.kind === 'pipeline' ? startingValue(snapshot, first, part) : undefined;
  if (start && first.kind === 'pipeline') {
    // A name of a value alone, with a name of its own, is not left without a stage.
    const next = first.stages[1]?.span.start ?? (first.name ? undefined : lines[1]?.span.start);
    if (next === undefined) return undefined;
    before += `${start.callee.text} | `;
    cuts.push({ span: { ...start.span, end: next }, text: '' });
  }
  const lifted = last.kind === 'pipeline' ? last.name?.span.start : undefined;
  const isNamed = namesFromInside(snapshot, part).some(
    ({ definition }) => definition.kind !== 'label' && definition.span!.start !== lifted,
  );
  if (isNamed || cuts.some(({ span }) => hasComment(snapshot, span))) return undefined;
  const stages = stagesWithin(lines);
  return { selected: found, part, stages, before, cuts, name: freshName(snapshot, 'Extracted') };
}

/** The comments at both ends of whole lines go with them where they are selected, too. */
function withComments(snapshot: Snapshot, lines: TextRange, range: TextRange): TextRange {
  const { text } = snapshot.source;
  const above = startWithComments(text, lines.start);
  const start = Math.max(above, range.start);
  const trimmed = start + /^\s*/.exec(text.slice(start, lines.start))![0].length;
  const { end } = withComment(text, lines);
  return {
    start: hasComment(snapshot, { start: trimmed, end: lines.start }) ? trimmed : lines.start,
    end: end <= range.end ? end : lines.end,
  };
}

/** The name of a value, declared outside, that a line begins with. */
function startingValue({ names }: Snapshot, { stages }: Pipeline, part: TextRange): Call | undefined {
  const [stage] = stages;
  if (stage?.kind !== 'call' || stage.label) return undefined;
  const definition = names.at(stage.callee.span.start)?.definition;
  const isValue = definition?.kind === 'value' || definition?.kind === 'input';
  return isValue && definition.span && !holds(part, definition.span) ? stage : undefined;
}

/** Sizes and labels are made the block's own where that changes nothing. */
function extraction(snapshot: Snapshot, piece: Piece): Proof | undefined {
  const [sizes, labels] = [sizesOf(snapshot, piece), labelsOf(snapshot, piece)];
  let best: Proof | undefined;
  for (const label of labels ? [labels, undefined] : [undefined]) {
    for (const size of sizes ? [sizes, undefined] : [undefined]) {
      const edits = extracted(snapshot, piece, size, label);
      const proof = edits && prove(snapshot, edits);
      if (proof?.names === 'same') return proof;
      best ??= proof;
      // The names of weights have nothing to do with the sizes.
      if (proof) break;
    }
  }
  return best;
}

function extracted(
  snapshot: Snapshot,
  { selected: { declaration }, part, before, cuts, name }: Piece,
  sizes: Owned | undefined,
  label: Owned | undefined,
): readonly Edit[] | undefined {
  const { source } = snapshot;
  const inner = [...cuts, ...(sizes?.edits ?? []), ...(label?.edits ?? [])];
  const parameters = new Set<string>();
  for (const { span, definition } of namesFromOutside(snapshot, part)) {
    const isLocal = definition.span?.source === source.name && holds(declaration.span, definition.span);
    if (!isLocal || inner.some((edit) => holds(edit.span, span))) continue;
    if (definition.kind === 'value' || definition.kind === 'input') return undefined;
    if (definition.kind !== 'label') parameters.add(definition.name);
  }
  const lines = laidOut(applyEdits(source.text.slice(0, part.end), inner).slice(part.start));
  if (lines === undefined) return undefined;
  const listed = parameters.size > 0 ? ` (${[...parameters].join(', ')})` : '';
  const head = `block ${name}${sizes ? ` ${sizes.head}` : ''}${listed}`;
  const block = braced(`${head} `, lines);
  const call = [
    `${before}${label ? `${label.call}: ` : ''}${name}`,
    ...(sizes ? [sizes.call] : []),
    ...[...parameters].map((each) => `${each}=${each}`),
  ].join(' ');
  return [
    declaredAbove(snapshot, declaration, block),
    { span: { ...declaration.span, ...part }, text: writtenAt(snapshot, part.start, call) },
  ];
}

/** What is the block's own in another form than outside. */
interface Owned {
  /** In the block. */
  readonly edits: readonly Edit[];
  readonly head: string;
  readonly call: string;
}

/** The size before the first arrow and that behind the last one, which the head names wherever they are written. */
function sizesOf(snapshot: Snapshot, { part, stages }: Piece): Owned | undefined {
  const arrows = stages.flatMap((stage) =>
    stage.kind === 'call' ? stage.arguments.flatMap((each) => (each.kind === 'sizes' ? [each] : [])) : [],
  );
  const [from, out] = [arrows[0]?.in, arrows.at(-1)?.out];
  if (!from || !out) return undefined;
  const inside = new Set(
    snapshot.names.references.flatMap(({ span, isDeclaration, definition }) =>
      isDeclaration && holds(part, span) ? [definition.name] : [],
    ),
  );
  const isKnownOutside = (size: Expression) =>
    [...mentionedNames([size])].every((each) => each !== 'dims' && !inside.has(each));
  if (!isKnownOutside(from) || !isKnownOutside(out)) return undefined;
  const [given, gives] = [expressionText(from), expressionText(out)];
  const names = given === gives ? ['c'] : ['in', 'out'];
  const all = arrows.flatMap((arrow) => [arrow.in, arrow.out].flatMap((each) => each ?? []));
  const edits = all.flatMap((size): Edit[] => {
    const index = [given, gives].indexOf(expressionText(size));
    return index < 0 ? [] : [{ span: size.span, text: names[index]! }];
  });
  // What else goes by these names in the block would be hidden.
  const isTaken = snapshot.names.references.some(
    ({ span, definition }) =>
      names.includes(definition.name) && holds(part, span) && !edits.some((edit) => holds(edit.span, span)),
  );
  if (isTaken || snapshot.names.declared.some(({ name }) => names.includes(name))) return undefined;
  const call = names.length === 2 ? `${given}->${gives}` : isAtom(from) ? given : `(${given})`;
  return { edits, head: names.join('->'), call };
}

/** What all labels begin with becomes the label of the call, so that the names of weights are the same. */
function labelsOf(snapshot: Snapshot, { selected: found }: Piece): Owned | undefined {
  const top = found.kind === 'stages' ? found.stages : stagesIn(found.lines);
  const labels = labelledStages(top).flatMap(({ label }) =>
    label ? [{ label, segments: segmentsOf(snapshot, label) }] : [],
  );
  const [first, ...others] = labels;
  if (!first) return undefined;
  const isCommon = (length: number) =>
    labels.every(({ segments }) => segments.length > length) &&
    others.every(({ segments }) => segments.slice(0, length).join('.') === first.segments.slice(0, length).join('.'));
  let length = 0;
  while (isCommon(length + 1)) length++;
  for (; length > 0; length--) {
    const call = labelText(first.segments.slice(0, length));
    const edits = labels.flatMap(({ label, segments }): Edit[] => {
      const text = labelText(segments.slice(length));
      return text === undefined ? [] : [{ span: label.span, text }];
    });
    if (call !== undefined && edits.length === labels.length) return { edits, head: '', call };
  }
  return undefined;
}

/** The stages with labels whose paths begin where those of the given stages do. */
function labelledStages(stages: readonly Stage[]): readonly Stage[] {
  return stages.flatMap((stage) => {
    // What stands in the branches of a join is no part of it.
    const bodies = stage.label && stage.kind !== 'call' ? [] : bodiesOf(stage);
    const inner = bodies.flatMap(({ lines }) => stagesIn(lines));
    return [...(stage.label ? [stage] : []), ...labelledStages(inner)];
  });
}
