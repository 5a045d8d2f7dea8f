import type { Label } from '../../grammar/ast.ts';
import { fault } from '../fault.ts';
import { constantText } from './constant.ts';
import { type Context, environmentOf } from './context.ts';
import { evaluate } from './evaluate.ts';
import type { Flow } from './flow.ts';
import { joinPath } from './paths.ts';

/** The path of a labelled stage, which is taken from now on; undefined, with a fault, where it cannot be had. */
export function claimLabel(context: Context, label: Label, flow: Flow): string | undefined {
  const path = labelPath(context, label, flow);
  if (path === undefined) return undefined;
  const before = context.paths.find(path);
  if (before) {
    const because = [{ span: before, message: `\`${path}\` is here` }];
    context.report(fault('name/label', label.span, { path }, { because }));
    return undefined;
  }
  context.paths.take(path, label.span);
  return path;
}

/** What a label names in this scope; undefined where a part of it is wrong. */
function labelPath(context: Context, label: Label, flow: Flow): string | undefined {
  const environment = environmentOf(context, flow);
  const parts = label.parts.map((part) => {
    if (typeof part === 'string') {
      if (part === '') context.report(fault('type/label', label.span, { found: 'nothing' }));
      return part === '' ? undefined : part;
    }
    const value = evaluate(part, environment);
    if (value === undefined) return undefined;
    const isWord = typeof value === 'string' && /^[\w.]+$/.test(value);
    if (isWord || (Number.isSafeInteger(value) && Number(value) >= 0)) return String(value);
    context.report(fault('type/label', part.span, { found: constantText(value) }));
    return undefined;
  });
  return parts.includes(undefined) ? undefined : joinPath(context.pathScope, parts.join('.'));
}
