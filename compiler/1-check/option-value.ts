import type { Body, Expression } from '../../grammar/ast.ts';
import type { Span } from '../../grammar/source.ts';
import { expressionText } from '../expression-text.ts';
import { type Fault, fault, replacement } from '../fault.ts';
import { bare } from '../foreign.ts';
import type { OptionSpec, OptionValue } from '../layer.ts';
import type { Shape } from '../shape.ts';
import { nearest } from '../suggest.ts';
import { type Constant, constantText, isList, isNumeric, type Numeric, openSymbols } from './constant.ts';
import { type Environment, evaluate, sizeOf } from './evaluate.ts';
import { initializerForms, initializerValue } from './initializer.ts';

/** An option of a layer, under its long name. */
export interface OptionTarget {
  readonly layer: string;
  readonly option: string;
  readonly spec: OptionSpec;
}

/**
 * The value of an option as its layer takes it; `undefined` with a reported fault, or where a name in it is unknown.
 * A name that is one of the option's words is that word.
 */
export function optionValue(
  target: OptionTarget,
  written: Expression | Body,
  environment: Environment,
): OptionValue | undefined {
  const { layer, option, spec } = target;
  const { span } = written;
  const report = (found: Fault): undefined => {
    environment.report(found);
    return undefined;
  };
  const mismatch = (found: string, repaired?: string) => {
    const fix = repaired === undefined ? {} : { fix: replacement(span, repaired) };
    return report(fault('type/option', span, { layer, option, wanted: wantedText(spec), found }, fix));
  };
  if (written.kind === 'body') return mismatch('a branch');
  if (written.kind === 'name' && !environment.knows(written.text)) {
    if (spec.choices) return wordOf(target, written.text, written, environment);
    const meant = spec.type === 'boolean' ? truthElsewhere.get(written.text) : undefined;
    if (meant) return mismatch(`\`${written.text}\``, meant);
  }
  if (written.kind === 'name' && spec.choices?.includes(written.text)) return written.text;
  if (spec.type === 'initializer') return initializerValue(target, written, environment);
  if (written.kind === 'shape' && spec.type === 'shape') {
    const items = written.items.map((item) => ({ value: evaluate(item, environment), span: item.span }));
    return shapeOf(target, items, environment);
  }
  if (written.kind === 'size' && spec.type !== 'size' && spec.type !== 'padding') {
    const isListed = spec.type === 'shape' || spec.type === 'axes' || spec.type === 'numbers';
    return mismatch(written.values.join('x'), isListed ? `[${written.values.join(', ')}]` : undefined);
  }
  const value = evaluate(written, environment);
  if (value === undefined) return undefined;

  const inRange = (numbers: readonly number[]) => isInRange(target, numbers, span, environment);
  const whole = (item: Numeric): item is number => Number.isSafeInteger(item);
  const items = isList(value) ? value : isNumeric(value) ? [value] : undefined;

  const open = spec.type === 'shape' ? [] : (items ?? []).flatMap(openSymbols);
  if (open.length > 0) return report(fault('type/symbolic', span, { symbols: [...new Set(open)] }));

  switch (spec.type) {
    case 'boolean':
      if (typeof value === 'boolean') return value;
      return mismatch(constantText(value), truthElsewhere.get(constantText(value)));
    case 'integer':
    case 'axis':
    case 'number': {
      const fits = typeof value === 'number' && (spec.type === 'number' ? Number.isFinite(value) : whole(value));
      if (!fits) return mismatch(constantText(value));
      return inRange([value]) ? value : undefined;
    }
    case 'word':
      return typeof value === 'string' ? wordOf(target, value, written, environment) : mismatch(constantText(value));
    case 'padding':
      if (typeof value === 'string') return wordOf(target, value, written, environment);
      return listOf(whole);
    case 'size':
    case 'axes':
      return listOf(whole);
    case 'numbers':
      return listOf((item): item is number => typeof item === 'number' && Number.isFinite(item));
    case 'shape': {
      if (!items) return mismatch(constantText(value));
      if (!isList(value)) return mismatch(constantText(value), `[${expressionText(bare(written))}]`);
      const located = items.map((item) => ({ value: item, span }));
      return shapeOf(target, located, environment);
    }
  }

  function listOf(fits: (item: Numeric) => item is number): readonly number[] | undefined {
    if (!items || items.length === 0 || !items.every(fits)) return mismatch(constantText(value!));
    return inRange(items) ? items : undefined;
  }
}

/** What `true` and `false` are called elsewhere. */
const truthElsewhere: ReadonlyMap<string, string> = new Map([
  ...['True', 'TRUE', '"true"', '1'].map((each) => [each, 'true'] as const),
  ...['False', 'FALSE', '"false"', '0'].map((each) => [each, 'false'] as const),
]);

/** The sizes of a shape, one of which may be `-1` where the option allows it: it follows from the others. */
function shapeOf(
  { layer, option, spec }: OptionTarget,
  items: readonly { readonly value: Constant | undefined; readonly span: Span }[],
  environment: Environment,
): Shape | undefined {
  const isOpen = (value: Constant | undefined) => spec.wildcard === true && value === -1;
  const dims = items.map(({ value, span }) => {
    if (value === undefined) return undefined;
    return isOpen(value) ? -1 : sizeOf(value, span, environment);
  });
  const again = items.filter(({ value }) => isOpen(value))[1];
  if (again) {
    const evidence = { layer, option, wanted: 'a shape in which one size at most is `-1`', found: 'two of them' };
    environment.report(fault('type/option', again.span, evidence));
    return undefined;
  }
  return dims.every((dim) => dim !== undefined) ? dims : undefined;
}

/** Reports the first number that is not in the range of the option. */
function isInRange(
  { layer, option, spec: { minimum, maximum } }: OptionTarget,
  numbers: readonly number[],
  span: Span,
  environment: Environment,
): boolean {
  const found = numbers.find((each) => !(each >= (minimum ?? -Infinity) && each <= (maximum ?? Infinity)));
  if (found === undefined) return true;
  const range = { ...(minimum !== undefined && { minimum }), ...(maximum !== undefined && { maximum }) };
  environment.report(fault('type/range', span, { layer, option, ...range, found }));
  return false;
}

/** The word, where the option has it; the nearest one is offered in the place of any other. */
function wordOf(
  { layer, option, spec }: OptionTarget,
  word: string,
  { span, kind }: Expression,
  environment: Environment,
): string | undefined {
  const choices = spec.choices ?? [];
  if (choices.includes(word)) return word;
  const near = nearest(word, choices);
  const text = near && (kind === 'string' ? JSON.stringify(near) : near);
  const evidence = {
    layer,
    option,
    choices,
    ...(spec.type === 'padding' && { other: 'a size' }),
    found: word,
    ...(near && { nearest: near }),
  };
  environment.report(fault('type/choice', span, evidence, text ? { fix: replacement(span, text) } : {}));
  return undefined;
}

/** What an option takes, in words. */
function wantedText({ type, choices, wildcard }: OptionSpec): string {
  switch (type) {
    case 'boolean':
      return '`true` or `false`';
    case 'integer':
      return 'a whole number';
    case 'number':
      return 'a number';
    case 'numbers':
      return 'a number or a list such as `[0.5, 0.25]`';
    case 'word':
      return (choices ?? []).map((each) => `\`${each}\``).join(' or ');
    case 'axis':
      return 'the number of an axis';
    case 'axes':
      return 'the number of an axis, or a list such as `[1, 2]`';
    case 'initializer':
      return initializerForms;
    case 'size':
      return 'a size such as `3` or `3x5`';
    case 'padding':
      return `a size such as \`1\` or \`1x2\`${choices ? `, ${choices.map((each) => `\`${each}\``).join(', ')}` : ''} or a list for all sides`;
    case 'shape':
      return `a shape such as \`[16, 5, 5]\`${wildcard ? ' or `[16, -1]`' : ''}`;
  }
}
