import type { Body, Group, If, Line, Pipeline, Repeat, Return, Stage } from '../../grammar/ast.ts';
import { fault } from '../fault.ts';
import { mostSteps } from './builder.ts';
import { checkCall, poisoned } from './call.ts';
import { type Context, declareValue, environmentOf, isUndeclared } from './context.ts';
import { evaluate, evaluateBoolean, evaluateCount } from './evaluate.ts';
import { type Flow, typeOf, unknown } from './flow.ts';
import { claimLabel } from './labels.ts';
import { createPaths, pathScope } from './paths.ts';
import { innerScope } from './scope.ts';

/** What flows out of braces, those of a block too. Names that are given inside are not known outside. */
export function checkBody(context: Context, body: Body, flow: Flow): Flow {
  const inside = { ...context, scope: innerScope(context.scope) };
  const { result, returned } = checkLines(inside, body.lines, flow);
  if (!returned) return result;
  context.report(fault('use/return', returned.span, { where: 'inside' }));
  return poisoned(inside, returned, result);
}

export interface CheckedLines {
  /** The value of the last line. */
  readonly result: Flow;
  readonly returned?: Return;
}

/** The lines of a body, in the scope of the context. */
export function checkLines(context: Context, lines: readonly Line[], flow: Flow): CheckedLines {
  let result = flow;
  for (const [index, line] of lines.entries()) {
    switch (line.kind) {
      case 'pipeline':
        result = checkPipeline(context, line, result);
        break;
      case 'let': {
        const value = evaluate(line.value, environmentOf(context, result));
        if (value !== undefined) context.observer?.constant(line.name.span, value);
        if (isUndeclared(context, line.name)) {
          context.scope.declare(line.name.text, { kind: 'constant', span: line.name.span, value });
        }
        break;
      }
      case 'broken':
        result = poisoned(context, line, result);
        for (const name of line.declares) {
          if (!context.scope.find(name.text)) {
            context.scope.declare(name.text, { kind: 'value', span: name.span, flow: unknown });
          }
        }
        break;
      case 'return': {
        const rest = lines.slice(index + 1);
        if (rest[0]) {
          context.report(fault('use/return', rest[0].span, { where: 'after' }));
          poisoned(context, rest, unknown);
        }
        return { result, returned: line };
      }
    }
  }
  return { result };
}

function checkPipeline(context: Context, { name, stages }: Pipeline, flow: Flow): Flow {
  let result = flow;
  for (const [index, stage] of stages.entries()) {
    const restart = index === 0 ? startingValue(context, stage) : undefined;
    const before = result;
    result = restart ?? checkStage(context, stage, before);
    context.observer?.flows(stage, restart ? undefined : typeOf(before), typeOf(result));
  }
  if (name) declareValue(context, name, result);
  return result;
}

/** The value whose name a line starts with, if it does. */
function startingValue(context: Context, stage: Stage): Flow | undefined {
  if (stage.kind !== 'call') return undefined;
  const { text, span } = stage.callee;
  const entry = context.scope.find(text);
  if (entry?.kind !== 'value') return undefined;
  if (stage.label) {
    context.report(fault('use/label', stage.label.span, { name: text }));
  } else if (stage.arguments.length > 0) {
    context.report(fault('use/value', span, { name: text, what: 'a value', arguments: true }));
    poisoned(context, stage.arguments, unknown);
  }
  return entry.flow;
}

function checkStage(context: Context, stage: Stage, flow: Flow): Flow {
  if (!fits(context, stage)) return unknown;
  switch (stage.kind) {
    case 'call':
      return checkCall(context, stage, flow, checkBody);
    case 'group':
      return checkGroup(context, stage, flow);
    case 'if':
      return checkIf(context, stage, flow);
    case 'repeat':
      return checkRepeat(context, stage, flow);
  }
}

/** A group several times in a row. A label opens a scope for each time: `layer: repeat 2 { … }` is `layer.0` and `layer.1`. */
function checkRepeat(context: Context, stage: Repeat, flow: Flow): Flow {
  const { label, index, body } = stage;
  const count = evaluateCount(stage.count, environmentOf(context, flow));
  const claimed = label && claimLabel(context, label, flow, stage.kind);
  if (count === undefined) {
    // What nobody has counted has no paths that could be taken twice.
    checkTime({ ...context, paths: createPaths() }, undefined, unknown);
    return poisoned(context, stage, flow);
  }
  // Nobody knows what a body that is never done was meant for, so that what it uses is not called unused.
  if (count === 0) poisoned(context, body, unknown);
  let result = flow;
  for (let time = 0; time < count; time++) {
    if (!fits(context, stage)) return unknown;
    const path = claimed && { ...claimed, path: `${claimed.path}.${time}` };
    result = checkTime(path ? { ...context, pathScope: pathScope(path) } : context, time, result);
  }
  return result;

  function checkTime(outer: Context, time: number | undefined, flow: Flow): Flow {
    const inside: Context = { ...outer, varies: true, scope: innerScope(outer.scope) };
    if (index) {
      // It reports a name that is taken, which still counts in here: labels with it are not all the same.
      isUndeclared(inside, index);
      inside.scope.declare(index.text, { kind: 'constant', span: index.span, value: time });
      if (time !== undefined) context.observer?.constant(index.span, time);
    }
    return checkBody(inside, body, flow);
  }
}

/** Whether the net may have one more stage; reports the first that it may not. */
function fits({ builder, report, checkpoint }: Context, { span }: Stage): boolean {
  checkpoint();
  const steps = builder.step();
  if (steps === mostSteps + 1) report(fault('use/expansion', span, { stages: mostSteps }));
  return steps <= mostSteps;
}

/** One of two groups, by a constant; without an `else`, the other one is `{}`. */
function checkIf(context: Context, stage: If, flow: Flow): Flow {
  const { label, span } = stage;
  const condition = evaluateBoolean(stage.condition, environmentOf(context, flow), '`if`');
  if (condition === undefined) {
    // Either may be meant, and neither takes a path from the other.
    for (const body of [stage.then, stage.else]) {
      if (body) checkBody({ ...context, paths: createPaths() }, body, unknown);
    }
    return poisoned(context, stage, flow);
  }
  const [taken, other] = condition ? [stage.then, stage.else] : [stage.else, stage.then];
  // What the other side uses is not called unused: for other constants it is used.
  if (other) poisoned(context, other, unknown);
  return taken ? checkGroup(context, { kind: 'group', span, ...(label && { label }), body: taken }, flow) : flow;
}

/** A label on a group opens a scope of paths: `stem: { conv … }` is `stem.conv1`. */
function checkGroup(context: Context, { label, body }: Group, flow: Flow): Flow {
  const claimed = label && claimLabel(context, label, flow, 'group');
  return checkBody(claimed ? { ...context, pathScope: pathScope(claimed) } : context, body, flow);
}
