import type { Block, Body, Call, Expression } from '../../grammar/ast.ts';
import type { Span } from '../../grammar/source.ts';
import { type Because, type Fault, fault } from '../fault.ts';
import type { BlockCall } from '../graph.ts';
import type { CheckBody } from './apply-layer.ts';
import { callableOf } from './callable.ts';
import type { BlockCallee, BodyCallee } from './callee.ts';
import { type Constant, symbolic } from './constant.ts';
import { type Context, environmentOf } from './context.ts';
import { evaluate, evaluateSize } from './evaluate.ts';
import { featureAxis } from './features.ts';
import { type Flow, unknown } from './flow.ts';
import { claimPath } from './labels.ts';
import { pathScope } from './paths.ts';
import { type Placed, placeArguments } from './place.ts';
import { innerScope } from './scope.ts';
import { withoutShare } from './share.ts';

/** Blocks within blocks that go deeper than this are a mistake. */
const deepest = 100;

/** A block applied to the flow: it is written out where it stands, in names and paths of its own. */
export function checkBlock(context: Context, full: Call, callee: BlockCallee, flow: Flow, checkBody: CheckBody): Flow {
  const { block } = callee;
  const callable = callableOf(block);
  const { call, share } = withoutShare(context, full, callable);
  const { span } = call.callee;
  const placed = placeArguments(context, call, callable);
  const owner = { kind: block.name.text, span, share, ...(call.label && { label: call.label }) };
  const claimed = claimPath(context, owner, flow);
  const inside: Context = {
    ...within(context, callee, call.span, call.callee.text),
    pathScope: pathScope(claimed),
  };
  const isComplete = bindParameters(context, inside, call, block, placed, flow);
  context.builder.use(flow);
  if (flow.kind === 'absent') context.report(fault('use/start', span, { inputs: context.inputs }));
  if (flow.kind !== 'known' || !isComplete || placed.broken) return unknown;
  if (context.blocks.includes(block)) {
    const names = [...context.blocks.slice(context.blocks.indexOf(block)), block].map(({ name }) => name.text);
    context.report(fault('name/cycle', span, { names }));
    return unknown;
  }
  if (context.blocks.length >= deepest) {
    context.report(fault('use/expansion', span, { deepest }));
    return unknown;
  }
  const start = context.builder.nodes.length;
  const result = checkBody(inside, block.body, flow);
  if (result.kind !== 'known') return result;
  const { path } = claimed;
  const nodes = { start, end: context.builder.nodes.length };
  const sizes = headSizes(inside, block);
  context.builder.call({
    block: block.name.text,
    path,
    input: flow.value,
    output: result.value,
    nodes,
    ...(sizes && { sizes }),
    span: call.span,
  });
  const { kind, value, note, isGuess } = result;
  // A line of the block made it, whose other calls an edit for this one would harm.
  return { kind, value, note, isGuess, from: call.span };
}

/** What the names of a block's sizes are worth in this call. */
function headSizes({ scope }: Context, { sizes }: Block): BlockCall['sizes'] {
  if (!sizes) return undefined;
  const worth = ({ text }: Block['name']): number => {
    const entry = scope.find(text);
    return entry?.kind === 'constant' && typeof entry.value === 'number' ? entry.value : Number.NaN;
  };
  return { in: worth(sizes.in), ...(sizes.out && { out: worth(sizes.out) }) };
}

/** Lines that were handed over, applied to the flow: names mean what they mean where the lines stand, paths go on here. */
export function checkHanded(
  context: Context,
  call: Call,
  { body, context: home }: BodyCallee,
  flow: Flow,
  checkBody: CheckBody,
): Flow {
  const { text, span } = call.callee;
  if (call.arguments.length > 0) {
    context.report(fault('use/value', span, { name: text, what: 'a layer in braces', arguments: true }));
    return unknown;
  }
  const owner = { kind: text, span, ...(call.label && { label: call.label }) };
  const scope = call.label ? pathScope(claimPath(context, owner, flow)) : context.pathScope;
  const report = reportBy(context, { span: call.span, message: `is used as \`${text}\` here` });
  const inside: Context = { ...home, pathScope: scope, report };
  return checkBody(inside, body, flow);
}

/** The place within a block: what it declares is its own, and what is wrong there names the call that led to it. */
function within(context: Context, { block, home }: BlockCallee, span: Span, name: string): Omit<Context, 'pathScope'> {
  return {
    ...context,
    declarations: home,
    scope: innerScope(home.constants),
    named: new Map(),
    refused: new Set(),
    blocks: [...context.blocks, block],
    varies: true,
    report: reportBy(context, { span, message: `in this call of \`${name}\`` }),
  };
}

/** Reports what is wrong in lines that stand elsewhere, with the call that led there. */
function reportBy({ report }: Context, call: Because): Context['report'] {
  return (found) => report({ ...found, trace: [call, ...(found.trace ?? [])] } as Fault);
}

/** Gives the parameters of a block what the call says, or their defaults; whether all of them are known. */
function bindParameters(
  context: Context,
  inside: Context,
  { callee }: Call,
  block: Block,
  placed: Placed,
  flow: Flow,
): boolean {
  const outer = environmentOf(context, flow);
  let complete = true;
  const bind = (name: Block['name'], value: Constant | undefined, from?: Expression | Body) => {
    complete &&= value !== undefined;
    if (value !== undefined) context.observer?.constant(name.span, value);
    const written = from?.kind === 'number' ? from.span : undefined;
    const entry = { kind: 'constant', span: name.span, value, ...(written && { written }) } as const;
    if (!inside.scope.find(name.text)) inside.scope.declare(name.text, entry);
  };
  bindSizes();
  for (const { name, default: otherwise } of block.parameters) {
    const given = placed.options.get(name.text)?.value;
    const entry = given?.kind === 'name' ? context.scope.find(given.text) : undefined;
    if (given?.kind === 'name' && entry?.kind === 'value') {
      const evidence = { name: given.text, block: callee.text, parameter: name.text };
      context.report(fault('use/constant', given.span, evidence));
      context.builder.use(entry.flow);
      bind(name, undefined);
    } else if (given) bind(name, handed(context, given, flow), given);
    else if (otherwise) bind(name, handed(inside, otherwise, flow));
    else {
      if (!placed.broken) context.report(fault('use/missing', callee.span, { layer: callee.text, option: name.text }));
      bind(name, undefined);
    }
  }
  return complete;

  function bindSizes(): void {
    const { sizes } = block;
    if (!sizes) return;
    const given = sizes.out ? placed.sizes?.in : placed.options.get(sizes.in.text)?.value;
    if (given?.kind === 'body') {
      const evidence = { layer: callee.text, option: sizes.in.text, wanted: 'a size', found: 'a branch' };
      context.report(fault('type/option', given.span, evidence));
      bind(sizes.in, undefined);
    } else bind(sizes.in, given ? sizeOf(given) : received(), given);
    if (!sizes.out) return;
    const out = placed.sizes?.out;
    if (!out && !placed.broken) context.report(fault('shape/output', callee.span, { layer: callee.text }));
    bind(sizes.out, out && sizeOf(out), out);
  }

  function sizeOf(expression: Expression): Constant | undefined {
    const dim = evaluateSize(expression, outer);
    return dim === undefined ? undefined : symbolic(dim);
  }

  /** The features that arrive, where the call leaves their number out. */
  function received(): Constant | undefined {
    if (flow.kind !== 'known') return undefined;
    const dim = flow.value.type.shape.at(featureAxis(block, inside.declarations) === 'last' ? -1 : 0);
    return dim === undefined ? undefined : symbolic(dim);
  }
}

/** What is handed to a parameter: a constant, or a layer by its name or in braces. */
function handed(context: Context, value: Expression | Body, flow: Flow): Constant | undefined {
  if (value.kind !== 'body') return evaluate(value, environmentOf(context, flow));
  const callee = { kind: 'body', body: value, context, what: 'a layer in braces' } as const;
  return { kind: 'layer', text: '{ … }', callee };
}
