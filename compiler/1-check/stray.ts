import type { Name } from '../../grammar/ast.ts';
import { type Fault, fault, replacement } from '../fault.ts';
import { nearest } from '../suggest.ts';
import { unknownName } from '../unknown-name.ts';
import type { Callable } from './callable.ts';
import { type Context, reportUnknown } from './context.ts';
import { namesFeatures, optionElsewhere } from './foreign.ts';
import { flagNames, longName, shortLetter } from './option-names.ts';
import { namesOf } from './scope.ts';

/** What is wrong with arguments that fit nowhere. `written` is the name of the layer as it stands there. */

/** An option that the layer does not have, and the one that was probably meant. */
export function unknownOption(
  layer: Callable,
  written: string,
  { text, span }: Name,
  candidates: readonly string[] = Object.keys(layer.options),
): { readonly found: Fault; readonly meant?: string } {
  const near = optionElsewhere(text, candidates) ?? nearest(text, candidates);
  const features = near === undefined && layer.sizes === 'both' && namesFeatures(text);
  const evidence = {
    layer: written,
    option: text,
    options: Object.keys(layer.options),
    ...(near && { nearest: near }),
    ...(features && { instead: `sizes are written \`${written} in->out\`` }),
  };
  const fix = near && replacement(span, near);
  return { found: fault('name/option', span, evidence, fix ? { fix } : {}), ...(near && { meant: near }) };
}

/** A name without `=` that is no flag, no short form and no constant for an option that may stand without its name. */
export function strayName(context: Context, layer: Callable, written: string, name: Name, fills: boolean): Fault {
  const { text, span } = name;
  const takes = layer.positional ?? [];
  const entry = context.scope.find(text);
  if (longName(layer, text) !== undefined) {
    return fault('use/missing', span, { layer: written, option: text, value: true });
  }
  const choice = Object.keys(layer.options).find((each) => layer.options[each]!.choices?.includes(text));
  if (choice !== undefined) {
    const instead = `${choice}=${text}`;
    return fault('use/positional', span, { layer: written, takes, instead }, { fix: replacement(span, instead) });
  }
  if (entry?.kind === 'value') return fault('use/constant', span, { name: text });
  if (entry) return fault('use/positional', span, { layer: written, takes });
  const letter = shortLetter(text);
  if (letter !== undefined) {
    return fault('name/option', span, { layer: written, option: letter, options: shortForms(layer) });
  }
  const flags = flagNames(layer);
  if (!fills || optionElsewhere(text, flags) !== undefined) return unknownOption(layer, written, name, flags).found;
  return unknownName('option or constant', name, [...flags, ...namesOf(context.scope, 'constant')]);
}

/** Reports a name among the operands of a join that is no value. */
export function reportOperand(context: Context, written: string, name: Name): void {
  const { text, span } = name;
  const callee = context.declarations.callee(text);
  if (context.scope.find(text)) {
    context.report(fault('use/operand', span, { join: written, name: text, what: 'a constant' }));
  } else if (callee && callee.kind !== 'unknown') {
    const instead = `${written} { ${text} }`;
    const fix = replacement(span, `{ ${text} }`, instead);
    context.report(fault('use/operand', span, { join: written, name: text, what: callee.what, instead }, { fix }));
  } else if (!callee) reportUnknown(context, 'value', name, namesOf(context.scope, 'value'));
}

function shortForms(layer: Callable): readonly string[] {
  return Object.entries(layer.options).flatMap(([name, { short }]) => (short ? [`${short} (${name})`] : []));
}
