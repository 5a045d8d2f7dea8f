import type { Net } from '../../grammar/ast.ts';
import { type Fault, fault, severityOf } from '../fault.ts';
import type { Graph, Value } from '../graph.ts';
import { withoutBatch } from './batch.ts';
import { checkLines } from './body.ts';
import type { CheckOptions } from './check.ts';
import { type Context, createContext, type Listener } from './context.ts';
import type { Declarations } from './declarations.ts';
import { withElement } from './element.ts';
import { declareInputs } from './inputs.ts';
import { type KeptAxis, keptAxes } from './kept-axis.ts';
import { checkResults } from './results.ts';

export interface CheckedNet {
  /** Absent where its inputs or results are unknown. */
  readonly graph?: Graph;
  /** The names of its symbolic sizes, open or fixed. */
  readonly sizes: readonly string[];
}

/** Checks one net of a file. */
export function checkNet(net: Net, declarations: Declarations, options: CheckOptions, listener: Listener): CheckedNet {
  const { report } = listener;
  const held: Fault[] = [];
  const known = new Set<string>();
  const keyOf = ({ code, span }: Fault) => `${code} ${span.source} ${span.start}`;
  const hold = (found: Fault) => {
    if (found.code === 'shape/element') held.push(found);
    else {
      known.add(keyOf(found));
      report(found);
    }
  };
  const kept = options.openSizes ? axesToKeep() : undefined;
  const checked = checkOnce(net, declarations, options, { ...listener, report: hold }, kept);
  const isRight = (other: Net) => {
    let right = true;
    const unobserved = unheard(listener, (found) => {
      right &&= known.has(keyOf(found));
    });
    checkOnce(other, declarations, options, unobserved);
    return right;
  };
  for (const found of withElement(net, held, isRight)) report(found);
  return checked;

  /** What the axes of the inputs are for is known from the net with the sizes that are written. */
  function axesToKeep(): ReadonlyMap<string, KeptAxis> {
    const { graph } = checkOnce(
      net,
      declarations,
      options,
      unheard(listener, () => {}),
    );
    return graph ? keptAxes(graph) : new Map();
  }
}

/** Of a check that is only a question, nothing is observed. */
function unheard({ checkpoint, calls }: Listener, report: Listener['report']): Listener {
  return { report, checkpoint, calls };
}

function checkOnce(
  written: Net,
  declarations: Declarations,
  options: CheckOptions,
  listener: Listener,
  kept?: ReadonlyMap<string, KeptAxis>,
): CheckedNet {
  const { report, observer } = listener;
  const knows = (name: string) => (declarations.constants.find(name) ?? declarations.callee(name)) !== undefined;
  const net = withoutBatch(written, knows, report);
  // What a name or a stage that is not understood would have used is not known, so nothing is called unused then.
  let tangled = false;
  const watch = (found: Fault) => {
    tangled ||= severityOf(found) === 'error' && /^(name|use)\//.test(found.code);
    report(found);
  };
  const inputs = net.inputs.map(({ name }) => name.text);
  const context = { ...createContext(declarations, { ...listener, report: watch }), inputs };
  const { builder } = context;
  const { flow, values, symbols, sizes } = declareInputs(context, net, options, kept);
  const outputs = checkResults(context, net, checkLines(context, net.body.lines, flow));
  if (!tangled) reportUnused(context, values ?? []);
  observer?.net(builder.nodes, builder.calls);
  if (!values || !outputs) return { sizes };
  const graph: Graph = {
    name: net.name.text,
    ...(net.doc !== undefined && { doc: net.doc }),
    source: net.span.source,
    span: net.span,
    inputs: values,
    nodes: builder.nodes,
    outputs,
    calls: builder.calls,
    symbols,
    requirements: builder.requirements,
  };
  return { graph, sizes };
}

/** Values that nobody reads, by the name that they have in the text. */
function reportUnused({ builder, report }: Context, inputs: readonly Value[]): void {
  const unused = builder.unused();
  if (unused.length === 0) return;
  const paths = new Map(builder.nodes.map(({ output, path }) => [output, path]));
  const isInput = new Set(inputs);
  for (const value of unused) {
    const name = `\`${value.name}\``;
    const isNamed = paths.get(value) !== value.name;
    const what = isInput.has(value) ? `the input ${name}` : isNamed ? name : `what ${name} gives`;
    report(fault('use/unused', value.span, { what }));
  }
}
