import type { Argument, Body, Call, Expression, Name, Reference } from '../../grammar/ast.ts';
import type { Span } from '../../grammar/source.ts';
import { expressionText } from '../expression-text.ts';
import { type Fault, fault, replacement } from '../fault.ts';
import { whyNeedless, withoutBatchAxis } from '../foreign.ts';
import { withArrow } from './arrow.ts';
import { withBranches } from './branch.ts';
import type { Callable } from './callable.ts';
import type { Context } from './context.ts';
import { withList } from './list.ts';
import { flagNames, longName, shortForm } from './option-names.ts';
import { removal, reportOperand, strayArguments, strayName, unknownOption } from './stray.ts';

/** The arguments of a call, sorted by what they are to its layer; nothing is evaluated. */
export interface Placed {
  readonly sizes?: SizesArgument;
  /** By long name. */
  readonly options: ReadonlyMap<string, PlacedOption>;
  /** The operands of a join, in the order written. */
  readonly operands: readonly WrittenOperand[];
  /** Not reported yet: a list without its brackets, the numbers of which may be wrong as well. */
  readonly unlisted?: Fault;
  /** Whether an argument had no place. */
  readonly broken: boolean;
}

export type SizesArgument = Extract<Argument, { readonly kind: 'sizes' }>;

export interface PlacedOption {
  readonly value: Expression | Body;
  /** The whole argument: `k=5`, `k5`, `5`. */
  readonly span: Span;
}

export type WrittenOperand =
  | { readonly kind: 'value'; readonly name: Name }
  | { readonly kind: 'branch'; readonly body: Body }
  /** Reported already. */
  | { readonly kind: 'unknown'; readonly name: Name };

/** Finds the place of each argument; reports those that have none and those that have been given before. */
export function placeArguments(context: Context, call: Call, layer: Callable): Placed {
  const written = call.callee.text;
  const joins = layer.operands === 'join';
  const options = new Map<string, PlacedOption>();
  const operands: WrittenOperand[] = [];
  let sizes: SizesArgument | undefined;
  const strays: Fault[] = [];
  const extra: Expression[] = [];
  const braced = { ...call, arguments: withBranches(context, call, layer) };
  const all = { ...call, arguments: withArrow(context, braced, layer) };

  const { all: listed, found: unlisted } = withList(all, layer);
  for (const argument of listed) {
    switch (argument.kind) {
      case 'sizes':
        placeSizes(argument);
        break;
      case 'option':
        placeNamed(argument.name, argument.value, argument.span);
        break;
      case 'branch':
        if (joins) operands.push({ kind: 'branch', body: argument.body });
        else stray(fault('use/branch', argument.span, { layer: written }));
        break;
      case 'positional':
        if (argument.value.kind === 'name') placeName(argument.value);
        else placePositional(argument.value);
        break;
    }
  }
  if (extra.length > 0) stray(strayArguments(call, layer, extra, new Set(options.keys())));
  return { ...(sizes && { sizes }), options, operands, ...(unlisted && { unlisted }), broken: strays.length > 0 };

  function placeSizes(argument: SizesArgument): void {
    const { span } = argument;
    if (layer.sizes === 'none') {
      // The flow goes on as if they were not there.
      context.report(fault('use/sizes', span, { layer: written }, { fix: removal(call, span, written) }));
    } else if (sizes) stray(givenTwice('the sizes', sizes.span, span));
    else sizes = argument;
  }

  function placeNamed(name: Name, value: Expression | Body, span: Span): void {
    const option = longName(layer, name.text);
    if (option !== undefined) {
      place(option, value, span);
      return;
    }
    const { found, meant } = unknownOption(layer, written, name);
    if (whyNeedless(name.text) !== undefined) {
      const fix = removal(call, span, `remove \`${name.text}\``);
      context.report({ ...found, fix } as Fault);
    } else if (meant === undefined) stray(found);
    else {
      // What was probably meant is done, so that the shapes after it are right.
      const counted = withoutBatchAxis(name.text, value);
      const text = counted && `${meant}=${expressionText(counted)}`;
      context.report(text === undefined ? found : ({ ...found, fix: replacement(span, text) } as Fault));
      place(meant, counted ?? value, span);
    }
  }

  /** A name alone: an operand, a short form, a flag, or a constant or word for the next option. */
  function placeName(name: Reference): void {
    const { text, span } = name;
    const entry = context.scope.find(text);
    const short = shortForm(layer, text, span);
    const next = nextOption();
    if (joins && entry?.kind === 'value') operands.push({ kind: 'value', name });
    else if (short) place(short.option, short.value, span);
    else if (flagNames(layer).includes(text)) place(text, { kind: 'boolean', span, value: true }, span);
    else if (next !== undefined && (entry?.kind === 'constant' || layer.options[next]!.choices?.includes(text))) {
      place(next, name, span);
    } else if (joins) {
      operands.push({ kind: 'unknown', name });
      reportOperand(context, written, name);
    } else stray(strayName(context, layer, written, name, next !== undefined));
  }

  function placePositional(value: Expression): void {
    const next = nextOption();
    if (next !== undefined) place(next, value, value.span);
    else extra.push(value);
  }

  /** The next option that may stand without its name. */
  function nextOption(): string | undefined {
    return layer.positional?.find((option) => !options.has(option));
  }

  function place(option: string, value: Expression | Body, span: Span): void {
    const before = options.get(option);
    if (before) context.report(givenTwice(`\`${option}\``, before.span, span));
    else options.set(option, { value, span });
  }

  function givenTwice(what: string, before: Span, span: Span): Fault {
    const because = [{ span: before, message: 'given here first' }];
    return fault('use/twice', span, { layer: written, what, plural: what === 'the sizes' }, { because });
  }

  /** Of several arguments without a place, the first one tells enough. */
  function stray(found: Fault): void {
    if (strays.length === 0) context.report(found);
    strays.push(found);
  }
}
