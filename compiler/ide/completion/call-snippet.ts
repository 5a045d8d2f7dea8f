import type { Block } from '../../../grammar/ast.ts';
import type { Dim } from '../../dim.ts';
import { shapeSource } from '../../dim-source.ts';
import type { AnyLayer, OptionSpec } from '../../layer.ts';
import { optionText } from '../../option-text.ts';
import type { Shape } from '../../shape.ts';
import { exampleValue } from './example-options.ts';
import { placeholder } from './offer.ts';

/** What is known where a call is going to stand. */
export interface CallSite {
  /** The size that arrives, for the side before the arrow. */
  readonly features?: Dim | undefined;
  readonly shape?: Shape | undefined;
  /** Of a join, a value that fits. */
  readonly operand?: string | undefined;
}

/** A call of a layer with all that must be said, as a snippet: `conv 3->${1:out} k${2:3}`. */
export function layerSnippet(layer: AnyLayer, site: CallSite): string {
  const words = [layer.name];
  let next = 1;
  const hole = (text: string) => placeholder(next++, text);
  if (layer.sizes !== 'none') {
    const from = layer.sizes === 'all' ? hole('in') : typeof site.features === 'number' ? site.features : '';
    words.push(`${from}->${hole('out')}`);
  }
  const needed: (readonly [string, OptionSpec])[] = Object.entries(layer.options).filter(
    ([, spec]) => spec.default === undefined && !spec.optional,
  );
  if (layer.operands === 'join') words.push(site.operand === undefined ? '{ $0 }' : hole(site.operand));
  else if (needed.length === 0) needed.push(...firstByPlace(layer));
  for (const [name, spec] of needed) words.push(optionSnippet(layer, name, spec, site.shape, hole));
  return words.join(' ');
}

/** Where nothing must be given, what stands first and has no default is what is meant as a rule: `upsample 2`. */
function firstByPlace({ options, positional = [] }: AnyLayer): readonly (readonly [string, OptionSpec])[] {
  const [name] = positional;
  const spec = name === undefined ? undefined : options[name];
  return name !== undefined && spec?.optional ? [[name, spec]] : [];
}

/** `k${1:3}`, `heads=${1:2}`, `${1:[16, 5, 5]}` */
export function optionSnippet(
  layer: AnyLayer,
  name: string,
  spec: OptionSpec,
  shape: Shape | undefined,
  hole: (text: string) => string,
): string {
  const value = beginning(layer, name, spec, shape);
  if (layer.sizes === 'none' && layer.positional?.[0] === name) return hole(value);
  return spec.short !== undefined && /^\d/.test(value) ? `${spec.short}${hole(value)}` : `${name}=${hole(value)}`;
}

/** A value to begin with. A shape is the one that is here, of which a wildcard leaves all but the first axis open. */
function beginning(layer: AnyLayer, name: string, spec: OptionSpec, shape: Shape | undefined): string {
  if (spec.type === 'shape' && shape) {
    return spec.wildcard && shape.length > 1 ? shapeSource([shape[0]!, -1]) : shapeSource(shape);
  }
  return exampleValue(layer, name) ?? (spec.default === undefined ? name : optionText(spec, spec.default, 0));
}

/** A call of a block with all that must be said: `DoubleConv 3->${1:out}`. */
export function blockSnippet({ name, sizes, parameters }: Block, written: string, { features }: CallSite): string {
  const words = [written === '' ? name.text : written];
  let next = 1;
  const hole = (text: string) => placeholder(next++, text);
  const from = typeof features === 'number' ? String(features) : '';
  if (sizes?.out) words.push(`${from}->${hole(sizes.out.text)}`);
  else if (sizes) words.push(hole(from === '' ? sizes.in.text : from));
  for (const { name: parameter, default: value } of parameters) {
    if (!value) words.push(`${parameter.text}=${hole(parameter.text)}`);
  }
  return words.join(' ');
}
