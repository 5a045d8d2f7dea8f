import type { Expression } from '../../grammar/ast.ts';
import { type Fix, fault, replacement } from '../fault.ts';
import type { Initializer } from '../layer.ts';
import { optionText } from '../option-text.ts';
import { nearest } from '../suggest.ts';
import { constantText } from './constant.ts';
import { type Environment, evaluate } from './evaluate.ts';
import type { OptionTarget } from './option-value.ts';

interface Kind {
  /** How many numbers it takes. */
  readonly takes: number;
  /** The least that the number may be. */
  readonly minimum?: number;
  readonly of: (value: number) => Initializer;
}

/** Ways to begin a weight. */
const kinds: Readonly<Record<string, Kind>> = {
  zeros: { takes: 0, of: () => ({ kind: 'constant', value: 0 }) },
  ones: { takes: 0, of: () => ({ kind: 'constant', value: 1 }) },
  constant: { takes: 1, of: (value) => ({ kind: 'constant', value }) },
  uniform: { takes: 1, minimum: 0, of: (bound) => ({ kind: 'uniform', bound }) },
  normal: { takes: 1, minimum: 0, of: (deviation) => ({ kind: 'normal', deviation }) },
};

function kindOf(name: string): Kind | undefined {
  return Object.hasOwn(kinds, name) ? kinds[name] : undefined;
}

/** The words for them, and how many numbers each takes. */
export const initializerWords: readonly { readonly name: string; readonly takes: number }[] = Object.entries(kinds).map(
  ([name, { takes }]) => ({ name, takes }),
);

export const initializerForms = '`zeros`, `ones`, `constant(0.5)`, `uniform(0.1)` or `normal(0.02)`';

/** `normal(0.02)`, `zeros`: how a weight begins. Reports anything else. */
export function initializerValue(
  target: OptionTarget,
  written: Expression,
  environment: Environment,
): Initializer | undefined {
  const { layer, option } = target;
  const { span } = written;
  const mismatch = (found: string, fix?: Fix): undefined => {
    const evidence = { layer, option, wanted: initializerForms, found };
    environment.report(fault('type/option', span, evidence, fix ? { fix } : {}));
  };
  const name = written.kind === 'function' ? written.callee : written.kind === 'name' ? written : undefined;
  const kind = name && kindOf(name.text);
  if (name && kind) return initialValue(target, written, { ...kind, name: name.text }, environment);
  if (name && !(written.kind === 'name' && environment.knows(name.text))) {
    const near = nearest(name.text, Object.keys(kinds));
    const evidence = { layer, option, choices: Object.keys(kinds), found: name.text, ...(near && { nearest: near }) };
    environment.report(fault('type/choice', name.span, evidence, near ? { fix: replacement(name.span, near) } : {}));
    return undefined;
  }
  const value = evaluate(written, environment);
  if (value === undefined) return undefined;
  // A number alone is what all elements begin with.
  const meant =
    typeof value === 'number' && Number.isFinite(value)
      ? optionText({ type: 'initializer' }, { kind: 'constant', value }, 0)
      : typeof value === 'string' && kindOf(value)?.takes === 0
        ? value
        : undefined;
  return mismatch(constantText(value), meant === undefined ? undefined : replacement(span, meant));
}

/** What one of the kinds makes of its numbers. */
function initialValue(
  { layer, option }: OptionTarget,
  written: Expression,
  { name, takes, minimum = -Infinity, of }: Kind & { readonly name: string },
  environment: Environment,
): Initializer | undefined {
  const { span } = written;
  const [args, named] = written.kind === 'function' ? [written.arguments, written.options] : [[], []];
  const [stray] = named;
  if (stray) {
    const edit = { start: stray.name.span.start, end: stray.value.span.start };
    const fix = replacement({ ...span, ...edit }, '', `${name}(…)`);
    const evidence = { layer: name, option: stray.name.text, options: [] };
    environment.report(fault('name/option', stray.name.span, evidence, args.length < takes ? { fix } : {}));
    return undefined;
  }
  const values = args.map((each) => evaluate(each, environment));
  if (values.length !== takes) {
    const fix = takes === 0 ? { fix: replacement(span, name) } : {};
    environment.report(fault('type/arguments', span, { function: name, minimum: takes, found: values.length }, fix));
    return undefined;
  }
  if (takes === 0) return of(0);
  const [value] = values;
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    const evidence = { operator: `\`${name}\``, wanted: 'a number', found: constantText(value) };
    environment.report(fault('type/operand', span, evidence));
    return undefined;
  }
  if (value >= minimum) return of(value);
  environment.report(fault('type/range', span, { layer, option, minimum, found: value }));
  return undefined;
}
