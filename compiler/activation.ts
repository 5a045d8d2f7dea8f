import type { Act, Name, Parameter } from '../grammar/ast.ts';
import { expressionText } from './expression-text.ts';
import { type Fault, fault, type Outcome, replacement } from './fault.ts';
import { type FormulaScope, formula } from './formula.ts';
import {
  type AnyLayer,
  type Formula,
  flag,
  type LayerExample,
  type OptionSpecs,
  type OptionValue,
  real,
  type WeightSpec,
} from './layer.ts';
import { affine, along, count, input, outputShape, weight } from './layers/meaning.ts';
import { type AnyCall, cameFrom, receivedShape, unchanged } from './layers/rules.ts';
import { evaluateScalar } from './scalar/evaluate.ts';
import { constant, substitute, variable } from './scalar/scalar.ts';
import { simplify } from './scalar/simplify.ts';
import type { Shape } from './shape.ts';

/** What the names in an activation stand for, beside its own. */
type ActivationScope = Omit<FormulaScope, 'owner' | 'variables'>;

/** The option of activations that learn something. */
const perChannel = {
  per_channel: flag({ default: false, doc: 'Whether each channel, axis 0, learns numbers of its own.' }),
};

/**
 * The layer that an `act` declares: its parameters are the options, its learned ones the weights. Undefined where
 * anything is wrong with it; the faults say what.
 */
export function activation(act: Act, scope: ActivationScope): Outcome<AnyLayer | undefined> {
  const faults: Fault[] = [];
  const report = (each: Fault): void => void faults.push(each);
  reportDuplicates(act, report);
  const options = new Map<string, OptionSpecs[string]>();
  const weights: WeightSpec[] = [];
  for (const parameter of act.parameters) {
    const name = parameter.name.text;
    const value = defaultOf(parameter, act.name, scope, report);
    if (!parameter.learn) {
      options.set(name, real({ ...(value !== undefined && { default: value }), doc: `\`${name}\` in the formula.` }));
    } else if (value !== undefined) {
      weights.push({ name, shape: [1], role: 'parameter', init: { kind: 'constant', value } });
    }
  }
  const variables = new Set([act.variable, ...act.parameters.map((each) => each.name)].map((each) => each.text));
  const body = formula(act.body, { ...scope, owner: act.name.text, variables }, report);
  if (!body || faults.length > 0) return { value: undefined, faults };
  const found = { variable: act.variable.text, body, text: expressionText(act.body), span: act.body.span };
  // By definition rather than assignment, so that an option may bear any name, even `__proto__`.
  return { value: record(act, Object.fromEntries(options), weights, found), faults };
}

function record(act: Act, options: OptionSpecs, weights: readonly WeightSpec[], found: Formula): AnyLayer {
  const name = act.name.text;
  const [summary = '', ...source] = (act.doc ?? 'An activation of the file.').split('\n');
  const torch = /`(torch\.[\w.]+)`/.exec(act.doc ?? '')?.[1];
  const required = Object.entries(options).filter(([, { default: value }]) => value === undefined);
  const learns = weights.length > 0;
  const example = (...words: readonly string[]): LayerExample => ({
    input: [2, 3],
    body: [name, ...required.map(([option]) => `${option}=0.5`), ...words].join(' '),
  });
  return {
    name,
    ...(torch !== undefined && { torch }),
    summary,
    description: source.join('\n'),
    operands: 'one',
    sizes: 'none',
    // A parameter of that name is the formula's own.
    options: { ...(learns && perChannel), ...options },
    positional: Object.keys(options),
    infer(call) {
      const shape = receivedShape(call);
      if (!shape || (isPerChannel(call) && !hasChannels(call, shape))) return undefined;
      return unchanged(call);
    },
    ...(learns && {
      weights: ({ options, output }) =>
        weights.map((each) =>
          isPerChannel({ options }) ? { ...each, shape: [count(output.type.shape.slice(0, 1))] } : each,
        ),
    }),
    lower(node) {
      const axes = outputShape(node);
      const ofChannel = isPerChannel(node);
      const learnedAt = {
        view: ofChannel ? axes.slice(0, 1) : [1],
        index: [affine(axes.length, ofChannel ? [[0, 1]] : [])],
      };
      const learned = weights.map((each, index) => ({ name: `learned${index}`, from: weight(each.name) }));
      // Names of the formula are the user's; those of the loads cannot be mistaken for an axis or the like.
      const values = new Map([
        ...Object.entries(node.options).map(([option, value]) => [option, constant(Number(value))] as const),
        ...weights.map((each, index) => [each.name, variable(learned[index]!.name)] as const),
        [found.variable, variable('x')],
      ]);
      return [
        {
          axes,
          loads: [
            { name: 'x', from: input(), view: axes, index: along(axes.length, ...axes.keys()) },
            ...learned.map((each) => ({ ...each, ...learnedAt })),
          ],
          result: simplify(substitute(found.body, values)),
        },
      ];
    },
    formula: found,
    examples: [example(), ...(learns ? [example('per_channel')] : [])],
  };
}

/** Whether each channel, which is axis 0, has learned numbers of its own. */
export function isPerChannel({ options }: { readonly options: Readonly<Record<string, OptionValue>> }): boolean {
  return options.per_channel === true;
}

function hasChannels(call: AnyCall, shape: Shape): boolean {
  if (shape.length > 0) return true;
  const evidence = { layer: call.written, wanted: 'channels', received: 'the single number []' };
  call.fault('shape/rank', call.span, evidence, { because: cameFrom(call) });
  return false;
}

/** The number that a parameter is where nothing else is said. */
function defaultOf(
  { name, learn, default: written, span }: Parameter,
  owner: Name,
  scope: ActivationScope,
  report: (fault: Fault) => void,
): number | undefined {
  if (written?.kind === 'body') {
    const evidence = { layer: owner.text, option: name.text, wanted: 'a number', found: 'a branch' };
    report(fault('type/option', written.span, evidence));
    return undefined;
  }
  if (written) {
    const value = formula(written, { ...scope, owner: owner.text, variables: new Set() }, report);
    return value && evaluateScalar(value);
  }
  if (learn) {
    const begins = `learn ${name.text} = 0`;
    report(fault('type/learned', name.span, { name: name.text }, { fix: replacement(span, begins) }));
  }
  return undefined;
}

function reportDuplicates({ name, variable: own, parameters }: Act, report: (fault: Fault) => void): void {
  const first = new Map([[own.text, own]]);
  for (const { name: parameter } of parameters) {
    const before = first.get(parameter.text);
    if (before) {
      const what = before === own ? `the variable of \`${name.text}\`` : `a parameter of \`${name.text}\``;
      const because = [{ span: before.span, message: `\`${parameter.text}\` is ${what} here` }];
      report(fault('name/duplicate', parameter.span, { name: parameter.text, what }, { because }));
    } else first.set(parameter.text, parameter);
  }
}
