import { isPerChannel } from '../../activation.ts';
import type { LayerNode } from '../../graph.ts';
import type { Formula, WeightSpec } from '../../layer.ts';
import { derive } from '../../scalar/derive.ts';
import { constant, type Scalar, substitute, variable, variablesOf } from '../../scalar/scalar.ts';
import { simplify } from '../../scalar/simplify.ts';
import { namer } from '../names.ts';
import { type TensorFunction, tensorFunction } from './scalar.ts';
import { tfjsActivation } from './tfjs-activations.ts';

/** An activation that tfjs lacks, as a class of the generated module. */
export interface CustomActivation {
  readonly doc: string;
  /** The name in the net, and that of an option that the class is made for. */
  readonly name: string;
  readonly learned: readonly Pick<WeightSpec, 'name' | 'init'>[];
  /** Whether each place of the last axis has learned numbers of its own. */
  readonly perChannel: boolean;
  /** Code of functions over tensors: the value, and its derivatives by the number that is received and by each learned one. */
  readonly value: TensorFunction;
  readonly derivatives: readonly TensorFunction[];
}

/** The name of tfjs's own activation that does what a node with a formula does, if there is one. */
export function ownActivation(node: LayerNode, formula: Formula): string | undefined {
  // Those of tfjs learn nothing.
  if (node.weights.length > 0) return undefined;
  return tfjsActivation({ variable: formula.variable, body: bodyOf(node, formula) });
}

/** An activation for a node with a formula. */
export function customActivation(node: LayerNode, formula: Formula): CustomActivation {
  const weights = node.weights.map(({ spec }) => spec);
  const nameOf = namer(['tf']);
  const parameters = [formula.variable, ...weights.map(({ name }) => name)].map(
    (each) => [each, nameOf(each)] as const,
  );
  const names = parameters.map(([, to]) => to);
  const renamed = substitute(bodyOf(node, formula), new Map(parameters.map(([from, to]) => [from, variable(to)])));
  const perChannel = isPerChannel(node);
  const mentioned = variablesOf(formula.body);
  const given = Object.entries(node.options)
    .filter(([name]) => mentioned.includes(name))
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ');
  return {
    doc: `\`${formula.text}\`${given === '' ? '' : `, where ${given}`}.`,
    name: `${node.layer.name}${perChannel ? '_per_channel' : ''}`,
    learned: weights.map(({ name, init }) => ({ name, init })),
    perChannel,
    value: tensorFunction(renamed, names, 'value'),
    derivatives: names.map((name) => tensorFunction(derive(renamed, name), names, 'factor')),
  };
}

/** The formula with the numbers of the options in it. */
function bodyOf({ options }: LayerNode, { body }: Formula): Scalar {
  const values = Object.entries(options).map(([name, value]) => [name, constant(Number(value))] as const);
  return simplify(substitute(body, new Map(values)));
}
