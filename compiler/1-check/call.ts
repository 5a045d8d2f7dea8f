import type { Call, Name } from '../../grammar/ast.ts';
import { type Fix, fault, replacement } from '../fault.ts';
import { layerElsewhere, wayElsewhere } from '../foreign.ts';
import type { AnyLayer } from '../layer.ts';
import { findLayer } from '../layers/index.ts';
import type { CheckBody } from './apply-layer.ts';
import { checkBlock, checkHanded } from './block-call.ts';
import { calleeOf } from './callee.ts';
import { type Context, reportUnknown } from './context.ts';
import { type Flow, unknown } from './flow.ts';
import { checkLayer } from './layer-call.ts';
import { mentionedNames } from './mentions.ts';
import { namesOf } from './scope.ts';

/** A stage that is a call: what flows after it. */
export function checkCall(context: Context, call: Call, flow: Flow, checkBody: CheckBody): Flow {
  const callee = calleeOf(context, call.callee.text);
  switch (callee?.kind) {
    case 'layer':
      return checkLayer(context, call, callee.layer, flow, checkBody);
    case 'block':
      return checkBlock(context, call, callee, flow, checkBody);
    case 'body':
      return checkHanded(context, call, callee, flow, checkBody);
    case 'residual':
      return checkResidual(context, call, flow, checkBody);
    case 'unknown':
      return poisoned(context, call, flow);
    case undefined: {
      const layer = reportCallee(context, call.callee);
      if (!layer) return poisoned(context, call, flow);
      // What was meant is done, so that all that follows from the call is told at once.
      const callee = { ...call.callee, text: layer.name };
      return checkLayer(context, { ...call, callee }, layer, flow, checkBody);
    }
  }
}

/** A name in the place of a layer that is none; gives the layer that goes by this name elsewhere. */
function reportCallee(context: Context, name: Name): AnyLayer | undefined {
  const { text, span } = name;
  const entry = context.scope.find(text);
  if (entry?.kind === 'value') {
    const join = `add ${text}`;
    const other = `concat ${text}`;
    const alternatives = [replacement(span, other)];
    const fix = { ...replacement(span, join), alternative: `or \`${other}\``, alternatives };
    context.report(fault('use/value', span, { name: text, what: 'a value', join }, { fix }));
  } else if (entry) context.report(fault('use/value', span, { name: text, what: 'a constant' }));
  else {
    const what = 'layer, block or value';
    const layer = layerElsewhere(text);
    const instead = layer ? undefined : wayElsewhere(text);
    if (instead !== undefined) context.report(fault('name/unknown', span, { what, name: text, instead }));
    else if (!layer) reportUnknown(context, what, name, callableNames(context));
    else {
      const evidence = { what, name: text, nearest: layer.name };
      context.report(fault('name/unknown', span, evidence, { fix: replacement(span, layer.name) }));
    }
    return layer;
  }
  return undefined;
}

/** What follows from a stage that is not understood is unknown, and what it mentions is used. */
export function poisoned(context: Context, part: object, flow: Flow): Flow {
  context.builder.use(flow);
  for (const name of mentionedNames(part)) {
    const entry = context.scope.find(name);
    if (entry?.kind === 'value') context.builder.use(entry.flow);
  }
  return unknown;
}

/** `residual { … }` is `add {} { … }`. */
function checkResidual(context: Context, call: Call, flow: Flow, checkBody: CheckBody): Flow {
  const { text } = call.callee;
  const add = findLayer('add');
  const [branch] = call.arguments;
  if (!add || call.arguments.length !== 1 || branch?.kind !== 'branch') {
    context.report(fault('use/residual', call.span, { layer: text }, residualFix(call)));
    return poisoned(context, call, flow);
  }
  const span = { ...call.callee.span, start: call.callee.span.end };
  const identity = { kind: 'branch', span, body: { kind: 'body', span, lines: [] } } as const;
  return checkLayer(context, { ...call, arguments: [identity, branch] }, add, flow, checkBody);
}

/** With values or several branches it is an `add`, for which the identity is one branch of several. */
function residualFix({ callee, arguments: operands }: Call): { readonly fix?: Fix } {
  const areBranches = operands.length > 0 && operands.every(({ kind }) => kind === 'branch');
  const areValues =
    operands.length > 0 && operands.every((each) => each.kind === 'positional' && each.value.kind === 'name');
  const word = areBranches ? 'add {}' : areValues ? 'add' : undefined;
  return word === undefined ? {} : { fix: replacement(callee.span, word, `${word} …`) };
}

function* callableNames(context: Context): Iterable<string> {
  yield* context.declarations.calleeNames();
  yield* namesOf(context.scope, 'value');
}
