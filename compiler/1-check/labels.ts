import type { Expression, Label } from '../../grammar/ast.ts';
import type { Span } from '../../grammar/source.ts';
import { fault } from '../fault.ts';
import { nearest } from '../suggest.ts';
import { constantText } from './constant.ts';
import { type Context, environmentOf } from './context.ts';
import { evaluate } from './evaluate.ts';
import type { Flow } from './flow.ts';
import { type ClaimedPath, countKind, joinPath, ordinalPath } from './paths.ts';

/** A stage that owns a path. */
export interface PathOwner {
  readonly label?: Label | undefined;
  /** The name of the layer or block, for ordinals. */
  readonly kind: string;
  readonly span: Span;
  /** Where it says `share`. */
  readonly share?: Span | undefined;
}

/** The path of a layer or block: its label, or its name and ordinal. A label that is taken, or not there to be shared, is reported. */
export function claimPath(context: Context, { label, kind, span, share }: PathOwner, flow: Flow): ClaimedPath {
  const { paths, pathScope } = context;
  if (label) {
    countKind(pathScope, kind);
    const claimed = claimLabel(context, label, flow, kind, share);
    if (claimed) return claimed;
  } else if (share) context.report(fault('use/share', share, { kind }));
  const path = ordinalPath(paths, pathScope, kind);
  if (!paths.find(path)) paths.take(path, { span, by: kind, labelled: false });
  return { path, shared: pathScope.shared };
}

/** The path of a label, which `kind` has from now on; undefined, with a fault, where it cannot be had. */
export function claimLabel(
  context: Context,
  label: Label,
  flow: Flow,
  kind: string,
  share?: Span,
): ClaimedPath | undefined {
  const path = labelPath(context, label, flow);
  if (path === undefined) return undefined;
  const before = context.paths.find(path);
  const shares = share !== undefined || context.pathScope.shared;
  if (!before) {
    context.paths.take(path, { span: label.span, by: kind, labelled: true });
    if (share) {
      const near = nearest(path, context.paths.all());
      const evidence = { kind, path, ...(near !== undefined && near !== path && { nearest: near }) };
      context.report(fault('use/share', label.span, evidence));
    }
    return { path, shared: context.pathScope.shared };
  }
  if (shares && before.by === kind) return { path, shared: true };
  const isRepeated = before.span.source === label.span.source && before.span.start === label.span.start;
  const because = isRepeated ? [] : [{ span: before.span, message: `\`${path}\` is here` }];
  if (share) context.report(fault('use/share', label.span, { kind, path, by: before.by }, { because }));
  else context.report(fault('name/label', label.span, { path, ...(isRepeated && { repeated: true }) }, { because }));
  return undefined;
}

/** What a label names in this scope; undefined where a part of it is wrong or unknown. */
function labelPath(context: Context, label: Label, flow: Flow): string | undefined {
  const parts = label.parts.map((part) => (typeof part === 'string' ? part : computedPart(context, part, flow)));
  if (parts.includes(undefined)) return undefined;
  const name = parts.join('');
  if (!name.split('.').includes('')) return joinPath(context.pathScope, name);
  context.report(fault('type/label', label.span, { found: 'nothing' }));
  return undefined;
}

function computedPart(context: Context, part: Expression, flow: Flow): string | undefined {
  const value = evaluate(part, environmentOf(context, flow));
  if (value === undefined) return undefined;
  const isWord = typeof value === 'string' && /^[\w.]+$/.test(value);
  if (isWord || (Number.isSafeInteger(value) && Number(value) >= 0)) return String(value);
  context.report(fault('type/label', part.span, { found: constantText(value) }));
  return undefined;
}
