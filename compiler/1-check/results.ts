import type { Name, Net, Return, TensorType } from '../../grammar/ast.ts';
import type { Span } from '../../grammar/source.ts';
import { type Dim, equal } from '../dim.ts';
import { fault, replacement } from '../fault.ts';
import type { Graph, Output } from '../graph.ts';
import type { ValueType } from '../shape.ts';
import { typeText } from '../signature.ts';
import { nearest } from '../suggest.ts';
import type { CheckedLines } from './body.ts';
import { type Context, environmentOf, reportUnknown } from './context.ts';
import { evaluateSize } from './evaluate.ts';
import { type Flow, type Known, unknown } from './flow.ts';
import { elementType } from './inputs.ts';
import { namesOf } from './scope.ts';

interface Result {
  readonly name: string;
  readonly flow: Flow;
}

/** The outputs of a net, checked against what it is declared to give; undefined where one is unknown. */
export function checkResults(context: Context, net: Net, lines: CheckedLines): Graph['outputs'] | undefined {
  const declared = net.result?.outputs ?? [];
  const types = declared.map(({ type }) => declaredType(context, type));
  const results = lines.returned
    ? returnedResults(context, net, lines.returned)
    : lastResult(context, net, lines.result);
  for (const { flow } of results ?? []) context.builder.use(flow);
  if (!results) return undefined;

  for (const [index, { flow }] of results.entries()) {
    const type = types[index];
    if (type && flow.kind === 'known' && !flow.isGuess) checkType(context, declared[index]!.type, type, flow);
  }
  const outputs = results.flatMap(({ name, flow }, index): Output[] => {
    if (flow.kind !== 'known') return [];
    const declared = types[index];
    const { value } = flow;
    const type = declared && { element: declared.element, shape: declared.shape.map(({ dim }) => dim) };
    return [{ name, value, type: type ?? value.type }];
  });
  return outputs.length === results.length ? outputs : undefined;
}

/** The value of the last line is the one result. */
function lastResult(context: Context, net: Net, flow: Flow): readonly Result[] | undefined {
  const declared = net.result?.outputs ?? [];
  const last = net.body.lines.at(-1)?.span ?? net.name.span;
  context.builder.use(flow);
  if (flow.kind === 'absent') {
    context.report(fault('use/start', last, { inputs: context.inputs }));
    return undefined;
  }
  if (declared.length <= 1) return [{ name: declared[0]?.name?.text ?? 'result', flow }];
  const names = declared.flatMap(({ name }) => (name ? [name.text] : []));
  for (const name of names) {
    const entry = context.scope.find(name);
    if (entry?.kind === 'value') context.builder.use(entry.flow);
  }
  // What is unknown may have been the rest of it.
  if (flow.kind === 'unknown') return undefined;
  const text = `return ${names.join(', ')}`;
  const repairs = names.every((name) => context.scope.find(name)?.kind === 'value');
  const edits = [{ span: { ...last, start: last.end }, text: `\n  ${text}` }];
  context.report(
    fault('use/result', last, { declared: names, given: 1 }, repairs ? { fix: { title: text, edits } } : {}),
  );
  return undefined;
}

/** Results go by name: in the order of the declaration, or, without one, as they are returned. */
function returnedResults(context: Context, net: Net, { names, span }: Return): readonly Result[] | undefined {
  const declared = net.result?.outputs ?? [];
  const results = new Map<string, Flow>();
  let complete = true;
  for (const name of names) {
    const flow = returnedValue(context, name);
    context.builder.use(flow);
    if (results.has(name.text)) {
      context.report(fault('name/duplicate', name.span, { name: name.text, what: 'returned' }));
      complete = false;
    }
    results.set(name.text, flow);
  }
  if (!complete) return undefined;
  const asReturned = [...results].map(([name, flow]) => ({ name, flow }));
  const declaredNames = declared.flatMap(({ name }) => (name ? [name.text] : []));
  if (declaredNames.length > 0) {
    const strangers = names.filter(
      ({ text }) => !declaredNames.includes(text) && context.scope.find(text)?.kind === 'value',
    );
    for (const name of strangers) {
      const missing = declaredNames.filter((each) => !results.has(each));
      const near = nearest(name.text, missing);
      context.report(
        fault('name/result', name.span, { name: name.text, declared: declaredNames, ...(near && { nearest: near }) }),
      );
    }
    if (names.some(({ text }) => !declaredNames.includes(text))) return undefined;
  }
  if (declared.length > 0 && declared.length !== names.length) {
    context.report(fault('use/result', span, { declared: declaredNames, given: names.length }));
    return undefined;
  }
  return declaredNames.length > 0 ? declaredNames.map((name) => ({ name, flow: results.get(name)! })) : asReturned;
}

function returnedValue(context: Context, name: Name): Flow {
  const entry = context.scope.find(name.text);
  if (entry?.kind === 'value') return entry.flow;
  if (entry) {
    context.report(fault('use/operand', name.span, { join: 'return', name: name.text, what: 'a constant' }));
    return unknown;
  }
  reportUnknown(context, 'value', name, namesOf(context.scope, 'value'));
  return unknown;
}

interface DeclaredType extends Pick<ValueType, 'element'> {
  readonly shape: readonly { readonly dim: Dim; readonly span: Span }[];
}

function declaredType(context: Context, type: TensorType): DeclaredType | undefined {
  const environment = environmentOf(context, unknown);
  const element = elementType(context, type);
  const shape = type.dims.map((each) => ({ dim: evaluateSize(each, environment), span: each.span }));
  const complete = shape.flatMap(({ dim, span }) => (dim === undefined ? [] : [{ dim, span }]));
  return element && complete.length === shape.length ? { element, shape: complete } : undefined;
}

function checkType(
  context: Context,
  written: TensorType,
  declared: DeclaredType,
  { value, note, remedy }: Known,
): void {
  const { element, shape } = value.type;
  const fits = declared.shape.map(({ dim }, axis) => equal(dim, shape[axis] ?? Number.NaN));
  if (element !== declared.element || shape.length !== fits.length || fits.includes('never')) {
    const received = typeText(value.type);
    const wanted = declared.shape.map(({ dim }) => dim);
    const text = typeText({ element: declared.element, shape: wanted });
    const because = [{ span: value.span, message: `gives ${received} here${note === undefined ? '' : `: ${note}`}` }];
    const remade = element === declared.element ? remedy?.(wanted) : undefined;
    const declare = replacement(written.span, received, `declare ${received}`);
    const fix = remade
      ? { ...remade, alternative: `or ${declare.title}`, alternatives: [declare] }
      : replacement(written.span, received);
    context.report(fault('shape/result', written.span, { declared: text, received }, { because, fix }));
    return;
  }
  for (const [axis, { dim, span }] of declared.shape.entries()) {
    if (fits[axis] !== 'sometimes') continue;
    context.require({ left: shape[axis]!, relation: 'equal', right: dim, span });
  }
}
