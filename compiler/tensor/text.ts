import type { Scalar } from '../scalar/scalar.ts';
import { scalarText } from '../scalar/text.ts';
import {
  type Affine,
  accumulator,
  coordinate,
  type Load,
  type Operation,
  type TensorProgram,
  type TensorValue,
} from './tensor.ts';

/** A program as a person reads it, one formula for each operation. */
export function programText({ name, inputs, weights, operations, outputs }: TensorProgram): string {
  const lines = [
    `program ${name}`,
    ...inputs.map((value) => `input ${value.name}[${value.size}]`),
    ...weights.map((value) => `weight ${value.name}[${value.size}]`),
    ...operations.map(operationText),
    ...outputs.map((output) => `output ${output.name} = ${output.value.name}`),
  ];
  return lines.join('\n');
}

export function operationText(operation: Operation): string {
  const { scan, axes, reduction, loads, result } = operation.expression;
  const together = scan === undefined ? '' : `scan ${scan}: `;
  const lines = [`${together}${operation.output.name}[${axes.join(', ')}] = ${scalarText(result)}`];
  if (reduction) {
    const { operator, axes: reduced, body } = reduction;
    lines.push(`  ${accumulator} = ${operator} over [${reduced.join(', ')}] of ${scalarText(body)}`);
  }
  return [`# ${doesText(operation)}`, ...lines, ...loads.map((load) => `  ${loadText(load)}`)].join('\n');
}

/** `conv1: conv 3->6 k5 | relu`: the layers that an operation does, under the path of the first. */
export function doesText({ does, output }: Operation): string {
  return `${does[0]?.path ?? output.name}: ${does.map(({ text }) => text).join(' | ')}`;
}

/** `x = image[3, 32, 32] at [axis3, axis1 + axis4, axis2 + axis5], 0 outside` */
function loadText({ name, from, view, index, lookup, outside }: Load<TensorValue>): string {
  const at = index.map((each, axis) => indexText(each, lookup?.[axis])).join(', ');
  return `${name} = ${from.name}[${view.join(', ')}] at [${at}]${outside === undefined ? '' : `, ${outside} outside`}`;
}

/** `floor(token)`, `axis1 + floor(0.5 * axis0)` */
function indexText(index: Affine, lookup: Scalar | undefined): string {
  if (!lookup) return affineText(index);
  const moves = index.constant !== 0 || index.coefficients.some((coefficient) => coefficient !== 0);
  return `${moves ? `${affineText(index)} + ` : ''}floor(${scalarText(lookup)})`;
}

function affineText({ constant, coefficients }: Affine): string {
  const terms = coefficients.flatMap((coefficient, axis) => {
    if (coefficient === 0) return [];
    const size = Math.abs(coefficient) === 1 ? '' : `${Math.abs(coefficient)} * `;
    return [`${coefficient < 0 ? '-' : ''}${size}${coordinate(axis)}`];
  });
  if (constant !== 0 || terms.length === 0) terms.push(String(constant));
  return terms.reduce((text, term) => (term.startsWith('-') ? `${text} - ${term.slice(1)}` : `${text} + ${term}`));
}
