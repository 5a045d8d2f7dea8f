import type { Block, Body, Call, Expression, Pipeline } from '../../../grammar/ast.ts';
import { headNames } from '../../1-check/callable.ts';
import { mentionedNames } from '../../1-check/mentions.ts';
import type { Edit } from '../../fault.ts';
import { applyEdits } from '../edits.ts';
import { isSameDefinition } from '../names.ts';
import type { Snapshot } from '../snapshot.ts';
import type { StageInfo } from '../stages.ts';
import type { ActionProvider, ActionRequest, CodeAction } from './action.ts';
import { calledBy, sizeAxis, sizeBefore } from './callee.ts';
import { freshName } from './fresh-name.ts';
import { givenTo, saysShare } from './given.ts';
import { braced, laidOut, oneLine, writtenAt } from './layout.ts';
import { startWithComments, wholeLines } from './lines.ts';
import { ownName } from './paths.ts';
import { isProvable, prove } from './proof.ts';
import { areApart, inOrder, textAt } from './ranges.ts';
import { mentionsIn, sitesIn } from './sites.ts';
import { expressionSubstitute, type Substitute, substituted, substitution } from './substitute.ts';
import { bodyAround, pipelineAt } from './tree.ts';

/** A call of a block becomes what the block is made of; or all of them do, and the block goes. */
export const inlineBlock: ActionProvider = {
  kind: 'refactor.inline',
  actions(request) {
    if (!isProvable(request, this.kind)) return [];
    return [one(request), all(request)].flatMap((found) => {
      const proof = found && prove(request.snapshot, found.edits);
      if (!proof) return [];
      const title = proof.keepsNames ? found.title : `${found.title} (names of weights change)`;
      return [{ title, kind: this.kind, edits: proof.edits }];
    });
  },
};

type Inlined = Pick<CodeAction, 'title' | 'edits'>;

function one({ snapshot, range }: ActionRequest): Inlined | undefined {
  const info = snapshot.stages.at(range.start);
  if (!info || !isCall(info) || info.stage.span.end < range.end) return undefined;
  const called = calledBy(snapshot, info.stage);
  const edit = called?.kind === 'block' ? inlined(snapshot, info, called.block) : undefined;
  return edit && { title: 'Inline block', edits: [edit] };
}

/** At the name of a block of this file, or where it is called. */
function all({ snapshot, range }: ActionRequest): Inlined | undefined {
  const { definition } = snapshot.names.at(range.start) ?? {};
  const block = definition?.kind === 'block' ? definition.block : undefined;
  if (!definition || !block || block.span.source !== snapshot.source.name) return undefined;
  const names = new Set(
    snapshot.names.references.flatMap((each) =>
      !each.isDeclaration && isSameDefinition(each.definition, definition) ? [each.span.start] : [],
    ),
  );
  const calls = snapshot.stages.all.filter(isCall).filter(({ stage }) => names.has(stage.callee.span.start));
  // A block may also be handed over by its name.
  if (calls.length === 0 || calls.length < names.size) return undefined;
  const edits = calls.flatMap((call) => inlined(snapshot, call, block) ?? []);
  if (edits.length < calls.length) return undefined;
  const removed = [...edits, { span: declarationExtent(snapshot, block), text: '' }];
  if (!areApart(removed)) return undefined;
  return { title: `Inline all calls of \`${block.name.text}\` and remove it`, edits: inOrder(removed) };
}

/** A stage that is a call. */
type CallInfo = StageInfo & { readonly stage: Call };

function isCall(info: StageInfo): info is CallInfo {
  return info.stage.kind === 'call';
}

/** A declaration with its comments and a blank line that parts it from the next one. */
function declarationExtent({ source: { text } }: Snapshot, { span }: Block): Block['span'] {
  const start = startWithComments(text, span.start);
  const { end } = wholeLines(text, { start, end: span.end }) ?? span;
  return { ...span, start, end: end + /^(?:[^\S\r\n]*(?:\r\n|\n|\r))*/.exec(text.slice(end))![0].length };
}

/** The edit that puts the lines of a block in the place of a call; undefined where they would mean something else there. */
function inlined(snapshot: Snapshot, info: CallInfo, block: Block): Edit | undefined {
  const call = info.stage;
  const home = snapshot.sources.find(({ name }) => name === block.span.source);
  const given = givenTo(block, call);
  if (!home || !given || saysShare(call) || !meansTheSame(snapshot, call, block)) return undefined;
  const bound = boundNames(snapshot, info, block, home.text, given);
  if (!bound) return undefined;
  const { substitutes, lets } = bound;
  const edits = substitution(home.text, block.body.lines, substitutes);
  const written = applyEdits(home.text.slice(0, block.body.span.end - 1), edits)
    .slice(block.body.span.start + 1)
    .trim();
  const lines = laidOut([...lets, written].join('\n'));
  if (lines === undefined) return undefined;
  const stands = standing(snapshot, call, block.body, lets.length > 0);
  const label = labelOf(snapshot, info);
  if (label === undefined && (stands === 'stages' || (stands === 'lines' && lines !== ''))) {
    return { span: call.span, text: writtenAt(snapshot, call.span.start, lines) };
  }
  const text = braced(label === undefined ? '' : `${label}: `, lines);
  return { span: call.span, text: writtenAt(snapshot, call.span.start, text) };
}

/** How the lines of a block may stand where it is called, but for a scope of paths that they need. */
function standing(snapshot: Snapshot, call: Call, body: Body, hasLets: boolean): 'stages' | 'lines' | 'braces' {
  const [first, ...others] = body.lines;
  const isPlain = (line: Body['lines'][number]) => line.kind === 'pipeline' && !line.name;
  if (hasLets || !body.lines.every(isPlain)) return 'braces';
  const line = bodyAround(snapshot.file, call.span)?.body;
  const own: Pipeline | undefined = line && pipelineAt(line, call.span);
  if (own && !own.name && own.stages.length === 1) return 'lines';
  const text = snapshot.sources.find(({ name }) => name === body.span.source)?.text ?? '';
  return first && others.length === 0 && oneLine(textAt(text, body.span)) !== undefined ? 'stages' : 'braces';
}

/** The label that keeps the names of weights: that of the call, or else the path that the call has wherever it is written out. */
function labelOf(snapshot: Snapshot, info: CallInfo): string | undefined {
  const { label } = info.stage;
  return label ? textAt(snapshot.source.text, label.span) : ownName(snapshot, info);
}

interface Bound {
  readonly substitutes: ReadonlyMap<string, Substitute>;
  /** Lines that come first, for what cannot be written where it is used. */
  readonly lets: readonly string[];
}

/** What the names of a block stand for in a call; its values and constants get other names where theirs are taken. */
function boundNames(
  snapshot: Snapshot,
  info: CallInfo,
  block: Block,
  home: string,
  given: ReadonlyMap<string, Expression | Body>,
): Bound | undefined {
  const call = info.stage;
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
  const defaults = new Map(block.parameters.map((parameter) => [parameter.name.text, parameter.default]));
  for (const { text: name } of headNames(block)) {
    const value = given.get(name);
    const otherwise = defaults.get(name);
    if (value?.kind === 'body') substitutes.set(name, bodySubstitute(value, textAt(snapshot.source.text, value.span)));
    else if (value) bind(name, value);
    else if (otherwise?.kind === 'body') {
      const edits = substitution(home, otherwise.lines, substitutes);
      const text = applyEdits(home.slice(0, otherwise.span.end), edits).slice(otherwise.span.start);
      substitutes.set(name, bodySubstitute(otherwise, text));
    } else if (otherwise) {
      const edits = substituted(otherwise, false, substitutes);
      const text = applyEdits(home.slice(0, otherwise.span.end), edits).slice(otherwise.span.start);
      bind(name, otherwise, text);
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

/** Whether the names in a block that are not its own mean the same where it is called. */
function meansTheSame(snapshot: Snapshot, call: Call, block: Block): boolean {
  const own = new Set(headNames(block).map(({ text }) => text));
  const used = new Set<string>();
  for (const site of sitesIn(block.body.lines)) {
    if (site.kind === 'given') own.add(site.name.text);
    else if (site.kind === 'stage') used.add(site.name.text);
    else for (const { name } of mentionsIn(site.expression, false)) used.add(name.text);
  }
  const declared = new Map(snapshot.names.declared.map((each) => [each.name, each]));
  const local = new Set(
    snapshot.names
      .visible(call.span.start)
      .filter((each) => declared.get(each.name) !== each)
      .map(({ name }) => name),
  );
  const isElsewhere = block.span.source !== snapshot.source.name;
  return [...used].every((name) => {
    if (own.has(name)) return true;
    if (local.has(name)) return false;
    return !isElsewhere || isSameElsewhere(snapshot, name, block.span.source);
  });
}

/** Whether a name means the same in another file as in this one: nothing that is declared, or the same. */
function isSameElsewhere({ names, imports }: Snapshot, name: string, source: string): boolean {
  const here = names.declared.find((each) => each.name === name)?.span;
  const file = imports.fileNamed(source);
  for (const declaration of file?.declarations ?? []) {
    switch (declaration.kind) {
      case 'import':
        if (declaration.names.some(({ text }) => text === name)) {
          return here !== undefined && here.source === imports.fileOf(declaration)?.span.source;
        }
        break;
      case 'broken':
        break;
      default:
        if (declaration.name.text === name)
          return here?.source === source && here.start === declaration.name.span.start;
    }
  }
  return here === undefined;
}
