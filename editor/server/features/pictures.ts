import { planned, whatIf } from '../../../compiler/ide.ts';
import {
  analyze,
  compileToTfjs,
  compileToTypeScript,
  faultMessage,
  type Graph,
  hasErrors,
  plotActivation,
  plotModel,
  prelude,
  summarize,
  tally,
} from '../../../compiler/index.ts';
import { pageText } from '../manual.ts';
import { baseName } from '../names.ts';
import {
  type Diagram,
  type DiagramRequest,
  type GenerateRequest,
  type NetSummary,
  type PlotRequest,
  type Problem,
  type SummaryRequest,
  virtualSchemes,
  type WhatIfRequest,
  type WhichNet,
} from '../protocol.ts';
import type { Feature, Session } from '../session.ts';
import type { Text } from '../text.ts';

/** What is shown beside a text: the requests that this server has beyond the protocol, and the texts of its own pages. */
export const pictures: Feature = (session) => {
  const { connection } = session;
  on<DiagramRequest>('netc/diagram', diagram);
  on<SummaryRequest>('netc/summary', (text) => ({ nets: text.snapshot.graphs.map((graph) => summary(text, graph)) }));
  on<GenerateRequest>('netc/generate', (text, params) => generated(session, text, params));
  on<PlotRequest>('netc/plot', (text, { activation }) => plot(text, activation));
  on<WhatIfRequest>('netc/whatIf', (text, { net, inputs }) => whatIfAnswer(text, net, inputs));
  connection.onRequest('netc/prelude', () => ({ text: prelude }));
  connection.workspace.textDocumentContent.on(
    session.answer(({ uri }) => {
      const text = pageText(uri);
      return text === undefined ? null : { text };
    }),
  );
  return { workspace: { textDocumentContent: { schemes: Object.values(virtualSchemes) } } };

  function on<Request extends OwnRequest>(
    method: Request['method'],
    handle: (text: Text, params: Request['params']) => Request['result'] | Promise<Request['result']>,
  ): void {
    connection.onRequest<unknown, unknown>(method, session.answerText(handle));
  }
};

type OwnRequest = DiagramRequest | SummaryRequest | GenerateRequest | PlotRequest | WhatIfRequest;

function graphOf(text: Text, { net, position }: WhichNet): Graph | Problem {
  const { graphs, file } = text.snapshot;
  const offset = position && text.offset(position);
  const at = file.declarations.find(
    (each) => each.kind === 'net' && offset !== undefined && each.span.start <= offset && offset <= each.span.end,
  );
  if (at?.kind === 'net') {
    const known = graphs.find(({ span }) => span.start === at.span.start);
    return known ?? { problem: `the shapes of \`${at.name.text}\` are not known yet` };
  }
  const named = graphs.find(({ name }) => name === net);
  const found = named ?? (net === undefined || position ? graphs[0] : undefined);
  if (found) return found;
  return { problem: graphs.length === 0 ? 'there is no net yet whose inputs are known' : `there is no net \`${net}\`` };
}

async function diagram(text: Text, params: WhichNet): Promise<Diagram | Problem> {
  const graph = graphOf(text, params);
  if ('problem' in graph) return graph;
  const { faults } = text.snapshot;
  const picture = await plotModel(graph);
  if (!picture) return { problem: `\`${graph.name}\` is too large for a diagram` };
  const boxes = picture.boxes.flatMap(({ id, spans }) =>
    spans.filter(({ source }) => source === text.name).map((span) => ({ id, range: text.range(span) })),
  );
  return { net: graph.name, svg: picture.svg, boxes, ...(hasErrors(faults) && { errors: tally(faults) }) };
}

function summary(text: Text, graph: Graph): NetSummary {
  const { layers, ...rest } = summarize(graph, hasErrors(text.snapshot.faults) ? undefined : planned(graph));
  return {
    ...rest,
    layers: layers.map((layer, index) => {
      const { span } = graph.nodes[index]!;
      return { ...layer, ...(span.source === text.name && { range: text.range(span) }) };
    }),
  };
}

async function generated({ host }: Session, text: Text, params: GenerateRequest['params']) {
  const { faults } = text.snapshot;
  if (hasErrors(faults)) return { problem: `there is no code for a text with errors: ${tally(faults)}` };
  const graph = graphOf(text, params);
  if ('problem' in graph) return graph;
  const { name, symbols } = graph;
  if (symbols.length > 0)
    return { problem: `code needs fixed sizes, and in \`${name}\` ${symbols.join(' and ')} are open` };
  const origin = { source: baseName(text.name), version: host.version };
  if (params.target === 'ts') return { text: await compileToTypeScript(graph, origin) };
  const outcome = await compileToTfjs(graph, origin);
  const [first] = outcome.faults;
  return first && hasErrors(outcome.faults) ? { problem: faultMessage(first) } : { text: outcome.value };
}

async function plot({ snapshot }: Text, activation: string) {
  // What is declared in the text may be meant; its nets, which may be half typed, are not needed.
  const declared = snapshot.file.declarations
    .filter(({ kind }) => kind !== 'net' && kind !== 'block')
    .map(({ span }) => snapshot.source.text.slice(span.start, span.end));
  const source = { ...snapshot.source, text: [...declared, `net Plot(x: [1]) { ${activation} }`].join('\n') };
  const node = analyze(source, snapshot.options).value.graphs.at(-1)?.nodes.at(-1);
  const svg = node && (await plotActivation(node));
  return svg === undefined ? { problem: `\`${activation}\` is no activation` } : { svg };
}

export function whatIfAnswer({ snapshot }: Text, net: string, inputs: Readonly<Record<string, string>>) {
  const text = whatIf(snapshot, net, inputs);
  return text === undefined ? { problem: `there is no net \`${net}\`` } : { text };
}
