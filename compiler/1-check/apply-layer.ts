import type { Body, Call } from '../../grammar/ast.ts';
import { type Fault, fault, severityOf } from '../fault.ts';
import type { AnyLayer, Inferred, OptionValue, Place, Remedy, WeightSpec } from '../layer.ts';
import type { Shape } from '../shape.ts';
import { type CallArguments, readArguments } from './arguments.ts';
import { keepCall, recallCall } from './call-memo.ts';
import type { Context } from './context.ts';
import { type Flow, type Known, unknown } from './flow.ts';
import { isSmall } from './limits.ts';
import type { WrittenOperand } from './place.ts';
import { repairFor } from './repair.ts';

/** Checks the lines of a branch; it is handed down because branches hold calls. */
export type CheckBody = (context: Context, body: Body, flow: Flow) => Flow;

/** What a layer makes of a call, whatever the path of the call is. */
export interface Applied {
  readonly operands: readonly Known[];
  readonly answer: LayerAnswer;
  /** The edit of the call after which it would give another shape. */
  readonly remedy: Remedy | undefined;
  /** Whether something is wrong with the shapes. */
  readonly isFaulty: boolean;
}

/** All of it that has no place in the text. */
export interface LayerAnswer extends Omit<Inferred, 'remedy'> {
  readonly options: Readonly<Record<string, OptionValue>>;
  readonly weights: readonly WeightSpec[];
}

/** Reads the arguments of a call and asks the layer for the shape that it gives; undefined where that is not known. */
export function applyLayer(
  context: Context,
  call: Call,
  layer: AnyLayer,
  flow: Flow,
  checkBody: CheckBody,
): Applied | undefined {
  let isClean = true;
  const watched: Context = {
    ...context,
    report(found) {
      isClean = false;
      context.report(found);
    },
    require(requirement) {
      isClean = false;
      context.require(requirement);
    },
  };
  const { written, applied } = ask(watched, call, layer, flow, checkBody);
  if (applied && isClean) keepCall(context, call, layer, flow, written.operands, applied);
  return applied;
}

/** The same where the call is known. */
export function recallLayer(context: Context, call: Call, layer: AnyLayer, flow: Flow): Applied | undefined {
  const recalled = recallCall(context, call, layer, flow);
  if (!recalled) return undefined;
  const { known, operands } = recalled;
  for (const operand of operands) context.builder.use(operand);
  const remedy = known.isMendable ? remedyOf(context, call, layer, flow) : undefined;
  return { operands, answer: known.answer, remedy, isFaulty: false };
}

/** An edit is for the text of now: the layer is asked once more, when somebody wants one. */
function remedyOf(context: Context, call: Call, layer: AnyLayer, flow: Flow): Remedy {
  return (wanted) => {
    const quiet: Context = { ...context, report: () => {}, require: () => {} };
    return ask(quiet, call, layer, flow, () => unknown).applied?.remedy?.(wanted);
  };
}

function ask(context: Context, call: Call, layer: AnyLayer, flow: Flow, checkBody: CheckBody) {
  const written = readArguments(context, call, layer, flow);
  const operands = operandsOf(context, layer, written, flow, checkBody);
  return { written, applied: infer(context, call, layer, written, operands) };
}

function infer(
  context: Context,
  call: Call,
  layer: AnyLayer,
  written: CallArguments,
  operands: readonly PlacedFlow[],
): Applied | undefined {
  const known = operands.flatMap(({ flow, place }) => (flow.kind === 'known' ? [{ ...flow, place }] : []));
  if (operands.some((operand) => operand.flow.kind === 'absent')) {
    context.report(fault('use/start', call.callee.span, { inputs: context.inputs }));
  }
  for (const operand of operands) context.builder.use(operand.flow);
  if (known.length < operands.length || written.broken) {
    if (written.unlisted) context.report(written.unlisted);
    return undefined;
  }

  let isFaulty = false;
  let { unlisted } = written;
  const report = (found: Fault) => {
    isFaulty ||= severityOf(found) === 'error';
    if (found.fix?.edits.some(({ span }) => span.start === unlisted?.span.start)) unlisted = undefined;
    context.report(found);
  };
  const inferred = layer.infer({
    written: call.callee.text,
    span: call.callee.span,
    stage: call.span,
    operands: known.map(({ value, note, remedy, from, place }) => ({
      type: value.type,
      span: from ?? value.span,
      ...(note !== undefined && { note }),
      ...(remedy && { remedy }),
      ...(place && { place }),
    })),
    options: written.options,
    sizes: written.sizes,
    spanOf: (option) => written.spans.get(option) ?? call.callee.span,
    fault: (code, span, evidence, { because, fix: offered } = {}) => {
      const fix = repairFor(context, written, offered);
      report(fault(code, span, evidence, { ...(because && { because }), ...(fix && { fix }) }));
    },
    require: context.require,
  });
  if (unlisted) context.report(unlisted);
  if (!inferred || !isSmall(context, inferred.type.shape, call.callee.span)) return undefined;
  const { remedy, ...rest } = inferred;
  const { type, sizes } = rest;
  const { options } = written;
  const inputs = known.map(({ value }) => value);
  const placeless = { options, ...(sizes && { sizes }), inputs, output: { type } };
  // Sizes that do not fit make no sensible weights.
  const weights = isFaulty ? [] : (layer.weights?.(placeless) ?? []);
  const safe = remedy && ((wanted: Shape) => repairFor(context, written, remedy(wanted)));
  return { operands: known, answer: { ...rest, options, weights }, remedy: safe, isFaulty };
}

/** What a layer works on, and where it is written. */
interface PlacedFlow {
  readonly flow: Flow;
  readonly place?: Place;
}

function operandsOf(
  context: Context,
  layer: AnyLayer,
  written: CallArguments,
  flow: Flow,
  checkBody: CheckBody,
): readonly PlacedFlow[] {
  switch (layer.operands) {
    case 'none':
      return [];
    case 'one':
      return [{ flow }];
    case 'join':
      return joined(context, written, flow, checkBody);
  }
}

/** What a join works on: the flow and the written operands; or the branches alone, where there are two or more. */
function joined(context: Context, { operands }: CallArguments, flow: Flow, checkBody: CheckBody): PlacedFlow[] {
  const branches = operands.filter(({ kind }) => kind === 'branch').length;
  const feeds = branches >= 2 && branches === operands.length;
  const flowOf = (operand: WrittenOperand): Flow => {
    switch (operand.kind) {
      case 'branch':
        return checkBody(context, operand.body, flow);
      case 'value': {
        const entry = context.scope.find(operand.name.text);
        return entry?.kind === 'value' ? entry.flow : unknown;
      }
      case 'unknown':
        return unknown;
    }
  };
  const written = operands.map((operand) => ({ flow: flowOf(operand), place: placeOf(operand) }));
  return feeds ? written : [{ flow }, ...written];
}

function placeOf(operand: WrittenOperand): Place {
  if (operand.kind !== 'branch') return operand.name;
  const { span, lines } = operand.body;
  const last = lines.at(-1);
  if (!last) return { span, text: span.start === span.end ? '' : '{}' };
  return { span, text: '{ … }', ...(last.kind === 'pipeline' && { end: { ...last.span, start: last.span.end } }) };
}
