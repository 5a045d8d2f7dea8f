import type { Body, Call } from '../../grammar/ast.ts';
import type { Span } from '../../grammar/source.ts';
import { type Fault, fault } from '../fault.ts';
import type { AnyLayer, Inferred, OptionValue } from '../layer.ts';
import { type CallArguments, readArguments } from './arguments.ts';
import type { Context } from './context.ts';
import { type Flow, type Known, unknown } from './flow.ts';
import { claimLabel } from './labels.ts';
import { areSmall, isSmall } from './limits.ts';
import { countKind, ordinalPath } from './paths.ts';
import type { WrittenOperand } from './place.ts';

/** Checks the lines of a branch; it is handed down because branches hold calls. */
export type CheckBody = (context: Context, body: Body, flow: Flow) => Flow;

/** A layer applied to the flow: what it gives. */
export function checkLayer(context: Context, call: Call, layer: AnyLayer, flow: Flow, checkBody: CheckBody): Flow {
  const written = readArguments(context, call, layer, flow);
  const operands = operandsOf(context, layer, written, flow, checkBody);
  const path = takePath(context, call, layer, flow);
  const known = operands.flatMap(({ flow, place }) => (flow.kind === 'known' ? [{ ...flow, place }] : []));
  if (operands.some((operand) => operand.flow.kind === 'absent')) {
    context.report(fault('use/start', call.callee.span, { inputs: context.inputs }));
  }
  for (const operand of operands) context.builder.use(operand.flow);
  if (known.length < operands.length || written.broken) return unknown;

  let faulty = false;
  const report = (found: Fault) => {
    faulty = true;
    context.report(found);
  };
  const inferred = layer.infer({
    written: call.callee.text,
    span: call.callee.span,
    operands: known.map(({ value, note, place }) => ({
      type: value.type,
      span: value.span,
      ...(note !== undefined && { note }),
      ...(place && { place }),
    })),
    options: written.options,
    sizes: written.sizes,
    spanOf: (option) => written.spans.get(option) ?? call.callee.span,
    fault: (code, span, evidence, extra) => report(fault(code, span, evidence, extra)),
    require: context.builder.require,
  });
  if (!inferred || !isSmall(context, inferred.type.shape, call.callee.span)) return unknown;
  return addNode(context, call, layer, path, known, written.options, inferred, faulty);
}

function addNode(
  context: Context,
  call: Call,
  layer: AnyLayer,
  path: string,
  operands: readonly Known[],
  options: Readonly<Record<string, OptionValue>>,
  { type, sizes, note }: Inferred,
  faulty: boolean,
): Flow {
  const { builder } = context;
  const output = builder.value(path, type, call.span);
  const inputs = operands.map(({ value }) => value);
  const typed = { path, options, ...(sizes && { sizes }), inputs, output, span: call.span };
  // Sizes that do not fit make no sensible weights.
  const weights = faulty ? [] : (layer.weights?.(typed) ?? []);
  areSmall(context, weights, call.callee.span);
  builder.node({
    ...typed,
    layer,
    weights: weights.map((spec) => ({ name: spec.name === '' ? path : `${path}.${spec.name}`, spec })),
  });
  return { kind: 'known', value: output, ...(note !== undefined && { note }) };
}

/** What a layer works on, and where it is written. */
interface PlacedFlow {
  readonly flow: Flow;
  readonly place?: Span;
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

function placeOf(operand: WrittenOperand): Span {
  return operand.kind === 'branch' ? operand.body.span : operand.name.span;
}

/** The path of the layer: its label, or its name and ordinal. A label that is taken is reported. */
function takePath(context: Context, call: Call, layer: AnyLayer, flow: Flow): string {
  const { paths, pathScope } = context;
  if (call.label) {
    countKind(pathScope, layer.name);
    const path = claimLabel(context, call.label, flow);
    if (path !== undefined) return path;
  }
  const path = ordinalPath(paths, pathScope, layer.name);
  paths.take(path, call.callee.span);
  return path;
}
