import type { Span } from '../../grammar/source.ts';
import type { Because, Fault, Fix } from '../fault.ts';
import type { BlockCall, Graph, LayerNode, Value } from '../graph.ts';

/** Where a place is that was somewhere else in an earlier version of a text. */
export type Move = (span: Span) => Span;

export function movedFault(fault: Fault, move: Move): Fault {
  const { because, trace, fix } = fault;
  const moved = {
    ...fault,
    span: move(fault.span),
    ...(because && { because: because.map((each) => movedCause(each, move)) }),
    ...(trace && { trace: trace.map((each) => movedCause(each, move)) }),
    ...(fix && { fix: movedFix(fix, move) }),
  };
  return moved as Fault;
}

function movedCause({ span, message }: Because, move: Move): Because {
  return { span: move(span), message };
}

function movedFix(fix: Fix, move: Move): Fix {
  const { edits, alternatives } = fix;
  return {
    ...fix,
    edits: edits.map(({ span, text }) => ({ span: move(span), text })),
    ...(alternatives && { alternatives: alternatives.map((each) => movedFix(each, move)) }),
  };
}

/** Makes copies of nodes and of the graph that they are of, in which values are the same where they were. */
export interface GraphMover {
  node(node: LayerNode): LayerNode;
  call(call: BlockCall): BlockCall;
  graph(graph: Graph): Graph;
}

/** Without a move everything stays what it is. */
export function graphMover(move: Move | undefined): GraphMover {
  if (!move) return { node: (node) => node, call: (call) => call, graph: (graph) => graph };
  const values = new Map<Value, Value>();
  const nodes = new Map<LayerNode, LayerNode>();
  const value = (old: Value): Value => {
    const known = values.get(old) ?? { ...old, span: move(old.span) };
    values.set(old, known);
    return known;
  };
  const node = (old: LayerNode): LayerNode => {
    const known = nodes.get(old) ?? {
      ...old,
      inputs: old.inputs.map(value),
      output: value(old.output),
      span: move(old.span),
    };
    nodes.set(old, known);
    return known;
  };
  const call = (old: BlockCall): BlockCall => ({
    ...old,
    input: value(old.input),
    output: value(old.output),
    span: move(old.span),
  });
  return {
    node,
    call,
    graph: (old) => ({
      ...old,
      span: move(old.span),
      inputs: old.inputs.map(value),
      nodes: old.nodes.map(node),
      outputs: old.outputs.map((output) => ({ ...output, value: value(output.value) })),
      calls: old.calls.map(call),
      requirements: old.requirements.map((each) => ({ ...each, span: move(each.span) })),
    }),
  };
}
