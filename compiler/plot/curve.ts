import type { LayerNode } from '../graph.ts';
import { layerText } from '../layer-text.ts';
import { type Kink, kinksOf } from '../scalar/kinks.ts';
import { constant, type Scalar, substitute } from '../scalar/scalar.ts';

/** An activation as a function of one number, with the values of its options and those that what it learns begins with. */
export interface Curve {
  /** As one would write it: `leaky_relu 0.2`. */
  readonly name: string;
  /** With the names of its options. */
  readonly formula: string;
  readonly variable: string;
  readonly body: Scalar;
  readonly kinks: readonly Kink[];
}

/** Undefined for a layer that is no activation. */
export function curveOf(node: LayerNode): Curve | undefined {
  const { formula } = node.layer;
  if (!formula) return undefined;
  const values = new Map<string, Scalar>();
  for (const [name, value] of Object.entries(node.options)) values.set(name, constant(Number(value)));
  for (const { spec } of node.weights) {
    values.set(spec.name, constant(spec.init.kind === 'constant' ? spec.init.value : 0));
  }
  const body = substitute(formula.body, values);
  const { variable, text } = formula;
  return { name: layerText(node), formula: text, variable, body, kinks: kinksOf(body, variable) };
}

/** A number as a fraction where it is a simple one: `-1/2`. */
export function fractionText(value: number): string {
  for (let divisor = 1; divisor <= 12; divisor++) {
    const numerator = Math.round(value * divisor);
    if (Math.abs(value * divisor - numerator) > 1e-6) continue;
    return divisor === 1 ? String(numerator) : `${numerator}/${divisor}`;
  }
  return String(Number(value.toPrecision(4)));
}
