import type {
  Act,
  Block,
  Body,
  Broken,
  Declaration,
  Expression,
  Line,
  Name,
  Net,
  Parameter,
  Pipeline,
  Stage,
  TensorType,
} from '../../grammar/ast.ts';
import type { Span } from '../../grammar/source.ts';
import { expressionText } from '../expression-text.ts';
import { signature, typeText } from '../signature.ts';
import { fuzzyScore } from './fuzzy.ts';
import type { DefinitionKind } from './names.ts';
import { graphOf } from './nets.ts';
import type { Snapshot } from './snapshot.ts';
import { stageInfo } from './stage-info.ts';
import { bodiesOf } from './stages.ts';

export interface DocumentSymbol {
  readonly name: string;
  /** Its signature or shape. */
  readonly detail?: string;
  readonly kind: DefinitionKind;
  /** All of it, and its name. */
  readonly span: Span;
  readonly selection: Span;
  readonly children: readonly DocumentSymbol[];
}

/** The outline of the text. */
export function documentSymbols(snapshot: Snapshot): readonly DocumentSymbol[] {
  return snapshot.file.declarations.flatMap((declaration) =>
    declared(snapshot, declaration).map((symbol) => ({ ...symbol, children: childrenOf(snapshot, declaration) })),
  );
}

/** More symbols than these, and more of a stage beside its label, nobody reads. */
const mostFound = 200;
const longestHead = 200;

/** What is declared at the top of some texts and matches a query, as people type one: the best first. */
export function workspaceSymbols(snapshots: readonly Snapshot[], query: string): readonly DocumentSymbol[] {
  const wanted = query.replace(/\s/g, '');
  return snapshots
    .flatMap((snapshot) => snapshot.file.declarations.flatMap((each) => declared(snapshot, each)))
    .flatMap((symbol) => {
      const score = fuzzyScore(wanted, symbol.name);
      return score === undefined ? [] : [{ symbol, score }];
    })
    .sort((left, right) => right.score - left.score)
    .slice(0, mostFound)
    .map(({ symbol }) => symbol);
}

// --- declarations

/** What a declaration declares, without what is in it. */
function declared(snapshot: Snapshot, declaration: Declaration): readonly DocumentSymbol[] {
  switch (declaration.kind) {
    case 'import':
      return [];
    case 'let':
      return [symbolOf('let', declaration.name, declaration.span, expressionText(declaration.value))];
    case 'act':
      return [symbolOf('act', declaration.name, declaration.span, actText(declaration))];
    case 'block':
      return [symbolOf('block', declaration.name, declaration.span, blockText(declaration))];
    case 'net':
      return [symbolOf('net', declaration.name, declaration.span, netText(snapshot, declaration))];
    case 'broken':
      return brokenSymbols(declaration, keywordOf(snapshot, declaration));
  }
}

function childrenOf(snapshot: Snapshot, declaration: Declaration): readonly DocumentSymbol[] {
  switch (declaration.kind) {
    case 'block':
      return [...parameters(declaration), ...linesOf(snapshot, declaration.body)];
    case 'net':
      return [...ends(declaration), ...linesOf(snapshot, declaration.body)];
    default:
      return [];
  }
}

function parameters({ sizes, parameters: all }: Block): readonly DocumentSymbol[] {
  const named = sizes ? [sizes.in, ...(sizes.out ? [sizes.out] : [])] : [];
  return [
    ...named.map((name) => symbolOf('parameter', name, name.span)),
    ...all.map(({ name, span, default: value }) => symbolOf('parameter', name, span, value && valueText(value))),
  ];
}

/** What a net takes and gives. */
function ends({ inputs, result }: Net): readonly DocumentSymbol[] {
  const outputs = result?.outputs ?? [];
  return [
    ...inputs.map(({ name, type, span }) => symbolOf('input', name, span, writtenType(type))),
    ...outputs.flatMap(({ name, type }) => (name ? [symbolOf('output', name, name.span, writtenType(type))] : [])),
  ];
}

/** By the word that it begins with; a name that was to be imported is declared elsewhere. */
function keywordOf({ source }: Snapshot, { span }: Broken): DefinitionKind | undefined {
  const word = /^(?:net|block|act|let)\b/.exec(source.text.slice(span.start, span.start + 6))?.[0];
  return word as 'net' | 'block' | 'act' | 'let' | undefined;
}

function brokenSymbols({ declares, span }: Broken, kind: DefinitionKind | undefined): readonly DocumentSymbol[] {
  return kind === undefined ? [] : declares.map((name) => symbolOf(kind, name, span));
}

// --- bodies

function linesOf(snapshot: Snapshot, { lines }: Body): readonly DocumentSymbol[] {
  return lines.flatMap((line) => lineSymbols(snapshot, line));
}

function lineSymbols(snapshot: Snapshot, line: Line): readonly DocumentSymbol[] {
  switch (line.kind) {
    case 'pipeline':
      return pipelineSymbols(snapshot, line);
    case 'let':
      return [symbolOf('let', line.name, line.span, expressionText(line.value))];
    case 'return':
      return [];
    case 'broken':
      return brokenSymbols(line, keywordOf(snapshot, line) ?? 'value');
  }
}

/** A value holds the labels of its line. */
function pipelineSymbols(snapshot: Snapshot, { name, span, stages }: Pipeline): readonly DocumentSymbol[] {
  const labels = stages.flatMap((stage) => stageSymbols(snapshot, stage));
  const last = stages.at(-1);
  return name ? [symbolOf('value', name, span, last && shapeAfter(snapshot, last), labels)] : labels;
}

/** A label holds those of its scope; stages without one hold none, so that theirs stand in the scope around. */
function stageSymbols(snapshot: Snapshot, stage: Stage): readonly DocumentSymbol[] {
  const inner = bodiesOf(stage).flatMap((body) => linesOf(snapshot, body));
  const { label } = stage;
  if (!label) return inner;
  const { text } = snapshot.source;
  const name = { text: text.slice(label.span.start, label.span.end), span: label.span };
  const detail = [headText(snapshot, stage), shapeAfter(snapshot, stage)].filter(Boolean).join(' ');
  return [symbolOf('label', name, stage.span, detail, inner)];
}

/** What flows out of a stage, where that is the same each time. */
function shapeAfter({ stages }: Snapshot, stage: Stage): string | undefined {
  const info = stageInfo(stages, stage);
  return info?.after && !info.varies ? typeText(info.after) : undefined;
}

// --- words

function symbolOf(
  kind: DefinitionKind,
  { text, span: selection }: Name,
  span: Span,
  detail?: string,
  children: readonly DocumentSymbol[] = [],
): DocumentSymbol {
  return { name: text, kind, span, selection, ...(detail && { detail }), children };
}

function actText({ variable, parameters: all }: Act): string {
  return `(${[variable.text, ...all.map((each) => parameterText(each, ' = '))].join(', ')})`;
}

function blockText({ sizes, parameters: all }: Block): string {
  const arrow = sizes && [sizes.in.text, ...(sizes.out ? [sizes.out.text] : [])].join('->');
  const list = all.length > 0 && `(${all.map((each) => parameterText(each, '=')).join(', ')})`;
  return [arrow, list].filter(Boolean).join(' ');
}

function parameterText({ name, learn, default: value }: Parameter, sign: string): string {
  return `${learn ? 'learn ' : ''}${name.text}${value ? `${sign}${valueText(value)}` : ''}`;
}

function valueText(value: Expression | Body): string {
  return value.kind === 'body' ? '{ … }' : expressionText(value);
}

/** With the sizes that were found; as it is written where nothing is known of it. */
function netText(snapshot: Snapshot, net: Net): string {
  const graph = graphOf(snapshot, net);
  if (graph) return signature(graph).slice(graph.name.length);
  return `(${net.inputs.map((input) => `${input.name.text}: ${writtenType(input.type)}`).join(', ')})`;
}

function writtenType({ element, dims }: TensorType): string {
  return `${element?.text ?? ''}[${dims.map(expressionText).join(', ')}]`;
}

/** A stage as it is written, up to its braces, without its label. */
function headText({ source: { text } }: Snapshot, { span, label }: Stage): string {
  const written = text.slice(label?.span.end ?? span.start, Math.min(span.end, span.start + longestHead));
  return /^\s*:?([^{#]*)/.exec(written)![1]!.trim().replace(/\s+/g, ' ');
}
