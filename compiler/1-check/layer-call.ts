import type { Call } from '../../grammar/ast.ts';
import { equal } from '../dim.ts';
import { fault } from '../fault.ts';
import type { GraphWeight, LayerNode, Value } from '../graph.ts';
import type { AnyLayer } from '../layer.ts';
import { type Shape, shapeText } from '../shape.ts';
import { type Applied, applyLayer, type CheckBody, recallLayer } from './apply-layer.ts';
import type { Context } from './context.ts';
import { type Flow, unknown } from './flow.ts';
import { claimPath } from './labels.ts';
import { areSmall } from './limits.ts';
import type { ClaimedPath } from './paths.ts';
import { withoutShare } from './share.ts';

/** A layer applied to the flow: what it gives. */
export function checkLayer(context: Context, full: Call, layer: AnyLayer, flow: Flow, checkBody: CheckBody): Flow {
  const recalled = recallLayer(context, full, layer, flow);
  // A call that shares weights is never known.
  const { call, share } = recalled ? { call: full } : withoutShare(context, full, layer);
  const applied = recalled ?? applyLayer(context, call, layer, flow, checkBody);
  const claimed = claimPath(context, { kind: layer.name, span: call.callee.span, label: call.label, share }, flow);
  if (!applied) return unknown;
  const { operands, answer, remedy, isFaulty } = applied;
  // Which of its operands a join should have is anybody's guess, and so is all that follows from it.
  const isGuess = (isFaulty && layer.operands === 'join') || operands.some((operand) => operand.isGuess);
  const value = addNode(context, call, layer, claimed, applied);
  return { kind: 'known', value, note: answer.note, remedy, isGuess };
}

function addNode(
  context: Context,
  call: Call,
  layer: AnyLayer,
  { path, shared }: ClaimedPath,
  { operands, answer }: Applied,
): Value {
  const { builder } = context;
  const { type, options, sizes, weights } = answer;
  const output = builder.value(path, type, call.span);
  const node = {
    path,
    layer,
    options,
    ...(sizes && { sizes }),
    inputs: operands.map(({ value }) => value),
    output,
    weights: weights.map((spec) => ({ name: spec.name === '' ? path : `${path}.${spec.name}`, spec })),
    span: call.span,
  };
  if (shared) checkShared(context, call, node);
  else areSmall(context, weights, call.callee.span);
  builder.node(node);
  return output;
}

/** Weights that are used again have the shapes that they had before; where those are open, they must turn out to be the same. */
function checkShared({ builder, report, require }: Context, { callee, span }: Call, node: LayerNode): void {
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
      if (certainty === 'sometimes') require({ left, relation: 'equal', right, span });
    });
  }
}

/** The shape of a weight, in which a size that depends on symbolic ones is that of the features that arrive. */
function openShape({ layer, inputs }: LayerNode, { spec }: GraphWeight): Shape {
  const received = inputs[0]?.type.shape.at(layer.features === 'last' ? -1 : 0);
  return spec.shape.map((size) => (Number.isNaN(size) && received !== undefined ? received : size));
}
