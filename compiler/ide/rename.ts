import { tokenMatcher } from 'chevrotain';
import { tokenize } from '../../grammar/lexer.ts';
import type { Span } from '../../grammar/source.ts';
import { Name as NameToken } from '../../grammar/tokens.ts';
import { areFewer, type Edit } from '../fault.ts';
import { weightsOf } from '../graph.ts';
import type { Files } from '../imports.ts';
import { preludeName } from '../layers/activations.ts';
import { applyEdits } from './edits.ts';
import { type Definition, isSameDefinition, type Reference } from './names.ts';
import { referencesTo } from './references.ts';
import { type Snapshot, snapshot } from './snapshot.ts';

export type Rename = Renamed | NotRenamed;

export interface Renamed {
  /** In every text that names it. */
  readonly edits: readonly Edit[];
  /** What is to be known before: that weights go by other names then. */
  readonly warning?: string;
}

export interface NotRenamed {
  /** Why not, in a sentence. */
  readonly problem: string;
}

/** What would be renamed, or why nothing can be; undefined where there is no name. */
export function prepareRename(
  snapshot: Snapshot,
  offset: number,
): { readonly span: Span; readonly name: string } | NotRenamed | undefined {
  const reference = snapshot.names.at(offset);
  if (!reference) return undefined;
  const { definition, span } = reference;
  const { name } = definition;
  if (isBuiltIn(definition)) {
    return { problem: `\`${name}\` is built in and keeps its name` };
  }
  if (definition.kind === 'label') {
    const written = snapshot.source.text.slice(span.start, span.end);
    if (written.includes('{')) return { problem: 'a label with computed parts has no name of its own' };
    if (written.startsWith('"')) return { span: { ...span, start: span.start + 1, end: span.end - 1 }, name };
  }
  // Of a short form such as `k5`, the name is the letter.
  const isShort = snapshot.source.text.slice(span.start, span.end) !== name;
  return { span: isShort ? { ...span, end: span.start + name.length } : span, name };
}

/**
 * Gives what is named at the offset another name: in this text, where it is declared, and in `others`, which are all texts
 * that may know it. That everything means the same afterwards is seen by analyzing the new texts.
 */
export function rename(
  snapshot: Snapshot,
  offset: number,
  name: string,
  others: readonly Snapshot[],
): Rename | undefined {
  const prepared = prepareRename(snapshot, offset);
  if (!prepared || 'problem' in prepared) return prepared;
  const { definition } = snapshot.names.at(offset)!;
  if (name === definition.name) return { edits: [] };
  const isLabel = definition.kind === 'label';
  if (!isLabel && !isName(name))
    return { problem: `\`${name}\` is no name: letters, digits and \`_\`, and no keyword` };
  if (isLabel && !isPath(name)) return { problem: `\`${name}\` is no label: names and numbers with dots between them` };
  const texts = new Map([snapshot, ...others].map((each) => [each.source.name, each]));
  if (!texts.has(definition.span!.source)) {
    return {
      problem: `\`${definition.name}\` is declared in ${definition.span!.source}, which is not in the workspace`,
    };
  }
  const edits = referencesTo(definition, snapshot, others).map((reference) =>
    renamed(reference, definition, texts.get(reference.span.source)!, name),
  );
  return checkedRename(texts, definition, name, edits);
}

function isBuiltIn({ span }: Definition): boolean {
  return span === undefined || span.source === preludeName;
}

function renamed({ span }: Reference, { kind, name: before }: Definition, { source }: Snapshot, name: string): Edit {
  if (kind === 'label') return { span, text: /^[A-Za-z_]/.test(name) ? name : JSON.stringify(name) };
  const written = source.text.slice(span.start, span.end);
  if (written === before) return { span, text: name };
  const digits = written.slice(before.length);
  return { span, text: name.length === 1 ? `${name}${digits}` : `${name}=${digits}` };
}

/** The edits, unless a name would mean something else after them or a text would have more errors than before. */
function checkedRename(
  texts: ReadonlyMap<string, Snapshot>,
  definition: Definition,
  name: string,
  edits: readonly Edit[],
): Rename {
  const edited = new Map<string, string>();
  for (const [source, { source: before }] of texts) {
    const own = edits.filter(({ span }) => span.source === source);
    if (own.length > 0) edited.set(source, applyEdits(before.text, own));
  }
  const moved: string[] = [];
  for (const [source, text] of edited) {
    const before = texts.get(source)!;
    const after = snapshot(
      { name: source, text },
      { ...before.options, files: overlaid(before.options.files, edited) },
    );
    const clash = clashOf(before, after, definition, name);
    if (clash !== undefined) return { problem: clash };
    moved.push(...weightNames(before).filter((weight) => !new Set(weightNames(after)).has(weight)));
  }
  const [first, ...rest] = moved;
  if (first === undefined) return { edits };
  const others = rest.length === 0 ? '' : `, and ${rest.length} more,`;
  return {
    edits,
    warning: `\`${first}\`${others} will have other names: files of weights that are there already do not fit then`,
  };
}

/** The same names must mean the same things, one by one, and declare what they declared. */
function clashOf(before: Snapshot, after: Snapshot, definition: Definition, name: string): string | undefined {
  const [old, now] = [before.names.references, after.names.references];
  const taken = `\`${name}\` means something else where \`${definition.name}\` is used`;
  if (old.length !== now.length || !areFewer(after.faults, before.faults)) return taken;
  const renamedTo = (each: Definition): Definition | undefined =>
    now[old.findIndex((reference) => reference.isDeclaration && isSameDefinition(reference.definition, each))]
      ?.definition;
  const meanings = new Map<number | undefined, Definition | undefined>();
  for (const [index, { definition: each, isDeclaration }] of old.entries()) {
    if (isDeclaration !== now[index]!.isDeclaration) return taken;
    // What is declared in this text is known by its place, and what is built in stays the same.
    if (isBuiltIn(each)) {
      if (!isSameDefinition(each, now[index]!.definition)) return taken;
      continue;
    }
    // Anything else keeps its name or has the new one.
    if (each.span?.source !== before.source.name) {
      const expected = isSameDefinition(each, definition) ? name : each.name;
      if (now[index]!.definition.name !== expected) return taken;
      continue;
    }
    if (!meanings.has(each.span.start)) meanings.set(each.span.start, renamedTo(each));
    const meant = meanings.get(each.span.start);
    if (meant && !isSameDefinition(meant, now[index]!.definition)) return taken;
  }
  return undefined;
}

function overlaid(files: Files | undefined, edited: ReadonlyMap<string, string>): Files {
  return {
    ...files,
    read(name) {
      const text = edited.get(name);
      return text === undefined ? (files?.read(name) ?? { why: 'there is no such file' }) : { text };
    },
  };
}

function weightNames({ graphs }: Snapshot): readonly string[] {
  return graphs.flatMap((graph) => weightsOf(graph).map((weight) => weight.name));
}

/** Whether it is one word that is no keyword everywhere. */
function isName(text: string): boolean {
  const { tokens, faults } = tokenize({ name: '', text });
  return faults.length === 0 && tokens.length === 1 && tokens[0]!.image === text && tokenMatcher(tokens[0]!, NameToken);
}

function isPath(name: string): boolean {
  return /^\w+(\.\w+)*$/.test(name);
}
