import type { Call, Expression, Name } from '../../grammar/ast.ts';
import type { Span } from '../../grammar/source.ts';
import { expressionText } from '../expression-text.ts';
import { type Fault, type Fix, fault, replacement } from '../fault.ts';
import { featureSide, optionElsewhere, whyNeedless } from '../foreign.ts';
import { nearest } from '../suggest.ts';
import { unknownName } from '../unknown-name.ts';
import type { Callable } from './callable.ts';
import { type Context, reportUnknown } from './context.ts';
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
  const instead = near === undefined ? wayToSay(layer, written, text) : undefined;
  const evidence = {
    layer: written,
    option: text,
    options: Object.keys(layer.options),
    ...(near && { nearest: near }),
    ...(instead !== undefined && { instead }),
  };
  const fix = near && replacement(span, near);
  return { found: fault('name/option', span, evidence, fix ? { fix } : {}), ...(near && { meant: near }) };
}

/** How one says here what an option says elsewhere. */
function wayToSay(layer: Callable, written: string, option: string): string | undefined {
  if (layer.sizes !== 'none' && featureSide(option) !== undefined) return `sizes are written \`${written} in->out\``;
  if (option === 'activation') return 'an activation is a stage of its own, as in `| relu`';
  return whyNeedless(option);
}

/** Arguments without a name for which no option is left; `given` are the options that have a value. */
export function strayArguments(
  { callee, arguments: all }: Call,
  layer: Callable,
  extra: readonly Expression[],
  given: ReadonlySet<string>,
): Fault {
  const [first] = extra;
  const layerName = callee.text;
  const evidence = { layer: layerName, takes: layer.positional ?? [] };
  const { span } = first!;
  const open = Object.keys(layer.options).filter((name) => !given.has(name));
  const isBlock = open.some((name) => layer.options[name]!.type === 'parameter');
  const required = open.filter((name) => isNeeded(layer, name));
  // What is handed to a block without names is nearly always in the order of its head.
  const needed = isBlock && required.length === 0 ? open : required;
  if (needed.length > 0 && extra.length <= needed.length) {
    const edits = extra.map((value, index) => ({
      span: value.span,
      text: `${needed[index]}=${expressionText(value)}`,
    }));
    const instead = edits.map(({ text }) => text).join(' ');
    return fault('use/positional', span, { ...evidence, instead }, { fix: { title: instead, edits } });
  }
  if (extra.length > 1 || first?.kind !== 'number') return fault('use/positional', span, evidence);
  if (layer.sizes === 'all' && !all.some(({ kind }) => kind === 'sizes')) {
    return fault('use/positional', span, { ...evidence, instead: `${layerName} ${first.text}->…` });
  }
  // Elsewhere the stride follows the kernel, and the features, which are inferred here, stand alone.
  const isStride = layer.positional?.[0] === 'kernel' && layer.options.stride && !given.has('stride');
  const fix = isStride
    ? replacement(span, `s${first.text}`)
    : removal({ callee, arguments: all }, span, `remove \`${first.text}\``);
  return fault('use/positional', span, evidence, { fix });
}

/** Whether a call must say what the option is. */
function isNeeded(layer: Callable, option: string): boolean {
  const { default: value, optional } = layer.options[option]!;
  return value === undefined && optional !== true;
}

/** The edit that takes an argument away, with the spaces before it. */
export function removal(
  { callee, arguments: all }: Pick<Call, 'callee' | 'arguments'>,
  span: Span,
  title: string,
): Fix {
  const ends = [callee, ...all].map((each) => each.span.end).filter((end) => end <= span.start);
  return replacement({ ...span, start: Math.max(...ends) }, '', title);
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
  if (entry?.kind === 'value') {
    const isBlock = Object.values(layer.options).some(({ type }) => type === 'parameter');
    return fault('use/constant', span, { name: text, ...(isBlock && { block: written }) });
  }
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
  if (context.refused.has(text)) return;
  const entry = context.scope.find(text);
  if (entry) {
    // Nobody knows yet what a parameter holds that has no value.
    if (entry.kind === 'constant' && entry.value === undefined) return;
    context.report(fault('use/operand', span, { join: written, name: text, what: 'a constant' }));
  } else if (!context.declarations.callee(text)) reportUnknown(context, 'value', name, namesOf(context.scope, 'value'));
}

function shortForms(layer: Callable): readonly string[] {
  return Object.entries(layer.options).flatMap(([name, { short }]) => (short ? [`${short} (${name})`] : []));
}
