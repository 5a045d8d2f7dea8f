import type { Expression } from '../../grammar/ast.ts';
import { fault } from '../fault.ts';
import type { Initializer } from '../layer.ts';
import { type Environment, evaluate } from './evaluate.ts';
import type { OptionTarget } from './option-value.ts';

/** Ways to begin a weight: how many numbers each takes, and what it makes of them. */
const initializers: Readonly<Record<string, { readonly takes: number; readonly of: (value: number) => Initializer }>> =
  {
    zeros: { takes: 0, of: () => ({ kind: 'constant', value: 0 }) },
    ones: { takes: 0, of: () => ({ kind: 'constant', value: 1 }) },
    constant: { takes: 1, of: (value) => ({ kind: 'constant', value }) },
    uniform: { takes: 1, of: (bound) => ({ kind: 'uniform', bound }) },
    normal: { takes: 1, of: (deviation) => ({ kind: 'normal', deviation }) },
  };

export const initializerForms = '`zeros`, `ones`, `constant(0.5)`, `uniform(0.1)` or `normal(0.02)`';

/** `normal(0.02)`, `zeros`: how a weight begins. Reports anything else. */
export function initializerValue(
  { layer, option }: OptionTarget,
  written: Expression,
  environment: Environment,
): Initializer | undefined {
  const name = written.kind === 'function' ? written.callee.text : written.kind === 'name' ? written.text : '';
  const args = written.kind === 'function' ? written.arguments : [];
  const found = Object.hasOwn(initializers, name) ? initializers[name]! : undefined;
  if (!found || args.length !== found.takes) {
    const evidence = { layer, option, wanted: initializerForms, found: 'something else' };
    environment.report(fault('type/option', written.span, evidence));
    return undefined;
  }
  const [value = 0] = args.map((each) => evaluate(each, environment));
  if (typeof value === 'number' && Number.isFinite(value)) return found.of(value);
  if (value !== undefined) {
    const evidence = { layer, option, wanted: initializerForms, found: 'no number' };
    environment.report(fault('type/option', written.span, evidence));
  }
  return undefined;
}
