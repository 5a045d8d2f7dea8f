import type { Block } from '../../grammar/ast.ts';
import { defaultOf, kindOf, type SignatureWord, signatureWords, layerSignature as written } from '../explain.ts';
import type { AnyLayer } from '../layer.ts';
import { parameterText } from './declared-hover.ts';
import { type FunctionDoc, functionParameters } from './function-docs.ts';
import { paragraphs } from './markdown.ts';
import type { TextRange } from './range.ts';

/** How something is called, with what stands where. */
export interface Signature {
  readonly label: string;
  readonly documentation?: string;
  readonly parameters: readonly SignatureParameter[];
}

export interface SignatureParameter {
  readonly range: TextRange;
  readonly of?: SignatureWord['of'];
  readonly documentation?: string;
}

type Part = Omit<SignatureParameter, 'range'> & { readonly text: string };

export function layerSignature(layer: AnyLayer): Signature {
  const parts = signatureWords(layer).map(({ text, of }): Part => {
    if (typeof of !== 'object') return { text, of };
    const spec = layer.options[of.option]!;
    const otherwise = spec.default === undefined ? defaultOf(spec) : `by default ${defaultOf(spec)}`;
    return { text, of, documentation: `${spec.doc} Takes ${kindOf(spec)}; ${otherwise}.` };
  });
  return { ...laidOut(layer.name, parts, ' '), label: written(layer), documentation: layer.summary };
}

/** `InvertedResidual in->out (mid, k=3)`, as its head has it. */
export function blockSignature({ name, sizes, parameters }: Block, doc: string | undefined): Signature {
  const only = sizes && !sizes.out ? sizes.in.text : undefined;
  const sides: readonly Part[] = !sizes
    ? []
    : only === undefined
      ? [{ text: `${sizes.in.text}->${sizes.out!.text}`, of: 'sizes' }]
      : [{ text: only, of: { option: only } }];
  const head = laidOut(name.text, sides, ' ');
  if (parameters.length === 0) return { ...head, ...(doc !== undefined && { documentation: doc }) };
  const own = parameters.map((parameter): Part => {
    const text = parameterText(parameter.name.text, parameter).replace(' = ', '=');
    return { text, of: { option: parameter.name.text } };
  });
  const list = laidOut(`${head.label} (`, own, ', ', '');
  return {
    label: `${list.label})`,
    parameters: [...head.parameters, ...list.parameters],
    ...(doc !== undefined && { documentation: doc }),
  };
}

export function functionSignature(doc: FunctionDoc): Signature {
  return {
    label: doc.signature,
    documentation: doc.does,
    parameters: functionParameters(doc).map((range) => ({ range })),
  };
}

/** An activation as a function of one number: `leaky_relu(x, slope=0.01)`. */
export function appliedSignature({ options, formula, summary }: AnyLayer, name: string): Signature {
  const parts = [
    { text: formula?.variable ?? 'x' },
    ...Object.entries(options).map(([option, { default: value, doc }]): Part => {
      return { text: value === undefined ? `${option}=…` : `${option}=${value}`, of: { option }, documentation: doc };
    }),
  ];
  const list = laidOut(`${name}(`, parts, ', ', '');
  return { ...list, label: `${list.label})`, documentation: paragraphs(summary, formula && `\`${formula.text}\``) };
}

/** Parts behind each other, with where each of them stands. */
function laidOut(start: string, parts: readonly Part[], between: string, first = between): Signature {
  let label = start;
  const parameters = parts.map(({ text, ...rest }, index): SignatureParameter => {
    label += index === 0 ? first : between;
    const range = { start: label.length, end: label.length + text.length };
    label += text;
    return { ...rest, range };
  });
  return { label, parameters };
}
