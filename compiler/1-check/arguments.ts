import type { Call, Expression } from '../../grammar/ast.ts';
import type { Span } from '../../grammar/source.ts';
import { symbolsOf } from '../dim.ts';
import { type Fault, fault } from '../fault.ts';
import type { AnyLayer, LayerCall, OptionValue, Written } from '../layer.ts';
import { type Context, environmentOf } from './context.ts';
import { type Environment, evaluateSize } from './evaluate.ts';
import type { Flow } from './flow.ts';
import { mentionedNames } from './mentions.ts';
import { optionValue } from './option-value.ts';
import { type Placed, placeArguments, type SizesArgument, type WrittenOperand } from './place.ts';

/** The arguments of a call as its layer takes them. */
export interface CallArguments {
  readonly options: Readonly<Record<string, OptionValue>>;
  readonly sizes: LayerCall<unknown>['sizes'];
  /** The operands of a join, in the order written. */
  readonly operands: readonly WrittenOperand[];
  /** Where each option that was written stands. */
  readonly spans: ReadonlyMap<string, Span>;
  /** Arguments that are other numbers each time that their line is written out. */
  readonly varying: readonly VaryingArgument[];
  /** Not reported yet: a list without its brackets. An edit of the numbers in it brings them along. */
  readonly unlisted?: Fault;
  /** Whether something is wrong or unknown, so that there is no telling what the layer gives. */
  readonly broken: boolean;
}

export interface VaryingArgument {
  readonly span: Span;
  /** Where the call of the block has written the number that it is. */
  readonly written?: Span;
}

/** Finds the place of each argument and evaluates it; reports options that are missing. */
export function readArguments(context: Context, call: Call, layer: AnyLayer, flow: Flow): CallArguments {
  const placed = placeArguments(context, call, layer);
  const environment = environmentOf(context, flow);
  const sizes = placed.sizes ? readSizes(placed.sizes, environment) : {};
  const options = new Map<string, OptionValue>();
  let broken = placed.broken || sizes === undefined;
  for (const [option, spec] of Object.entries(layer.options)) {
    const target = { layer: call.callee.text, option, spec };
    const written = placed.options.get(option);
    if (written) {
      const value = optionValue(target, written.value, environment);
      options.set(option, value);
      broken ||= value === undefined;
    } else if ('default' in spec || spec.optional) {
      options.set(option, spec.default);
    } else if (!broken) {
      context.report(fault('use/missing', call.callee.span, { layer: call.callee.text, option }));
      broken = true;
    }
  }
  const spans = new Map([...placed.options].map(([option, { span }]) => [option, span]));
  const varying = context.varies ? varyingArguments(context, placed) : [];
  return {
    options: Object.fromEntries(options),
    sizes: sizes ?? {},
    operands: placed.operands,
    spans,
    varying,
    ...(placed.unlisted && { unlisted: placed.unlisted }),
    broken,
  };
}

function varyingArguments({ scope }: Context, { sizes, options }: Placed): readonly VaryingArgument[] {
  const sides = [sizes?.in, sizes?.out].flatMap((value) => (value ? [{ span: value.span, value }] : []));
  return [...sides, ...options.values()].flatMap(({ span, value }): VaryingArgument[] => {
    if (value.kind === 'name') {
      const entry = scope.find(value.text);
      const written = entry?.kind === 'constant' ? entry.written : undefined;
      return entry ? [{ span, ...(written && { written }) }] : [];
    }
    return [...mentionedNames(value)].some((name) => name === 'dims' || scope.find(name)) ? [{ span }] : [];
  });
}

/** Undefined where a side is wrong or unknown. */
function readSizes(argument: SizesArgument, environment: Environment): LayerCall<unknown>['sizes'] | undefined {
  const from = argument.in && readSize(argument.in, environment);
  const out = argument.out && readSize(argument.out, environment);
  if ((argument.in && !from) || (argument.out && !out)) return undefined;
  return { ...(from && { in: from }), ...(out && { out }), arrow: argument.arrow };
}

function readSize(expression: Expression, environment: Environment): Written | undefined {
  const { span } = expression;
  const value = evaluateSize(expression, environment);
  if (value === undefined || typeof value === 'number') return value === undefined ? undefined : { value, span };
  environment.report(fault('type/symbolic', span, { symbols: symbolsOf(value) }));
  return undefined;
}
