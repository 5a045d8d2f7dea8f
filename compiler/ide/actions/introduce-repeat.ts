import type { Label, Line, Pipeline, Stage } from '../../../grammar/ast.ts';
import { tokenize } from '../../../grammar/lexer.ts';
import type { Edit } from '../../fault.ts';
import { applyEdits } from '../edits.ts';
import { holds, type TextRange, touches } from '../range.ts';
import type { Snapshot } from '../snapshot.ts';
import { stagesIn } from '../stages.ts';
import type { ActionProvider, ActionRequest } from './action.ts';
import { braced, laidOut, writtenAt } from './layout.ts';
import { hasComment } from './lines.ts';
import { isProvable, prove, titleWith } from './proof.ts';
import { coverOf, textAt } from './ranges.ts';
import { selected } from './selected.ts';
import { bodyAround, pipelineAt, stagesWithin } from './tree.ts';

/** Lines or stages that are the same, or count in their labels, become one `repeat`. */
export const introduceRepeat: ActionProvider = {
  kind: 'refactor.rewrite',
  actions(request) {
    const { snapshot } = request;
    const edit = isProvable(request, this.kind) ? repeated(request) : undefined;
    const proof = edit && prove(snapshot, [edit]);
    if (!proof) return [];
    const title = titleWith('Introduce `repeat`', proof);
    return [{ title, kind: this.kind, edits: proof.edits }];
  },
};

/** Longer rows of lines are hardly what somebody wrote again and again. */
const longestUnit = 6;

function repeated({ snapshot, range }: ActionRequest): Edit | undefined {
  for (const items of rowsAt(snapshot, range)) {
    const forms = items.map((item) => formOf(snapshot, item));
    for (let length = 1; length <= Math.min(longestUnit, items.length / 2); length++) {
      const run = longestRun(forms, length, items, range);
      const edit = run && repeatOf(snapshot, items.slice(run.start, run.start + run.count * length), length);
      if (edit) return edit;
    }
  }
  return undefined;
}

type Item = Pipeline | Stage;

/** The lines and the stages among which those of a part of the text may be repeated. */
function rowsAt(snapshot: Snapshot, range: TextRange): readonly (readonly Item[])[] {
  if (range.start < range.end) {
    const found = selected(snapshot, range);
    if (found?.kind === 'stages') return [found.stages];
    const lines = found?.lines.filter(isUnnamed) ?? [];
    if (lines.length < (found?.lines.length ?? 0)) return [];
    return lines.length === 1 ? [stagesIn(lines)] : [lines];
  }
  const body = bodyAround(snapshot.file, range)?.body;
  const line = body && pipelineAt(body, range);
  // Between lines that are let alone nothing is repeated.
  return body && line ? [line.stages, neighbours(body.lines, line)] : [];
}

function isUnnamed(line: Line): line is Pipeline {
  return line.kind === 'pipeline' && !line.name;
}

/** The lines without a name around one of them. */
function neighbours(lines: readonly Line[], line: Pipeline): readonly Pipeline[] {
  const at = lines.indexOf(line);
  const before = lines.slice(0, at + 1).findLastIndex((each) => !isUnnamed(each));
  const after = lines.findIndex((each, index) => index >= at && !isUnnamed(each));
  return lines.slice(before + 1, after < 0 ? undefined : after).filter(isUnnamed);
}

/** A line or a stage by its tokens, but for the numbers in its labels. */
interface Form {
  readonly text: string;
  readonly numbers: readonly CountedNumber[];
}

interface CountedNumber {
  readonly value: number;
  readonly span: TextRange;
}

function formOf({ source: { text } }: Snapshot, item: Item): Form {
  const line: Pipeline = item.kind === 'pipeline' ? item : { kind: 'pipeline', span: item.span, stages: [item] };
  const numbers = stagesWithin([line]).flatMap(({ label }) => (label ? numbersIn(text, label) : []));
  const ends = [...numbers.map(({ span }) => span.start), item.span.end];
  const starts = [item.span.start, ...numbers.map(({ span }) => span.end)];
  const written = starts.map((start, index) => text.slice(start, ends[index])).join('0');
  const { tokens } = tokenize({ name: '', text: written });
  return { text: tokens.map(({ image }) => (/^[\s;]*$/.test(image) ? '\n' : image)).join(' '), numbers };
}

/** The numbers in a label that end a part of it, so that a computed one can take their place. */
function numbersIn(text: string, { span }: Label): readonly CountedNumber[] {
  const written = textAt(text, span);
  if (written.startsWith('"')) return [];
  return [...written.matchAll(/(?<=[A-Za-z_.])\d+(?=\.|$)/g)].map(({ 0: digits, index }) => ({
    value: Number(digits),
    span: { start: span.start + index, end: span.start + index + digits.length },
  }));
}

/** The longest row of units of so many items that are alike, which touches a part of the text. */
function longestRun(
  forms: readonly Form[],
  length: number,
  items: readonly Item[],
  range: TextRange,
): { readonly start: number; readonly count: number } | undefined {
  let best: { readonly start: number; readonly count: number } | undefined;
  for (let start = 0; start + 2 * length <= forms.length; start++) {
    let count = 1;
    while (start + (count + 1) * length <= forms.length && goesOn(forms, start, length, count)) count++;
    const covered = coverOf(items.slice(start, start + count * length));
    if (count > (best?.count ?? 1) && touches(covered, range)) best = { start, count };
  }
  return best;
}

/** Whether the next unit is like the first one, and its numbers count on from those before. */
function goesOn(forms: readonly Form[], start: number, length: number, count: number): boolean {
  for (let index = start; index < start + length; index++) {
    const [first, second, next] = [forms[index]!, forms[index + length]!, forms[index + count * length]!];
    if (next.text !== first.text) return false;
    const counts = first.numbers.every(({ value }, at) => {
      const step = second.numbers[at]!.value - value;
      return step >= 0 && next.numbers[at]!.value === value + count * step;
    });
    if (!counts) return false;
  }
  return true;
}

function repeatOf(snapshot: Snapshot, items: readonly Item[], length: number): Edit | undefined {
  const { text, name } = snapshot.source;
  const span = coverOf(items);
  const unit = coverOf(items.slice(0, length));
  // Comments of what is left out would be lost.
  if (hasComment(snapshot, { start: unit.end, end: span.end })) return undefined;
  const index = freeIndex(snapshot, unit);
  const [firsts, seconds] = [items.slice(0, length), items.slice(length, 2 * length)].map((each) =>
    each.flatMap((item) => formOf(snapshot, item).numbers),
  );
  const edits = firsts!.flatMap(({ value, span }, at): Edit[] => {
    const step = seconds![at]!.value - value;
    return step === 0 ? [] : [{ span: { source: name, ...span }, text: `{${counted(index, step, value)}}` }];
  });
  const lines = laidOut(applyEdits(text.slice(0, unit.end), edits).slice(unit.start));
  if (lines === undefined) return undefined;
  const head = `repeat ${items.length / length}${edits.length > 0 ? ` as ${index}` : ''} `;
  return { span, text: writtenAt(snapshot, span.start, braced(head, lines)) };
}

/** `i`, `i + 1`, `2 * i + 3` */
function counted(index: string, step: number, first: number): string {
  const product = step === 1 ? index : `${step} * ${index}`;
  return first === 0 ? product : `${product} + ${first}`;
}

/** A name for an index that neither stands in a part of the text nor means something there. */
function freeIndex({ names, tokens }: Snapshot, part: TextRange): string {
  const taken = new Set([...names.visible(part.start), ...names.declared].map(({ name }) => name));
  for (const { startOffset, image } of tokens)
    if (holds(part, { start: startOffset, end: startOffset })) taken.add(image);
  const free = ['i', 'j', 'k', 'n', 'm'].find((name) => !taken.has(name));
  return free ?? 'index';
}
