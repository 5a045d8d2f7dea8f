import type { Act, Block, Declaration, Parameter } from '../../grammar/ast.ts';
import { endOf } from '../../grammar/lexer.ts';
import type { Span } from '../../grammar/source.ts';
import { type Constant, constantText } from '../1-check/constant.ts';
import { formulaPart } from '../explain.ts';
import { expressionText } from '../expression-text.ts';
import type { Graph, LayerNode } from '../graph.ts';
import { signature, typeText } from '../signature.ts';
import { solveSizes } from '../sizes/sizes.ts';
import { sizesText } from '../sizes/text.ts';
import { netLines, weightLines } from './costs.ts';
import { cursorAt } from './cursor.ts';
import { declarationAt } from './declaration-at.ts';
import { functionDoc } from './function-docs.ts';
import { bullets, code, fenced, paragraphs } from './markdown.ts';
import type { Definition } from './names.ts';
import { plainNode } from './plain-node.ts';
import { holds } from './range.ts';
import type { Snapshot } from './snapshot.ts';

/** What is known of a name that somebody has declared; of an activation as a layer of a net uses it. */
export function declaredWords(snapshot: Snapshot, definition: Definition, node?: LayerNode): string | undefined {
  const { kind, name, span, type, constant } = definition;
  const declaration = span && declarationAt(snapshot, span);
  switch (kind) {
    case 'input':
    case 'value':
      return paragraphs(fenced(type ? `${name}: ${typeText(type)}` : name), kind === 'input' ? inputWords : undefined);
    case 'output':
      return `${code(name)} is a result of the net.`;
    case 'let':
      return letWords(snapshot, definition);
    case 'size':
      return paragraphs(
        `${code(name)} is a symbolic size: any number with which the net is right.`,
        sizeWords(snapshot, span),
      );
    case 'index':
      return `${code(name)} counts the times of this ${code('repeat')}, from 0.`;
    case 'parameter':
      return parameterWords(snapshot, definition);
    case 'variable':
      return `${code(name)} is the number that the activation is applied to.`;
    case 'block':
      return blockWords(snapshot, definition, declaration);
    case 'act':
      return declaration?.kind === 'act' ? actWords(definition, declaration, node) : undefined;
    case 'net':
      return netWords(snapshot, definition);
    case 'label':
      return span && labelWords(snapshot, span);
    case 'function':
      return functionWords(name);
    default:
      return constant === undefined ? undefined : constantWords(constant);
  }
}

const inputWords = 'An input of the net, without its batch.';

function functionWords(name: string): string | undefined {
  const found = functionDoc(name);
  return found && paragraphs(fenced(found.signature), found.does);
}

// --- constants

function letWords(snapshot: Snapshot, { name, span, constant, doc }: Definition): string {
  const text = span && letText(snapshot, span);
  const value = constant === undefined ? undefined : constantText(constant);
  return paragraphs(
    fenced(`let ${name}${text === undefined ? '' : ` = ${text}`}`),
    value === undefined || value === text ? undefined : constantWords(constant!),
    doc,
  );
}

function constantWords(constant: Constant): string {
  return `It is ${code(constantText(constant))} here.`;
}

/** What a `let` is set to, as it was written. */
function letText(snapshot: Snapshot, name: Span): string | undefined {
  const declared = declarationAt(snapshot, name);
  if (declared?.kind === 'let') return expressionText(declared.value);
  if (name.source !== snapshot.source.name) return undefined;
  const [, ...value] = cursorAt(snapshot, name.end)?.after ?? [];
  return value[0] && snapshot.source.text.slice(value[0].startOffset, endOf(value.at(-1)!));
}

/** `H and W: multiples of 4`, for the net that a place is in. */
function sizeWords({ graphs }: Snapshot, span: Span | undefined): string | undefined {
  const graph = graphs.find((each) => span && holds(each.span, span));
  return graph && graph.symbols.length > 0 ? sizesText(solveSizes(graph)) : undefined;
}

// --- blocks and activations

function parameterWords(snapshot: Snapshot, { name, span, block, constant }: Definition): string {
  const owner = block?.name.text ?? (span && actOf(snapshot, span)?.name.text);
  const parameter =
    span && parametersAround(snapshot, span, block).find(({ name: own }) => own.span.start === span.start);
  const isSize = block?.sizes && [block.sizes.in, block.sizes.out].some((each) => each?.span.start === span?.start);
  const what = isSize ? 'A size in the head' : parameter?.learn ? 'A trained number' : 'A parameter';
  return paragraphs(
    fenced(parameterText(name, parameter)),
    `${what}${owner === undefined ? '' : ` of ${code(owner)}`}${parameter && !parameter.default ? ', which must be given' : ''}.`,
    constant === undefined ? undefined : `The first time that it is known it is ${code(constantText(constant))}.`,
  );
}

function parametersAround(snapshot: Snapshot, name: Span, block: Block | undefined): readonly Parameter[] {
  return block?.parameters ?? actOf(snapshot, name)?.parameters ?? [];
}

/** The `act` around a place, in the text or in what it imports. */
function actOf({ source, file, imports }: Snapshot, place: Span): Act | undefined {
  const from = place.source === source.name ? file : imports.fileNamed(place.source);
  return from?.declarations.find((each): each is Act => {
    return each.kind === 'act' && holds(each.span, place);
  });
}

/** `learn weight = 0.25` */
export function parameterText(name: string, parameter: Parameter | undefined): string {
  const value = parameter?.default;
  return `${parameter?.learn ? 'learn ' : ''}${name}${value ? ` = ${valueText(value)}` : ''}`;
}

function valueText(value: NonNullable<Parameter['default']>): string {
  return value.kind === 'body' ? '{ … }' : expressionText(value);
}

/** `InvertedResidual in->out (mid, k=3, s=1)`, as it is called. */
export function blockHead({ name, sizes, parameters }: Block): string {
  const sides = sizes && [sizes.in.text, ...(sizes.out ? [sizes.out.text] : [])].join('->');
  const list = parameters.map((each) => parameterText(each.name.text, each).replace(' = ', '='));
  return [name.text, ...(sides ? [sides] : []), ...(list.length > 0 ? [`(${list.join(', ')})`] : [])].join(' ');
}

function blockWords(snapshot: Snapshot, { block, doc, name }: Definition, declaration: Declaration | undefined) {
  if (!block) return `${code(name)} is not known.`;
  const own = declaration?.kind === 'block' ? declaration : block;
  return paragraphs(fenced(`block ${blockHead(own)}`), doc, callsText(snapshot, own));
}

/** "Called 8 times in `ResNet18`." */
function callsText({ graphs }: Snapshot, { name }: Block): string | undefined {
  const counts = graphs.flatMap((graph) => {
    const count = graph.calls.filter(({ block }) => block === name.text).length;
    return count === 0 ? [] : [`${count === 1 ? 'once' : `${count} times`} in ${code(graph.name)}`];
  });
  return counts.length === 0 ? undefined : `Written out ${counts.join(', ')}.`;
}

function actWords({ layer, doc }: Definition, act: Act, node: LayerNode | undefined): string {
  const { name, variable, parameters, body } = act;
  const list = [variable.text, ...parameters.map((each) => parameterText(each.name.text, each))].join(', ');
  return paragraphs(
    fenced(`act ${name.text}(${list}) = ${expressionText(body)}`),
    doc,
    ...(layer ? formulaPart(layer, node ?? plainNode(layer)) : []),
  );
}

// --- nets and labels

function netWords(snapshot: Snapshot, { name, doc, span }: Definition): string {
  const graph = snapshot.graphs.find((each) => span && each.source === span.source && each.name === name);
  if (!graph) return paragraphs(fenced(`net ${name}`), doc);
  const sizes = graph.symbols.length > 0 ? sizesText(solveSizes(graph)) : undefined;
  return paragraphs(fenced(`net ${signature(graph)}`), doc, bullets([...netLines(graph), ...(sizes ? [sizes] : [])]));
}

/** The full names of the weights of what has a label, the first time that it is written out. */
function labelWords({ source, graphs, stages }: Snapshot, label: Span): string {
  const stage = stages.all.find((each) => each.stage.label?.span.start === label.start)?.stage;
  const name = source.text.slice(label.start, label.end).replace(/^"|"$/g, '');
  for (const graph of stage ? graphs : []) {
    const path = pathOf(graph, stage!.span, name);
    const nodes = graph.nodes.filter((node) => node.path === path || node.path.startsWith(`${path}.`));
    if (path !== undefined) return paragraphs(`The label of ${code(path)}.`, bullets(weightLines(nodes)));
  }
  return 'A label, with which the names of weights begin.';
}

/** The path of what a stage calls, or else the part of an inner one that the label of its braces is. */
function pathOf({ nodes, calls }: Graph, stage: Span, label: string): string | undefined {
  const placed = [...calls, ...nodes].filter(({ span }) => span.source === stage.source);
  const own = placed.find(({ span }) => span.start === stage.start && span.end === stage.end);
  if (own) return own.path;
  const inner = placed.find(({ span }) => holds(stage, span))?.path;
  const at = inner === undefined ? -1 : `.${inner}.`.indexOf(`.${label}.`);
  return at < 0 ? undefined : inner!.slice(0, at + label.length);
}
