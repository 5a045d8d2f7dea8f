import type { Argument, Body, Call, Expression, File } from '../grammar/ast.ts';
import type { SyntaxFault } from '../grammar/fault.ts';
import { parse } from '../grammar/parse.ts';
import type { Source } from '../grammar/source.ts';
import { layerElsewhere, namesFeatures, optionElsewhere } from './1-check/foreign.ts';
import { expressionText } from './expression-text.ts';
import type { AnyLayer } from './layer.ts';

/**
 * Text to tree. The grammar mends calls as Python writes them, but knows no layer; here their names and arguments become ours
 * too, so that one edit makes `conv 3->6 k5` of `nn.Conv2d(3, 6, kernel_size=5)`.
 */
export function readText(source: Source): { readonly value: File; readonly faults: readonly SyntaxFault[] } {
  const { value, faults } = parse(source);
  return { value, faults: faults.map((each) => (each.code === 'syntax/call' ? translated(source, each) : each)) };
}

function translated(source: Source, fault: SyntaxFault): SyntaxFault {
  const edits = fault.fix?.edits ?? [];
  const start = fault.span.start;
  const end = Math.max(...edits.map(({ span }) => span.end));
  if (edits.length === 0) return fault;
  const mended = edits
    .toSorted((a, b) => b.span.start - a.span.start)
    .reduce(
      (text, { span, text: by }) => text.slice(0, span.start - start) + by + text.slice(span.end - start),
      source.text.slice(start, end),
    );
  const stages = stagesOf(mended);
  if (!stages) return fault;
  const text = stages.map(stageText).join(' | ');
  return { ...fault, fix: { title: text, edits: [{ span: { ...fault.span, end }, text }] } };
}

/** The calls of one line; undefined where it has something else, which stays as the grammar has mended it. */
function stagesOf(text: string): readonly Call[] | undefined {
  const { value, faults } = parse({ name: 'line', text: `net Line() { ${text} }` });
  const [net] = value.declarations;
  const [line, ...others] = net?.kind === 'net' ? net.body.lines : [];
  if (faults.length > 0 || line?.kind !== 'pipeline' || others.length > 0 || text.includes('#')) return undefined;
  const calls = line.stages.flatMap((stage) => (stage.kind === 'call' && !stage.label ? [stage] : []));
  const isPlain = ({ kind }: Argument) => kind !== 'branch';
  return calls.length === line.stages.length && calls.every((each) => each.arguments.every(isPlain))
    ? calls
    : undefined;
}

function stageText(call: Call): string {
  const layer = layerElsewhere(call.callee.text);
  const words = layer ? translatedArguments(layer, call.arguments) : call.arguments.map(argumentText);
  return [layer?.name ?? call.callee.text, ...words].join(' ');
}

function translatedArguments(layer: AnyLayer, all: readonly Argument[]): readonly string[] {
  const sizes: (string | undefined)[] = [undefined, undefined];
  const plain: Expression[] = [];
  const options: string[] = [];
  for (const argument of all) {
    switch (argument.kind) {
      case 'sizes':
        plain.push(...[argument.in, argument.out].flatMap((each) => each ?? []));
        break;
      case 'positional':
        plain.push(argument.value);
        break;
      case 'option':
        placeOption(argument.name.text, argument.value);
        break;
      case 'branch':
        break;
    }
  }
  if (layer.sizes === 'both') {
    for (const side of [0, 1]) if (sizes[side] === undefined) sizes[side] = plain[0] && expressionText(plain.shift()!);
  }
  // Behind the features PyTorch has options in our order, of layers that are called so; else it has features, which follow.
  const names = layer.positional?.[0] === 'kernel' ? Object.keys(layer.options) : (layer.positional ?? []);
  const placed = plain.flatMap((value, index) => (names[index] ? [optionText(layer, names[index], value)] : []));
  const arrow = layer.sizes === 'both' ? [`${sizes[0] ?? ''}->${sizes[1] ?? ''}`] : [];
  return [...arrow, ...placed, ...options];

  function placeOption(name: string, value: Expression | Body): void {
    if (value.kind === 'body') return;
    const own = Object.hasOwn(layer.options, name) ? name : optionElsewhere(name, Object.keys(layer.options));
    if (own !== undefined) options.push(optionText(layer, own, value, name));
    else if (namesFeatures(name)) sizes[/out|filters|units|hidden/.test(name) ? 1 : 0] = expressionText(value);
    else if (!storage.has(name)) options.push(`${name}=${valueText(value)}`);
  }
}

/** They say how numbers are stored, which is no matter of a network. */
const storage: ReadonlySet<string> = new Set(['inplace', 'batch_first', 'device', 'dtype']);

/** `k5`, `k3x5`, `bias=false`. `written` is the name elsewhere: `dim` counts the batch. */
function optionText(layer: AnyLayer, option: string, value: Expression, written = option): string {
  const { short } = layer.options[option]!;
  const text = valueText(value);
  if (written === 'dim' && value.kind === 'number' && value.value > 0) return `${option}=${value.value - 1}`;
  const size =
    /^\[\d+(, \d+)*\]$/.test(text) && layer.options[option]!.type === 'size'
      ? text.slice(1, -1).replaceAll(', ', 'x')
      : text;
  if (layer.sizes === 'none' && layer.positional?.[0] === option) return size;
  return short && /^\d+(x\d+)*$/.test(size) ? `${short}${size}` : `${option}=${size}`;
}

function valueText(value: Expression): string {
  if (value.kind === 'name' && /^(True|False)$/.test(value.text)) return value.text.toLowerCase();
  return value.kind === 'string' && /^\w+$/.test(value.value) ? value.value : expressionText(value);
}

function argumentText(argument: Argument): string {
  switch (argument.kind) {
    case 'sizes':
      return [argument.in, argument.out].map((each) => (each ? expressionText(each) : '')).join('->');
    case 'positional':
      return expressionText(argument.value);
    case 'option':
      return `${argument.name.text}=${argument.value.kind === 'body' ? '{}' : expressionText(argument.value)}`;
    case 'branch':
      return '{}';
  }
}
