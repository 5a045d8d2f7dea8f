import type { Net } from '../../grammar/ast.ts';
import { type Fault, fault, severityOf } from '../fault.ts';
import type { Graph, Value } from '../graph.ts';
import { checkLines } from './body.ts';
import { createBuilder } from './builder.ts';
import type { CheckOptions } from './check.ts';
import type { Context } from './context.ts';
import type { Declarations } from './declarations.ts';
import { declareInputs } from './inputs.ts';
import { createPaths, pathScope } from './paths.ts';
import { checkResults } from './results.ts';
import { innerScope } from './scope.ts';

export interface CheckedNet {
  /** Absent where its inputs or results are unknown. */
  readonly graph?: Graph;
  /** The names of its symbolic sizes, open or fixed. */
  readonly sizes: readonly string[];
}

export function checkNet(
  net: Net,
  declarations: Declarations,
  options: CheckOptions,
  report: (fault: Fault) => void,
): CheckedNet {
  const builder = createBuilder();
  // What a name or a stage that is not understood would have used is not known, so nothing is called unused then.
  let tangled = false;
  const context: Context = {
    declarations,
    builder,
    paths: createPaths(),
    pathScope: pathScope(''),
    named: new Map(),
    scope: innerScope(declarations.constants),
    inputs: net.inputs.map(({ name }) => name.text),
    report(found) {
      tangled ||= severityOf(found) === 'error' && /^(name|use)\//.test(found.code);
      report(found);
    },
  };
  const { flow, values, symbols, sizes } = declareInputs(context, net, options);
  const outputs = checkResults(context, net, checkLines(context, net.body.lines, flow));
  if (!tangled) reportUnused(context, values ?? []);
  if (!values || !outputs) return { sizes };
  const graph: Graph = {
    name: net.name.text,
    ...(net.doc !== undefined && { doc: net.doc }),
    source: net.span.source,
    span: net.span,
    inputs: values,
    nodes: builder.nodes,
    outputs,
    symbols,
    requirements: builder.requirements,
  };
  return { graph, sizes };
}

function reportUnused({ builder, report }: Context, inputs: readonly Value[]): void {
  for (const value of builder.unused()) {
    const made = builder.nodes.find(({ output }) => output === value);
    const what = inputs.includes(value)
      ? `the input \`${value.name}\``
      : made?.path === value.name
        ? `what \`${value.name}\` gives`
        : `\`${value.name}\``;
    report(fault('use/unused', value.span, { what }));
  }
}
