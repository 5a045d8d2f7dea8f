import type { Argument, Body, Call, Net, Pipeline, Stage } from '../../grammar/ast.ts';
import { endOf } from '../../grammar/lexer.ts';
import { LineEnd } from '../../grammar/tokens.ts';
import { dimText } from '../dim.ts';
import type { Value } from '../graph.ts';
import type { ValueType } from '../shape.ts';
import { typeText } from '../signature.ts';
import { graphOf } from './nets.ts';
import type { TextRange } from './range.ts';
import { firstIndex, touching } from './search.ts';
import { shapeLabel } from './shape-label.ts';
import type { Snapshot } from './snapshot.ts';
import { stageInfo } from './stage-info.ts';
import { bodiesIn, bodiesOf, type StageInfo } from './stages.ts';

export interface InlayHint {
  /** What it stands right behind. */
  readonly offset: number;
  /** At most 20 characters. */
  readonly label: string;
  readonly kind: 'shape' | 'size';
  /** Markdown: the whole shape where the label is shortened, how it came about. */
  readonly tooltip?: string;
  /** Whether it stands apart from what is before it. */
  readonly isPadded: boolean;
}

/** The longest label. */
const longest = 20;

/** Within a part of the text: the shape after each stage that changes it, and sizes that are left to be inferred. */
export function inlayHints(snapshot: Snapshot, range: TextRange): readonly InlayHint[] {
  return [...hintsOf(snapshot, range)]
    .filter(({ offset }) => range.start <= offset && offset <= range.end)
    .sort((left, right) => left.offset - right.offset);
}

function* hintsOf(snapshot: Snapshot, range: TextRange): Iterable<InlayHint> {
  for (const declaration of touching(snapshot.file.declarations, range, spanOf)) {
    if (declaration.kind === 'net') yield* resultHint(snapshot, declaration);
    for (const body of bodiesIn(declaration)) yield* bodyHints(snapshot, body, range);
  }
}

function* bodyHints(snapshot: Snapshot, body: Body, range: TextRange): Iterable<InlayHint> {
  for (const line of touching(body.lines, range, spanOf)) {
    if (line.kind === 'pipeline') yield* pipelineHints(snapshot, line, range);
  }
}

function* pipelineHints(snapshot: Snapshot, { stages }: Pipeline, range: TextRange): Iterable<InlayHint> {
  const touched = touching(stages, range, spanOf);
  const first = touched[0] ? stages.indexOf(touched[0]) : 0;
  for (const [index, stage] of touched.entries()) {
    for (const body of bodiesOf(stage)) yield* bodyHints(snapshot, body, range);
    const info = stageInfo(snapshot.stages, stage);
    if (!info) continue;
    yield* sizeHints(snapshot, info);
    const next = stages[first + index + 1];
    yield* shapeHint(snapshot, info, next && stageInfo(snapshot.stages, next));
  }
}

// --- shapes

/** Behind a stage, unless the shape stands there already: in its own words, in those of the next stage, or of the last in its braces. */
function* shapeHint(snapshot: Snapshot, info: StageInfo, next: StageInfo | undefined): Iterable<InlayHint> {
  const { stage, after } = info;
  const isWrittenThere = isWritten(info) || (next !== undefined && isWritten(next));
  if (!after || isWrittenThere || isInput(snapshot, stage) || isOfBody(snapshot, info)) return;
  const offset = stage.span.end;
  if (info.varies) yield* varyingHint(info, offset);
  else if (!info.before || !isSame(info.before, after)) {
    yield { offset, kind: 'shape', isPadded: true, label: typeLabel(after), tooltip: howItCame(info, after) };
  }
}

/** The sizes that come out each time that a line is written out; where all of them vary, there is nothing to say. */
function* varyingHint(info: StageInfo, offset: number): Iterable<InlayHint> {
  const times = timesOf(info);
  const types = times.map(({ output }) => output.type);
  const [first] = types;
  const keeps = times.every(({ input, output }) => input && isSame(input.type, output.type));
  if (!first || keeps || types.some(({ shape }) => shape.length !== first.shape.length)) return;
  const texts = first.shape.map((dim, axis) => {
    const isFixed = types.every(({ shape }) => dimText(shape[axis]!) === dimText(dim));
    return isFixed ? dimText(dim) : '*';
  });
  if (texts.every((text) => text === '*')) return;
  yield { offset, kind: 'shape', isPadded: true, label: shapeLabel(texts, longest), tooltip: severalTimes(types) };
}

/** A layer or a block at one of the times that its line is written out. */
interface Time {
  readonly input: Value | undefined;
  readonly output: Value;
  readonly sizes?: { readonly in?: number; readonly out?: number };
}

function timesOf({ nodes, calls }: StageInfo): readonly Time[] {
  return [...nodes.map((node) => ({ ...node, input: node.inputs[0] })), ...calls];
}

/** Whether a line goes on from an input, whose shape stands in the head. */
function isInput({ names }: Snapshot, stage: Stage): boolean {
  return stage.kind === 'call' && names.at(stage.callee.span.start)?.definition.kind === 'input';
}

/** Whether a stage says in numbers what it gives: `expect [16, 5, 5]`, `reshape [4, 4]`. */
function isWritten({ stage, after }: StageInfo): boolean {
  if (stage.kind !== 'call' || !after) return false;
  return stage.arguments.some((argument) => {
    if (argument.kind !== 'positional' || argument.value.kind !== 'shape') return false;
    const { items } = argument.value;
    return (
      items.length === after.shape.length &&
      items.every((item, axis) => item.kind === 'number' && item.value === after.shape[axis])
    );
  });
}

/** Whether what flows out of braces is what the last stage in them says already. */
function isOfBody({ stages }: Snapshot, { stage, after }: StageInfo): boolean {
  if (stage.kind === 'call' || !after) return false;
  return bodiesOf(stage).some(({ lines }) => {
    const last = lines.at(-1);
    const inner = last?.kind === 'pipeline' ? last.stages.at(-1) : undefined;
    const given = inner && stageInfo(stages, inner)?.after;
    return given !== undefined && isSame(given, after);
  });
}

function isSame(left: ValueType, right: ValueType): boolean {
  return typeText(left) === typeText(right);
}

function typeLabel({ element, shape }: ValueType): string {
  const prefix = element === 'f32' ? '' : element;
  return prefix + shapeLabel(shape.map(dimText), longest - prefix.length);
}

function howItCame({ nodes: [node], before }: StageInfo, after: ValueType): string {
  const change = [...(before ? [before] : []), after].map((type) => `\`${typeText(type)}\``).join(' → ');
  const working = node?.layer.working?.(node) ?? [];
  return [change, ...working.map((line) => `- ${line}`)].join('\n');
}

const mostShapes = 4;

function severalTimes(types: readonly ValueType[]): string {
  const texts = [...new Set(types.map((type) => `\`${typeText(type)}\``))];
  const rest = texts.length > mostShapes ? `, and ${texts.length - mostShapes} more` : '';
  return `${types.length} times: ${texts.slice(0, mostShapes).join(', ')}${rest}`;
}

/** Behind the head of a net that leaves out what it gives. */
function* resultHint(snapshot: Snapshot, net: Net): Iterable<InlayHint> {
  if (net.result) return;
  const { tokens } = snapshot;
  const [output, ...others] = graphOf(snapshot, net)?.outputs ?? [];
  let before = firstIndex(tokens, ({ startOffset }) => startOffset >= net.body.span.start) - 1;
  while (before > 0 && tokens[before]!.tokenType === LineEnd) before--;
  const last = tokens[before];
  if (!output || others.length > 0 || !last) return;
  const arrow = '-> ';
  const label = arrow + shapeLabel(output.type.shape.map(dimText), longest - arrow.length);
  const tooltip = `What it gives: \`${typeText(output.type)}\``;
  yield { offset: endOf(last), kind: 'shape', isPadded: true, label, tooltip };
}

// --- sizes

/** What was found for a size that is left out: before an arrow, behind it, or behind the name of a block that takes one. */
function* sizeHints(snapshot: Snapshot, info: StageInfo): Iterable<InlayHint> {
  const { stage } = info;
  if (stage.kind !== 'call') return;
  const written = stage.arguments.find(isSizes);
  const places = [
    { side: 'in', offset: written && !written.in ? written.arrow.start : undefined, isPadded: false },
    { side: 'out', offset: written && !written.out ? written.arrow.end : undefined, isPadded: false },
    { side: 'in', offset: leavesOutSize(snapshot, stage) ? stage.callee.span.end : undefined, isPadded: true },
  ] as const;
  for (const { side, offset, isPadded } of places) {
    const [size, ...others] = new Set(timesOf(info).map(({ sizes }) => sizes?.[side]));
    if (offset === undefined || others.length > 0 || size === undefined || Number.isNaN(size)) continue;
    yield { offset, kind: 'size', isPadded, label: String(size) };
  }
}

/** Whether a block whose head has one name is called without its number. */
function leavesOutSize({ names }: Snapshot, { callee, arguments: given }: Call): boolean {
  const block = names.at(callee.span.start)?.definition.block;
  const size = block?.name.text === callee.text && !block.sizes?.out ? block.sizes?.in : undefined;
  if (!size) return false;
  const isFlag = ({ span }: Argument) => names.at(span.start)?.definition.block === block;
  return !given.some(
    (argument) =>
      (argument.kind === 'positional' && !isFlag(argument)) ||
      (argument.kind === 'option' && argument.name.text === size.text),
  );
}

function isSizes(argument: Argument): argument is Extract<Argument, { kind: 'sizes' }> {
  return argument.kind === 'sizes';
}

const spanOf = ({ span }: { readonly span: TextRange }): TextRange => span;
