import type { OptionSpec, OptionValue } from './layer.ts';
import { shapeText } from './shape.ts';

/** The value of an option as one would write it; `rank` is the number of axes that a size may speak of. */
export function optionText({ type }: Pick<OptionSpec, 'type'>, value: OptionValue, rank: number): string {
  if (typeof value === 'object' && 'kind' in value) {
    if (value.kind === 'constant') return ['zeros', 'ones'][value.value] ?? `constant(${value.value})`;
    return value.kind === 'uniform' ? `uniform(${value.bound})` : `normal(${value.deviation})`;
  }
  if (typeof value !== 'object') return String(value);
  if (type === 'shape') return shapeText(value);
  if (value.length === 1) return String(value[0]);
  const isList = type === 'axes' || type === 'numbers' || (type === 'padding' && value.length === 2 * rank);
  return isList ? `[${value.join(', ')}]` : value.join('x');
}
