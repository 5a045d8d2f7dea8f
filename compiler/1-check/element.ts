import type { Net, NetInput } from '../../grammar/ast.ts';
import { expressionText } from '../expression-text.ts';
import { type Fault, type Fix, replacement } from '../fault.ts';

/**
 * Faults of the elements of values in a net. Where another type of elements in the head makes all of them right, they are one
 * mistake, and the first of them is told with that edit; `isRight` says whether a net has neither such faults nor new ones.
 */
export function withElement(net: Net, faults: readonly Fault[], isRight: (net: Net) => boolean): readonly Fault[] {
  const [first] = faults;
  if (first?.code !== 'shape/element') return faults;
  const { wanted } = first.evidence;
  const came = first.because?.[0]?.span.start;
  // What comes from the only input may have another shape by now.
  const index = net.inputs.length === 1 ? 0 : net.inputs.findIndex(({ span }) => span.start === came);
  const input = net.inputs[index];
  if (!input || (input.type.element?.text ?? 'f32') === wanted) return faults;
  const element = { text: wanted, span: input.type.span };
  const changed = { ...input, type: { ...input.type, element } };
  const fix = elementFix(input, wanted);
  return isRight({ ...net, inputs: net.inputs.with(index, changed) }) ? [{ ...first, fix }] : faults;
}

function elementFix({ name, type: { span, element, dims } }: NetInput, wanted: string): Fix {
  const text = wanted === 'f32' ? '' : wanted;
  const title = `${name.text}: ${text}[${dims.map(expressionText).join(', ')}]`;
  return replacement(element?.span ?? { ...span, end: span.start }, text, title);
}
