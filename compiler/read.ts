import type { Argument, Body, Call, Expression, File } from '../grammar/ast.ts';
import type { SyntaxFault, SyntaxFaultOf } from '../grammar/fault.ts';
import type { ParseMemo } from '../grammar/memo.ts';
import { parse } from '../grammar/parse.ts';
import type { Source } from '../grammar/source.ts';
import { expressionText } from './expression-text.ts';
import {
  bare,
  featureSide,
  layerElsewhere,
  listText,
  optionElsewhere,
  takesList,
  wayElsewhere,
  whyNeedless,
  withoutBatchAxis,
  withoutBatchItem,
} from './foreign.ts';
import type { AnyLayer } from './layer.ts';

/**
 * Text to tree. The grammar mends calls as Python writes them, but knows no layer; here their names and arguments become ours
 * too, so that one edit makes `conv 3->6 k5` of `nn.Conv2d(3, 6, kernel_size=5)`.
 */
export function readText(
  source: Source,
  memo?: ParseMemo,
): { readonly value: File; readonly faults: readonly SyntaxFault[] } {
  const { value, faults } = parse(source, memo);
  return {
    value,
    faults: faults.map((each) => (each.code === 'syntax/call' ? translated(source, value, each) : each)),
  };
}

function translated(source: Source, file: File, fault: SyntaxFaultOf<'syntax/call'>): SyntaxFault {
  const { layer: written } = fault.evidence;
  const name = written.slice(written.lastIndexOf('.') + 1);
  const own = layerElsewhere(name);
  const isAttribute = written.startsWith('self.');
  if (own ? isAttribute && !isComplete(own) : isAttribute || !declaredNames(file).has(name)) {
    const instead = isAttribute ? labelled(name) : wayElsewhere(name);
    const { fix: _, ...rest } = fault;
    return { ...rest, evidence: { layer: written, unknown: true, ...(instead !== undefined && { instead }) } };
  }
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
  if (stages === 'broken') return withoutFix(fault);
  if (!stages) return fault;
  const text = stages.map(stageText).join(' | ');
  return { ...fault, fix: { title: text, edits: [{ span: { ...fault.span, end }, text }] } };
}

/** What the file calls by names of its own. */
function declaredNames({ declarations }: File): ReadonlySet<string> {
  return new Set(
    declarations
      .flatMap((each) => {
        switch (each.kind) {
          case 'block':
            return [each.name, ...each.parameters.map(({ name }) => name)];
          case 'act':
            return [each.name];
          case 'import':
            return each.names;
          case 'broken':
            return each.declares;
          default:
            return [];
        }
      })
      .map(({ text }) => text),
  );
}

/** Whether its name alone makes a stage. */
function isComplete({ sizes, options }: AnyLayer): boolean {
  return sizes === 'none' && Object.values(options).every((spec) => 'default' in spec || spec.optional);
}

/** What PyTorch keeps as an attribute is a layer with a label here. */
function labelled(name: string): string {
  const layer = layerElsewhere(name.replace(/[\d_]+$/, ''));
  return `a layer is written where it is used, and its name is a label: \`${name}: ${layer?.name ?? ''}${layer ? ' ' : ''}…\``;
}

/** An edit that leaves a line broken is none. */
function withoutFix({ fix: _, ...fault }: SyntaxFault): SyntaxFault {
  return fault;
}

/** The calls of one line; undefined where it has something else, which stays as the grammar has mended it. */
function stagesOf(text: string): readonly Call[] | 'broken' | undefined {
  const { value, faults } = parse({ name: 'line', text: `net Line() { ${text} }` });
  const [net] = value.declarations;
  const [line, ...others] = net?.kind === 'net' ? net.body.lines : [];
  if (faults.some(({ code }) => code !== 'syntax/negative')) return 'broken';
  if (line?.kind !== 'pipeline' || others.length > 0 || text.includes('#')) return undefined;
  const calls = line.stages.flatMap((stage) => (stage.kind === 'call' && !stage.label ? [stage] : []));
  const isPlain = ({ kind }: Argument) => kind !== 'branch';
  return calls.length === line.stages.length && calls.every((each) => each.arguments.every(isPlain))
    ? calls
    : undefined;
}

function stageText(call: Call): string {
  const layer = layerElsewhere(call.callee.text);
  if (layer?.operands === 'join') return joinText(layer, call);
  const words = layer
    ? translatedArguments(layer, withoutFlow(layer, call.arguments))
    : call.arguments.map(argumentText);
  return [layer?.name ?? call.callee.text, ...words].join(' ');
}

/** Functions elsewhere take what flows here as their first argument: `F.dropout(x, 0.5)`. */
function withoutFlow(layer: AnyLayer, all: readonly Argument[]): readonly Argument[] {
  const [first, ...others] = all;
  if (first?.kind === 'sizes' && first.in?.kind === 'name' && first.out && layer.sizes === 'none') {
    return [{ kind: 'positional', span: first.out.span, value: first.out }, ...others];
  }
  const isFlow = first?.kind === 'positional' && first.value.kind === 'name' && others.length > 0;
  return isFlow ? others : all;
}

/** `torch.cat([a, b], dim=1)` and `torch.add(a, b)`: the flow goes on from the first value, and the others are joined to it. */
function joinText(layer: AnyLayer, { arguments: all }: Call): string {
  const [first, ...others] = all.flatMap(joinedNames);
  const rest = all.filter((argument) => joinedNames(argument).length === 0);
  const join = [layer.name, ...others, ...translatedArguments(layer, rest)].join(' ');
  return first === undefined ? join : `${first} | ${join}`;
}

/** The names of an argument that is one, or a list of them. */
function joinedNames(argument: Argument): readonly string[] {
  if (argument.kind !== 'positional') return [];
  const { value } = argument;
  return (value.kind === 'shape' ? value.items : [value]).flatMap((each) => (each.kind === 'name' ? [each.text] : []));
}

function translatedArguments(layer: AnyLayer, all: readonly Argument[]): readonly string[] {
  const sizes: (string | undefined)[] = [undefined, undefined];
  const plain: Expression[] = [];
  const options: string[] = [];
  const named = new Set<string>();
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
  if (layer.sizes !== 'none') {
    for (const side of [0, 1]) if (sizes[side] === undefined) sizes[side] = plain[0] && expressionText(plain.shift()!);
  }
  const placed = placedWords();
  const arrow = layer.sizes !== 'none' ? [`${sizes[0] ?? ''}->${sizes[1] ?? ''}`] : [];
  return [...arrow, ...placed, ...options];

  function placedWords(): readonly string[] {
    const { positional = [] } = layer;
    if (plain.length > 1 && takesList(layer)) return [listText(layer, withoutBatchItem(layer, plain))];
    const needed = Object.entries(layer.options).flatMap(([name, spec]) =>
      'default' in spec || spec.optional || named.has(name) ? [] : [name],
    );
    // Behind the features PyTorch has options in our order, of layers that are called so; else it has features, which follow
    // here, and then what must be said.
    const axes = Object.keys(layer.options).filter((name) => layer.options[name]!.type === 'axis' && !named.has(name));
    const names =
      positional[0] === 'kernel'
        ? Object.keys(layer.options)
        : ([positional, needed, axes].find((each) => each.length > 0) ?? []);
    const values = names === needed ? plain.slice(Math.max(0, plain.length - needed.length)) : plain;
    return values.flatMap((value, index) => {
      const name = names[index];
      return name === undefined || isDefault(layer, name, value)
        ? []
        : [optionText(layer, name, bare(value), axisName(layer, name))];
    });
  }

  function placeOption(name: string, value: Expression | Body): void {
    if (value.kind === 'body') return;
    const own = Object.hasOwn(layer.options, name) ? name : optionElsewhere(name, Object.keys(layer.options));
    const side = featureSide(name);
    if (own !== undefined) {
      named.add(own);
      options.push(optionText(layer, own, value, name));
    } else if (side !== undefined) sizes[side === 'in' ? 0 : 1] = expressionText(value);
    else if (whyNeedless(name) === undefined) options.push(`${name}=${valueText(value)}`);
  }
}

/** What stands without a name counts axes as PyTorch does. */
function axisName({ options }: AnyLayer, option: string): string {
  return ['axis', 'axes'].includes(options[option]!.type) ? 'dim' : option;
}

function isDefault(layer: AnyLayer, option: string, value: Expression): boolean {
  const spec = layer.options[option]!;
  const counted = withoutBatchAxis(axisName(layer, option), value);
  return spec.type === 'axis' && counted?.kind === 'number' && counted.value === spec.default;
}

/** `k5`, `k3x5`, `bias=false`. `written` is the name elsewhere, which may count axes in another way. */
function optionText(layer: AnyLayer, option: string, value: Expression, written = option): string {
  const { short } = layer.options[option]!;
  const text = valueText(withoutBatchAxis(written, value) ?? value);
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
