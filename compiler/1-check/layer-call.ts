import type { Body, Call } from '../../grammar/ast.ts';
import { equal } from '../dim.ts';
import { type Fault, fault, severityOf } from '../fault.ts';
import type { GraphWeight, LayerNode } from '../graph.ts';
import type { AnyLayer, Inferred, OptionValue, Place } from '../layer.ts';
import { type Shape, shapeText } from '../shape.ts';
import { type CallArguments, readArguments } from './arguments.ts';
import type { Context } from './context.ts';
import { type Flow, type Known, unknown } from './flow.ts';
import { claimPath } from './labels.ts';
import { areSmall, isSmall } from './limits.ts';
import type { ClaimedPath } from './paths.ts';
import type { WrittenOperand } from './place.ts';
import { repairFor } from './repair.ts';
import { withoutShare } from './share.ts';

/** Checks the lines of a branch; it is handed down because branches hold calls. */
export type CheckBody = (context: Context, body: Body, flow: Flow) => Flow;

/** A layer applied to the flow: what it gives. */
export function checkLayer(context: Context, full: Call, layer: AnyLayer, flow: Flow, checkBody: CheckBody): Flow {
  const { call, share } = withoutShare(context, full, layer);
  const written = readArguments(context, call, layer, flow);
  const operands = operandsOf(context, layer, written, flow, checkBody);
  const owner = { kind: layer.name, span: call.callee.span, share, ...(call.label && { label: call.label }) };
  const claimed = claimPath(context, owner, flow);
  const known = operands.flatMap(({ flow, place }) => (flow.kind === 'known' ? [{ ...flow, place }] : []));
  if (operands.some((operand) => operand.flow.kind === 'absent')) {
    context.report(fault('use/start', call.callee.span, { inputs: context.inputs }));
  }
  for (const operand of operands) context.builder.use(operand.flow);
  if (known.length < operands.length || written.broken) {
    if (written.unlisted) context.report(written.unlisted);
    return unknown;
  }

  let faulty = false;
  let { unlisted } = written;
  const report = (found: Fault) => {
    faulty ||= severityOf(found) === 'error';
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
    require: context.builder.require,
  });
  if (unlisted) context.report(unlisted);
  if (!inferred || !isSmall(context, inferred.type.shape, call.callee.span)) return unknown;
  const { remedy, ...rest } = inferred;
  const safe = { ...rest, ...(remedy && { remedy: (wanted: Shape) => repairFor(context, written, remedy(wanted)) }) };
  const result = addNode(context, call, layer, claimed, known, written.options, safe, faulty);
  // Which of its operands a join should have is anybody's guess, and so is all that follows from it.
  const isGuess = (faulty && layer.operands === 'join') || known.some((operand) => operand.isGuess);
  return isGuess ? { ...result, isGuess } : result;
}

function addNode(
  context: Context,
  call: Call,
  layer: AnyLayer,
  { path, shared }: ClaimedPath,
  operands: readonly Known[],
  options: Readonly<Record<string, OptionValue>>,
  { type, sizes, note, remedy }: Inferred,
  faulty: boolean,
): Known {
  const { builder } = context;
  const output = builder.value(path, type, call.span);
  const inputs = operands.map(({ value }) => value);
  const typed = { path, options, ...(sizes && { sizes }), inputs, output, span: call.span };
  // Sizes that do not fit make no sensible weights.
  const weights = faulty ? [] : (layer.weights?.(typed) ?? []);
  const named = weights.map((spec) => ({ name: spec.name === '' ? path : `${path}.${spec.name}`, spec }));
  const node = { ...typed, layer, weights: named };
  if (shared) checkShared(context, call, node);
  else areSmall(context, weights, call.callee.span);
  builder.node(node);
  return { kind: 'known', value: output, ...(note !== undefined && { note }), ...(remedy && { remedy }) };
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

/** Weights that are used again have the shapes that they had before; where those are open, they must turn out to be the same. */
function checkShared({ builder, report }: Context, { callee, span }: Call, node: LayerNode): void {
  for (const weight of node.weights) {
    const { name } = weight;
    const owner = builder.ownerOf(name);
    const earlier = owner?.weights.find((each) => each.name === name);
    const shape = openShape(node, weight);
    const before = owner && earlier && openShape(owner, earlier);
    const certainties = shape.map((dim, axis) => equal(dim, before?.[axis] ?? 0));
    if (before?.length !== shape.length || certainties.includes('never')) {
      const evidence = { name, shape: shapeText(shape), ...(before && { before: shapeText(before) }) };
      report(fault('shape/shared', callee.span, evidence));
      return;
    }
    certainties.forEach((certainty, axis) => {
      const [left, right] = [shape[axis]!, before[axis]!];
      if (certainty === 'sometimes') builder.require({ left, relation: 'equal', right, span });
    });
  }
}

/** The shape of a weight, in which a size that depends on symbolic ones is that of the features that arrive. */
function openShape({ layer, inputs }: LayerNode, { spec }: GraphWeight): Shape {
  const received = inputs[0]?.type.shape.at(layer.features === 'last' ? -1 : 0);
  return spec.shape.map((size) => (Number.isNaN(size) && received !== undefined ? received : size));
}
