import type { Block, Body, Expression } from '../../../grammar/ast.ts';
import { headNames } from '../../1-check/callable.ts';
import { mentionedNames } from '../../1-check/mentions.ts';
import type { Edit } from '../../fault.ts';
import { applyEdits } from '../edits.ts';
import type { Snapshot } from '../snapshot.ts';
import { type CallInfo, sizeAxis, sizeBefore } from './callee.ts';
import { freshName } from './fresh-name.ts';
import { givenTo } from './given.ts';
import { oneLine } from './layout.ts';
import { textAt } from './ranges.ts';
import { sitesIn } from './sites.ts';
import { expressionSubstitute, type Substitute, substituted, substitution } from './substitute.ts';

interface Bound {
  readonly substitutes: ReadonlyMap<string, Substitute>;
  /** Lines that come first, for what cannot be written where it is used. */
  readonly lets: readonly string[];
}

/**
 * What the names of a block, which stands in the text `home`, are in a call of it. Its own values and constants get other names
 * where theirs are taken.
 */
export function boundNames(snapshot: Snapshot, info: CallInfo, block: Block, home: string): Bound | undefined {
  const call = info.stage;
  const given = givenTo(block, call);
  if (!given) return undefined;
  const substitutes = new Map<string, Substitute>();
  const lets: string[] = [];
  const taken = new Set(snapshot.names.visible(call.span.start).map(({ name }) => name));
  for (const { name } of snapshot.names.declared) taken.add(name);
  const applied = new Set(
    [...sitesIn(block.body.lines)].flatMap((site) => (site.kind === 'stage' ? [site.name.text] : [])),
  );
  const rename = (name: string) => {
    const free = taken.has(name) ? freshName(snapshot, name, taken) : name;
    taken.add(free);
    return free;
  };
  const define = (name: string, text: string) => {
    const free = rename(name);
    lets.push(`let ${free} = ${text}`);
    substitutes.set(name, { kind: 'name', text: free });
  };
  const bind = (name: string, expression: Expression, text?: string) => {
    const by = expressionSubstitute(expression, text);
    const isApplied = applied.has(name) && expression.kind !== 'name';
    if (isApplied || mentionedNames([expression]).has('dims')) define(name, by.text);
    else substitutes.set(name, by);
  };
  const inHome = ({ span }: Expression | Body, edits: readonly Edit[]) =>
    applyEdits(home.slice(0, span.end), edits).slice(span.start);
  const defaults = new Map(block.parameters.map((parameter) => [parameter.name.text, parameter.default]));
  for (const { text: name } of headNames(block)) {
    const value = given.get(name);
    const otherwise = defaults.get(name);
    if (value?.kind === 'body') substitutes.set(name, bodySubstitute(value, textAt(snapshot.source.text, value.span)));
    else if (value) bind(name, value);
    else if (otherwise?.kind === 'body') {
      substitutes.set(
        name,
        bodySubstitute(otherwise, inHome(otherwise, substitution(home, otherwise.lines, substitutes))),
      );
    } else if (otherwise) {
      const same = otherwise.kind === 'name' ? substitutes.get(otherwise.text) : undefined;
      if (same?.kind === 'expression') bind(name, same.expression, same.text);
      else if (same) substitutes.set(name, same);
      else bind(name, otherwise, inHome(otherwise, substituted(otherwise, false, substitutes)));
    } else if (name === block.sizes?.in.text) {
      const size = sizeBefore(info);
      if (size === undefined) define(name, `dims[${sizeAxis(snapshot, call) === 'last' ? -1 : 0}]`);
      else bind(name, { kind: 'number', span: call.span, value: size, text: String(size) });
    } else return undefined;
  }
  for (const site of sitesIn(block.body.lines)) {
    if (site.kind !== 'given' || substitutes.has(site.name.text)) continue;
    const free = rename(site.name.text);
    if (free !== site.name.text) substitutes.set(site.name.text, { kind: 'name', text: free });
  }
  return { substitutes, lets };
}

/** Lines in braces; a single one can do without. */
function bodySubstitute({ lines, span }: Body, text: string): Substitute {
  const [only, ...others] = lines;
  const isPlain = only?.kind === 'pipeline' && !only.name && others.length === 0;
  const inner = text.slice(1, -1).trim();
  return {
    kind: 'body',
    text,
    ...(isPlain && span.end > span.start && oneLine(inner) !== undefined && { stages: inner }),
  };
}
