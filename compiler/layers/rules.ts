import type { Span } from '../../grammar/source.ts';
import { atLeast, type Certainty, type Dim, dimText, divideFloor, equal, multiply, type Requirement } from '../dim.ts';
import { type Because, type Fix, replacement } from '../fault.ts';
import type { Inferred, LayerCall, Operand, OptionValue } from '../layer.ts';
import { type Shape, shapeText } from '../shape.ts';

/** Parts of shape rules that several layers share. */

/** The parts of a call that rules for any layer need. */
export type AnyCall = Omit<LayerCall<Readonly<Record<string, OptionValue>>>, 'options'>;

/** The shape of the one operand; reports elements that cannot be computed with. */
export function receivedShape(call: AnyCall): Shape | undefined {
  const [operand] = call.operands;
  return operand && checkElement(call, operand) ? operand.type.shape : undefined;
}

/** Whether an operand holds elements that can be computed with; reports one that does not. */
export function checkElement(call: AnyCall, operand: Operand): boolean {
  if (operand.type.element === 'f32') return true;
  const evidence = { layer: call.written, wanted: 'f32', received: operand.type.element };
  call.fault('shape/element', call.span, evidence, { because: [origin(operand)] });
  return false;
}

/** The operands of a join, two or more; reports fewer, and elements that cannot be computed with. */
export function joinedOperands(call: AnyCall): readonly Operand[] | undefined {
  const { operands } = call;
  if (operands.length < 2) {
    call.fault('shape/operands', call.span, { layer: call.written, operands: operands.length });
    return undefined;
  }
  return operands.every((operand) => checkElement(call, operand)) ? operands : undefined;
}

/** A value of `f32`, with a note that says how its shape came about. */
export function gives(shape: Shape, extra: Omit<Inferred, 'type'> = {}): Inferred {
  return { type: { element: 'f32', shape }, ...extra };
}

/** What is known of the shape that came in goes on through a layer that keeps it. */
export function unchanged(call: AnyCall): Inferred | undefined {
  const [operand] = call.operands;
  if (!operand) return undefined;
  const { type, note, remedy } = operand;
  return { type, ...(note !== undefined && { note }), ...(remedy && { remedy }) };
}

/** Whether two shapes are the same for all sizes. */
export function isSame(left: Shape, right: Shape): boolean {
  return left.length === right.length && left.every((size, axis) => equal(size, right[axis]!) === 'always');
}

/**
 * Whether two sizes can be the same. Where that depends on symbolic ones, they must be from now on; that they never are is for
 * the rule to report.
 */
export function canEqual(call: AnyCall, left: Dim, right: Dim, span: Span): boolean {
  return canHold(call, equal(left, right), { left, relation: 'equal', right, span });
}

/** Whether a size can be so large, likewise. */
export function canReach(call: AnyCall, size: Dim, least: number, span: Span): boolean {
  return canHold(call, atLeast(size, least), { left: size, relation: 'at least', right: least, span });
}

/** Whether a size can be so many equal parts, likewise. */
export function canSplit(call: AnyCall, size: Dim, parts: number, span: Span): boolean {
  return canEqual(call, size, multiply(parts, divideFloor(size, parts)), span);
}

function canHold(call: AnyCall, certainty: Certainty, requirement: Requirement): boolean {
  if (certainty === 'sometimes') call.require(requirement);
  return certainty !== 'never';
}

/** Reports a shape of a rank that the layer does not work on. */
export function reportRank(call: AnyCall, wanted: string, shape: Shape, fix?: Fix): void {
  const received = shape.length === 0 ? 'the single number []' : shapeText(shape);
  const evidence = { layer: call.written, wanted, received };
  call.fault('shape/rank', call.span, evidence, { because: cameFrom(call), ...(fix && { fix }) });
}

/** "gives [576] here: 16 × 6 × 6" */
export function origin(operand: Operand): Because {
  const note = operand.note === undefined ? '' : `: ${operand.note}`;
  return { span: operand.span, message: `gives ${shapeText(operand.type.shape)} here${note}` };
}

/** Where the flow comes from, as the cause of what is wrong with it. */
export function cameFrom({ operands }: AnyCall): readonly Because[] {
  return operands.slice(0, 1).map(origin);
}

/** The sizes on both sides of the arrow. */
export interface FeatureSizes {
  /** `NaN` while it depends on a symbolic size. */
  readonly in: number;
  readonly out: number;
}

/** What is wrong with the features where it is not the number: in words, and the edit that repairs that. */
export interface FeaturesHint {
  readonly words: string;
  readonly fix?: Fix;
}

/** The `in->out` of a layer whose input has `received` features: `in` is checked or inferred, `out` must be there. */
export function featureSizes(call: AnyCall, received: Dim, hint?: FeaturesHint): FeatureSizes | undefined {
  const { in: written, out } = call.sizes;
  const sizes = (from: number): FeatureSizes | undefined => out && { in: from, out: out.value };
  if (!out) call.fault('shape/output', call.span, { layer: call.written });
  if (!written) return sizes(typeof received === 'number' ? received : Number.NaN);
  if (!canEqual(call, received, written.value, written.span)) {
    const fix = hint ? hint.fix : rewriteInput(call, received);
    call.fault(
      'shape/features',
      written.span,
      {
        layer: call.written,
        written: String(written.value),
        received: dimText(received),
        ...(hint && { hint: hint.words }),
      },
      { because: cameFrom(call), ...(fix && { fix }) },
    );
  }
  return sizes(written.value);
}

/** Writes the size that arrives; one that cannot be written as a number is left to be inferred. */
function rewriteInput(call: AnyCall, received: Dim): Fix {
  const out = call.sizes.out?.value ?? '';
  const span = call.sizes.in?.span ?? call.span;
  const inferred = `${call.written} ->${out}`;
  const leftOut = replacement(span, '', inferred);
  return typeof received === 'number'
    ? {
        ...replacement(span, String(received), `${call.written} ${received}->${out}`),
        alternative: `or let it be inferred: ${inferred}`,
        alternatives: [leftOut],
      }
    : leftOut;
}
