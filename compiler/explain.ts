import { analyze } from './compile.ts';
import type { FaultKind } from './fault.ts';
import { type FaultCode, faultKinds } from './faults/index.ts';
import { type AnyLayer, exampleText, type LayerExample, type OptionSpec } from './layer.ts';
import { activations, findLayer, layers } from './layers/index.ts';
import { markdownTable } from './markdown.ts';
import { optionText } from './option-text.ts';
import { curveOf, fractionText } from './plot/curve.ts';
import { derive } from './scalar/derive.ts';
import type { Kink } from './scalar/kinks.ts';
import { scalarText } from './scalar/text.ts';
import { shapeText } from './shape.ts';
import { typeText } from './signature.ts';

/** Pages of the manual, as Markdown: what `netc explain` prints, and what `docs/` is made of. */

/** The page of a fault's code, of a layer or of an activation, by any name that it has. It is Markdown without wide tables. */
export function explain(topic: string): string | undefined {
  if (isFaultCode(topic)) return faultPage(topic);
  const layer = findLayer(topic);
  return layer && layerPage(layer, forTerminals);
}

/** Every word that `explain` knows, for listings and for did-you-mean. */
export function topics(): Topics {
  return { codes: Object.keys(faultKinds) as FaultCode[], layers, activations: [...activations] };
}

export interface Topics {
  readonly codes: readonly FaultCode[];
  readonly layers: readonly AnyLayer[];
  readonly activations: readonly AnyLayer[];
}

function isFaultCode(topic: string): topic is FaultCode {
  return Object.hasOwn(faultKinds, topic);
}

/** What a code means, with a wrong example and a right one. */
export function faultPage(code: FaultCode): string {
  const kind: FaultKind<never> = faultKinds[code];
  return `## ${code}\n\n*${kind.severity}*\n\n${kind.explain}`;
}

/** What differs between a page that is rendered and one that is read as text. */
interface Form {
  readonly options: (options: AnyLayer['options']) => string;
  /** How a `|` stands in a table. */
  readonly bar: string;
}

const forPages: Form = { options: optionTable, bar: '\\|' };
/** Where the words of a wide table would be torn apart, and code is copied as it stands. */
const forTerminals: Form = { options: optionLines, bar: '|' };

/** All that the record of a layer says. */
export function layerPage(layer: AnyLayer, form = forPages): string {
  return [
    `## ${layer.name}`,
    `    ${layerSignature(layer)}`,
    layer.summary,
    ...formulaPart(layer),
    layer.description,
    ...namesPart(layer),
    form.options(layer.options),
    ...examplesPart(layer, form),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** How it is written, with what may be left out in brackets: `conv [in]->out kernel [stride=1] [padding=0]`. */
export function layerSignature(layer: AnyLayer): string {
  return [layer.name, ...signatureWords(layer).map(({ text }) => text)].join(' ');
}

/** A part of a signature behind the name. */
export interface SignatureWord {
  readonly text: string;
  /** What is written there: an option by its name, sizes, or operands. */
  readonly of: { readonly option: string } | 'sizes' | 'operands';
}

export function signatureWords({ operands, sizes, options, positional = [] }: AnyLayer): readonly SignatureWord[] {
  return [
    ...(sizes === 'none' ? [] : [{ text: sizes === 'all' ? 'in->out' : '[in]->out', of: 'sizes' } as const]),
    ...(operands === 'join' ? [{ text: 'value… { branch }…', of: 'operands' } as const] : []),
    ...Object.entries(options).map(([option, spec]) => ({ text: optionWord(option, spec), of: { option } })),
  ];

  function optionWord(option: string, spec: OptionSpec): string {
    if (spec.optional) return `[${option}=…]`;
    if (spec.default !== undefined)
      return spec.default === false ? `[${option}]` : `[${option}=${optionText(spec, spec.default, 0)}]`;
    return positional.includes(option) ? option : `${option}=…`;
  }
}

/** What there is to say of an activation as a function of one number, with its options as they are by default or in a node. */
export function formulaPart(layer: AnyLayer, node = exampleNode(layer, layer.examples[0]!)?.node): readonly string[] {
  const { formula } = layer;
  if (!formula) return [];
  const derivative = scalarText(derive(formula.body, formula.variable));
  const learned = node?.weights.map(({ spec }) => `It learns \`${spec.name}\` ${shapeText(spec.shape)}.`) ?? [];
  const kinks = (node && curveOf(node)?.kinks) ?? [];
  return [`    y  = ${formula.text}\n    y' = ${derivative}`, ...learned, kinksText(kinks)];
}

/** "Kinks: at -3 its slope goes from 0 to -1/2; …" */
function kinksText(kinks: readonly Kink[]): string {
  if (kinks.length === 0) return 'It has no kinks.';
  const change = (sides: readonly [number, number]) => `from ${fractionText(sides[0])} to ${fractionText(sides[1])}`;
  const words = kinks.map(({ at, slopes, jump }) =>
    jump
      ? `at ${fractionText(at)} it jumps ${change(jump)}`
      : `at ${fractionText(at)} its slope goes ${change(slopes)}`,
  );
  return `Kinks: ${words.join('; ')}.`;
}

function namesPart({ synonyms = [], torch, description }: AnyLayer): readonly string[] {
  const others = synonyms.map((name) => `\`${name}\``).join(', ');
  return [
    ...(others === '' ? [] : [`Also written ${others}.`]),
    ...(torch === undefined || description.includes('PyTorch: ') ? [] : [`PyTorch: \`${torch}\`.`]),
  ];
}

function optionTable(options: AnyLayer['options']): string {
  const rows = Object.entries(options).map(([name, spec]) => [
    `\`${name}\`${spec.short === undefined ? '' : `, \`${spec.short}\``}`,
    kindOf(spec),
    defaultOf(spec),
    spec.doc,
  ]);
  return rows.length === 0 ? '' : markdownTable(['option', 'takes', 'default', ''], rows);
}

function optionLines(options: AnyLayer['options']): string {
  return Object.entries(options)
    .map(([name, spec]) => {
      const short = spec.short === undefined ? '' : ` (\`${spec.short}\`)`;
      return `- \`${name}\`${short}: ${kindOf(spec)}; ${defaultOf(spec)}. ${spec.doc}`;
    })
    .join('\n');
}

/** "must be written", "`1`" */
export function defaultOf(spec: OptionSpec): string {
  if (spec.optional) return 'may be left out';
  return spec.default === undefined ? 'must be written' : `\`${optionText(spec, spec.default, 0)}\``;
}

/** "a size from 1, or `same`" */
export function kindOf({ type, minimum, maximum, choices = [] }: OptionSpec): string {
  const nouns: Readonly<Record<OptionSpec['type'], string>> = {
    integer: 'a whole number',
    number: 'a number',
    numbers: 'a number or a list of them',
    boolean: 'true or false',
    word: '',
    size: 'a size',
    padding: 'a size, one for each side',
    shape: 'a shape',
    axis: 'an axis',
    axes: 'an axis or a list of them',
    initializer: 'how a weight begins',
  };
  const words = choices.map((choice) => `\`${choice}\``).join(' or ');
  if (type === 'word') return words;
  const range = [minimum === undefined ? '' : ` from ${minimum}`, maximum === undefined ? '' : ` to ${maximum}`].join(
    '',
  );
  return `${nouns[type]}${range}${words === '' ? '' : `, or ${words}`}`;
}

/** The examples as the checker sees them: what comes in and goes out, and what the layer owns. */
function examplesPart(layer: AnyLayer, { bar }: Form): readonly string[] {
  // An activation keeps every shape, and its formula says the rest.
  if (layer.formula) return [];
  const rows = layer.examples.map((example) => exampleRow(layer, example));
  return rows.length === 0 ? [] : [markdownTable(['from', 'written', 'gives', 'weights'], rows, bar)];
}

function exampleRow(layer: AnyLayer, example: LayerExample): readonly string[] {
  const { graph, node } = exampleNode(layer, example) ?? {};
  const weights = node?.weights.map(({ spec }) => `${spec.name} ${shapeText(spec.shape)}`.trimStart()) ?? [];
  const written = example.body
    .trim()
    .split(/\s*\n\s*/)
    .join('; ');
  const gives = graph?.outputs.map(({ type }) => typeText(type)).join(', ') ?? '';
  const cells = [
    typeText({ element: example.element ?? 'f32', shape: example.input }),
    written,
    gives,
    weights.join(', '),
  ];
  return cells.map((cell) => (cell === '' ? '' : `\`${cell}\``));
}

/** An example as a checked net, and the node of the layer in it. */
function exampleNode(layer: AnyLayer, example: LayerExample) {
  const text = exampleText(example);
  const [graph] = analyze({ name: 'example.net', text }).value.graphs;
  const node = graph?.nodes.find((each) => each.layer.name === layer.name);
  return graph && node && { graph, node };
}
