import type { Body, Expression } from '../../grammar/ast.ts';
import type { Span } from '../../grammar/source.ts';
import { type Fault, fault, replacement } from '../fault.ts';
import type { OptionSpec, OptionValue } from '../layer.ts';
import { nearest } from '../suggest.ts';
import { constantText, isList, isNumeric, type Numeric, openSymbols } from './constant.ts';
import { type Environment, evaluate, evaluateSize, sizeOf } from './evaluate.ts';
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
  const mismatch = (found: string) =>
    report(fault('type/option', span, { layer, option, wanted: wantedText(spec), found }));
  if (written.kind === 'body') return mismatch('a branch');
  if (written.kind === 'name' && spec.choices) {
    const isWord = spec.choices.includes(written.text) || !environment.knows(written.text);
    if (isWord) return wordOf(target, written.text, written, environment);
  }
  if (spec.type === 'initializer') return initializerValue(target, written, environment);
  if (written.kind === 'shape' && spec.type === 'shape') {
    const dims = written.items.map((item) =>
      spec.wildcard && isWildcard(item) ? -1 : evaluateSize(item, environment),
    );
    return dims.every((dim) => dim !== undefined) ? dims : undefined;
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
      return typeof value === 'boolean' ? value : mismatch(constantText(value));
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
      if (!items || !isList(value)) return mismatch(constantText(value));
      const dims = items.map((item) => sizeOf(item, span, environment));
      return dims.every((dim) => dim !== undefined) ? dims : undefined;
    }
  }

  function listOf(fits: (item: Numeric) => item is number): readonly number[] | undefined {
    if (!items || items.length === 0 || !items.every(fits)) return mismatch(constantText(value!));
    return inRange(items) ? items : undefined;
  }
}

/** `-1`, the size that follows from the others. */
function isWildcard(item: Expression): boolean {
  return item.kind === 'unary' && item.operator === '-' && item.operand.kind === 'number' && item.operand.value === 1;
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
function wantedText({ type, choices }: OptionSpec): string {
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
      return 'a shape such as `[16, 5, 5]`';
  }
}
