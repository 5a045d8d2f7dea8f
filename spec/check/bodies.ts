import fc from 'fast-check';
import type { AnyLayer, OptionSpec } from '../../compiler/layer.ts';
import { activations, layers } from '../../compiler/layers/index.ts';

/** Random nets of all layers: right ones, wrong ones, and ones that mean harm. */

const small = fc.integer({ min: 1, max: 6 });
const around = fc.integer({ min: -4, max: 6 });
const hostile = fc.constantFrom(
  ...['0', '-1', '999999999', '-999999999', '9007199254740991', '-9007199254740991', '1e300', '0.5', '1 / 3', 'true'],
  ...['"same"', 'nothing', 'H', '2 * H - 1', 'dims[0]', 'dims[9]', '[]', '[0]', '[-1, -1]', '[1, 2, 3, 4, 5, 6, 7]'],
  ...['3x5', '0x0', '[H, W]', 'max(3, 2)', '{ relu }', 'zeros', 'normal(-1)', 'constant(1e300)', 'constructor'],
);

/** A value of the kind that the option takes, and sometimes of any kind. */
function optionValue(spec: OptionSpec): fc.Arbitrary<string> {
  return fc.oneof({ weight: 12, arbitrary: fitting(spec) }, { weight: 1, arbitrary: hostile });
}

function fitting({ type, choices = [], default: usual }: OptionSpec): fc.Arbitrary<string> {
  switch (type) {
    case 'integer':
      return around.map(String);
    case 'axis':
      return fc.integer({ min: -3, max: 3 }).map(String);
    case 'number':
      return fc.constantFrom('0', '0.1', '0.5', '1', '2', String(usual ?? 0.25));
    case 'numbers':
      return listOf(fc.constantFrom('0.5', '1', '2'), 3);
    case 'boolean':
      return fc.constantFrom('true', 'false');
    case 'word':
      return fc.constantFrom(...choices);
    case 'size':
      return fc.array(small, { minLength: 1, maxLength: 2 }).map((sizes) => sizes.join('x'));
    case 'padding':
      return fc.oneof(
        fc.constantFrom(...choices, '0', '1', '2', '1x2'),
        listOf(fc.constantFrom('0', '1', '2', '3'), 4),
      );
    case 'shape':
      return listOf(fc.constantFrom('1', '2', '3', '4', '6', '-1', 'H', 'dims[0]', '2 * W'), 3);
    case 'axes':
      return fc.oneof(
        around.map(String),
        fc.uniqueArray(fc.integer({ min: -3, max: 2 }), { maxLength: 3 }).map(listText),
      );
    case 'initializer':
      return fc.constantFrom('zeros', 'ones', 'constant(0.5)', 'uniform(0.1)', 'normal(0.02)');
  }
}

function listOf(item: fc.Arbitrary<string>, maxLength: number): fc.Arbitrary<string> {
  return fc.array(item, { maxLength }).map(listText);
}

function listText(items: readonly unknown[]): string {
  return `[${items.join(', ')}]`;
}

/** A call of a layer; `depth` is how deep its branches may go. */
function call(layer: AnyLayer, depth: number): fc.Arbitrary<string> {
  const options = Object.entries(layer.options).map(([name, spec]) => {
    const isNeeded = !('default' in spec || spec.optional);
    const value = optionValue(spec).map((text) => `${name}=${text}`);
    return fc.oneof(
      { weight: isNeeded ? 0 : 6, arbitrary: fc.constant('') },
      { weight: isNeeded ? 20 : 2, arbitrary: value },
      { weight: isNeeded ? 1 : 0, arbitrary: fc.constant('') },
    );
  });
  const size = fc.oneof({ weight: 9, arbitrary: small.map(String) }, { weight: 1, arbitrary: hostile });
  const sizes =
    layer.sizes !== 'none'
      ? fc.tuple(fc.constantFrom('', '', '', '3'), size).map((sides) => sides.join('->'))
      : fc.constant('');
  const operand =
    depth > 0 ? fc.oneof(fc.constantFrom('a', 'b', '{}'), branch(depth - 1)) : fc.constantFrom('a', 'b', '{}');
  const operands = layer.operands === 'join' ? fc.array(operand, { maxLength: 3 }) : fc.constant<string[]>([]);
  return fc
    .tuple(sizes, operands, fc.tuple(...options))
    .map(([sizes, operands, options]) =>
      [layer.name, sizes, ...operands, ...options].filter((each) => each !== '').join(' '),
    );
}

function branch(depth: number): fc.Arbitrary<string> {
  return fc.array(stage(depth), { minLength: 1, maxLength: 2 }).map((stages) => `{ ${stages.join(' | ')} }`);
}

function stage(depth: number): fc.Arbitrary<string> {
  const records: readonly AnyLayer[] = [...layers, ...[...activations].slice(0, 4)];
  return fc.oneof(...records.map((layer) => call(layer, depth)));
}

const start = fc.constantFrom('', '', '', 'x | ', 'a | ');

const line = fc
  .tuple(start, fc.array(stage(2), { minLength: 1, maxLength: 2 }))
  .map(([start, stages]) => start + stages.join(' | '));

/** The shape of an input with some of these named sizes. */
function shape(symbols: readonly string[]): fc.Arbitrary<readonly string[]> {
  const large = fc.constantFrom('12', '16', '24');
  const size = fc.oneof({ weight: 4, arbitrary: small.map(String) }, { weight: 2, arbitrary: large });
  const named = { weight: symbols.length, arbitrary: fc.constantFrom('1', ...symbols) };
  return fc.array(fc.oneof({ weight: 4, arbitrary: size }, named), { maxLength: 4 });
}

const element = fc.constantFrom('', '', '', '', 'i32');

/** A net of a few random lines, which is seldom right. */
export const wildNet = fc
  .tuple(shape(['H', 'W', '999999999', '-1', '0']), element, fc.array(line, { minLength: 1, maxLength: 4 }))
  .map(([dims, element, lines]) => netText(dims, element, lines));

/** A net of lines that are right one after the other: of many random ones, those that `isRight` takes. */
export function rightNet(symbols: readonly string[], isRight: (text: string) => boolean): fc.Arbitrary<string> {
  const candidates = fc.array(fc.tuple(start, stage(1)), { minLength: 16, maxLength: 16 });
  return fc.tuple(shape(symbols), element, candidates).map(([dims, element, candidates]) => {
    const lines: string[] = [];
    for (const candidate of candidates) {
      const text = netText(dims, element, [...lines, candidate.join('')]);
      if (lines.length < mostLines && isRight(text)) lines.push(candidate.join(''));
    }
    return netText(dims, element, lines);
  });
}

const mostLines = 6;

/** The first two lines name their values. */
function netText(dims: readonly string[], element: string, lines: readonly string[]): string {
  const body = lines.map((line, index) => `  ${['a = ', 'b = '][index] ?? ''}${line}\n`).join('');
  return `net N(x: ${element}[${dims.join(', ')}]) {\n${body}}\n`;
}
