import type { Body, Call } from '../../grammar/ast.ts';
import { type Fault, fault, severityOf } from '../fault.ts';
import type { AnyLayer, Inferred, OptionValue, Place, WeightSpec } from '../layer.ts';
import type { Shape } from '../shape.ts';
import { type CallArguments, readArguments } from './arguments.ts';
import { keepCall, type RecalledCall, recallCall } from './call-memo.ts';
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
  readonly options: Readonly<Record<string, OptionValue>>;
  readonly inferred: Inferred;
  readonly weights: readonly WeightSpec[];
  /** Whether something is wrong with the shapes. */
  readonly isFaulty: boolean;
}

/** Reads the arguments of a call and asks the layer for the shape that it gives; undefined where that is not known. */
export function applyLayer(
  context: Context,
  call: Call,
  layer: AnyLayer,
  flow: Flow,
  checkBody: CheckBody,
): Applied | undefined {
  const recalled = recallCall(context, call, layer, flow);
  if (recalled) return again(context, call, layer, flow, recalled);
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
  const written = readArguments(watched, call, layer, flow);
  const operands = operandsOf(context, layer, written, flow, checkBody);
  const applied = infer(watched, call, layer, written, operands);
  if (applied && isClean) keepCall(context, call, layer, flow, written.operands, applied);
  return applied;
}

/** What was known of the call, at the places of this one. */
function again(context: Context, call: Call, layer: AnyLayer, flow: Flow, { known, operands }: RecalledCall): Applied {
  for (const operand of operands) context.builder.use(operand);
  const { options, inferred, isMendable, weights } = known;
  // An edit is for the text of now: the layer is asked once more, by whoever wants one.
  const remedy = (wanted: Shape) => {
    const quiet: Context = { ...context, report: () => {}, require: () => {} };
    const written = readArguments(quiet, call, layer, flow);
    const placed = operandsOf(quiet, layer, written, flow, () => unknown);
    return infer(quiet, call, layer, written, placed)?.inferred.remedy?.(wanted);
  };
  return {
    operands,
    options,
    inferred: isMendable ? { ...inferred, remedy } : inferred,
    weights,
    isFaulty: false,
  };
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
  const safe = { ...rest, ...(remedy && { remedy: (wanted: Shape) => repairFor(context, written, remedy(wanted)) }) };
  const { type, sizes } = inferred;
  const { options } = written;
  const inputs = known.map(({ value }) => value);
  const placeless = { options, ...(sizes && { sizes }), inputs, output: { type } };
  // Sizes that do not fit make no sensible weights.
  const weights = isFaulty ? [] : (layer.weights?.(placeless) ?? []);
  return { operands: known, options, inferred: safe, weights, isFaulty };
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
