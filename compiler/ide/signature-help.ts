import type { IToken } from 'chevrotain';
import { endOf } from '../../grammar/lexer.ts';
import { outsideOfBrackets } from '../../grammar/line-tokens.ts';
import * as t from '../../grammar/tokens.ts';
import { functions } from '../1-check/arithmetic.ts';
import type { AnyLayer } from '../layer.ts';
import { scalarFunctions } from '../scalar/functions.ts';
import { callableFor, calleeNamed, declarationsOf, isValue, type NamesHere } from './callees.ts';
import { type Cursor, cursorAt, openBracket, stageAt } from './cursor.ts';
import { functionDoc } from './function-docs.ts';
import type { TextRange } from './range.ts';
import { firstIndex } from './search.ts';
import { appliedSignature, blockSignature, functionSignature, layerSignature, type Signature } from './signatures.ts';
import type { Snapshot } from './snapshot.ts';
import { endsOperand, givenOptions, nextPositional, type Role, writtenArguments } from './written-call.ts';

export interface SignatureHelp {
  /** `conv [in]->out kernel [stride=1] …` */
  readonly label: string;
  /** Markdown. */
  readonly documentation?: string;
  /** Where each parameter stands in the label, with its own words. */
  readonly parameters: readonly { readonly range: TextRange; readonly documentation?: string }[];
  /** The index of the parameter that is being written; undefined where there is none to name. */
  readonly active?: number;
}

/** How what is being called at an offset is called, and which of its parameters is being written. */
export function signatureHelp(snapshot: Snapshot, offset: number): SignatureHelp | undefined {
  const cursor = cursorAt(snapshot, offset);
  if (!cursor) return undefined;
  const tokens = cursor.depth === 0 ? cursor.before : stageAt(cursor).tokens;
  const open = openBracket(tokens);
  const isCall = open !== undefined && tokens[open]!.tokenType === t.CallLeft;
  // The parenthesis of a declaration's head calls nothing.
  if (isCall && !(cursor.depth === 0 && open === 2)) return functionHelp(snapshot, cursor, tokens.slice(open - 1));
  const [name] = tokens;
  return cursor.depth > 0 && name?.tokenType === t.Name ? stageHelp(snapshot, cursor, tokens) : undefined;
}

// --- stages

function stageHelp(snapshot: Snapshot, cursor: Cursor, tokens: readonly IToken[]): SignatureHelp | undefined {
  const site = { visible: snapshot.names.visible(cursor.word.start), declarations: declarationsOf(snapshot) };
  const name = tokens[0]!.image;
  const callee = calleeNamed(site, name);
  const callable = callableFor(callee);
  if (!callable) return undefined;
  const doc = snapshot.names.declared.find((each) => each.name === name)?.doc;
  const signature =
    callee?.kind === 'block'
      ? blockSignature(callee.block, doc)
      : callee?.kind === 'layer' && layerSignature(callee.layer);
  return signature ? helpOf(signature, activeRole(snapshot, cursor, tokens.slice(1), callable, site)) : undefined;
}

/** What the argument that the cursor stands in or behind is, or the one that comes next. */
function activeRole(
  { tokens }: Snapshot,
  { word, after }: Cursor,
  before: readonly IToken[],
  callable: NonNullable<ReturnType<typeof callableFor>>,
  site: NamesHere,
): Role | undefined {
  const own = word.end > word.start ? [tokens[firstIndex(tokens, (each) => each.startOffset >= word.start)]!] : [];
  // What stands right behind the word tells what it is: the arrow of `3->6`.
  for (let next = 0; own.length > 0 && after[next]?.startOffset === endOf(own.at(-1)!); next++) own.push(after[next]!);
  const all = writtenArguments([...before, ...own], callable, (name) => isValue(site, name));
  const last = before.at(-1);
  const isWithin = own.length > 0 || (last !== undefined && !endsOperand(last));
  if (isWithin) return all.at(-1)?.role;
  if (callable.sizes !== 'none' && !all.some(({ role }) => role.kind === 'sizes')) return { kind: 'sizes' };
  if (callable.operands === 'join') return { kind: 'operand' };
  const next = nextPositional(callable, givenOptions(all));
  return next === undefined ? undefined : { kind: 'option', option: next };
}

function helpOf({ label, documentation, parameters }: Signature, role: Role | undefined): SignatureHelp {
  const active = parameters.findIndex(({ of }) => {
    return role?.kind === 'option'
      ? typeof of === 'object' && of.option === role.option
      : of === rolesOf[role?.kind ?? 'unknown'];
  });
  return {
    label,
    ...(documentation !== undefined && { documentation }),
    parameters: parameters.map(({ range, documentation: words }) => ({
      range,
      ...(words !== undefined && { documentation: words }),
    })),
    ...(active >= 0 && { active }),
  };
}

const rolesOf = { sizes: 'sizes', operand: 'operands', option: undefined, unknown: undefined } as const;

// --- functions

/** `max(8, …`: a function of expressions or formulas, or an activation as one. */
function functionHelp(snapshot: Snapshot, cursor: Cursor, tokens: readonly IToken[]): SignatureHelp | undefined {
  const [name, , ...inside] = tokens as [IToken, IToken, ...IToken[]];
  const inFormula = cursor.depth === 0 && cursor.before[0]?.tokenType === t.Act;
  const isKnown = inFormula ? scalarFunctions.has(name.image) : Object.hasOwn(functions, name.image);
  const doc = isKnown ? functionDoc(name.image) : undefined;
  const callee = doc ? undefined : declarationsOf(snapshot).callee(name.image);
  const layer: AnyLayer | undefined = callee?.kind === 'layer' ? callee.layer : undefined;
  const signature = doc ? functionSignature(doc) : layer?.formula && appliedSignature(layer, name.image);
  if (!signature) return undefined;
  const commas = outsideOfBrackets(inside, t.Comma, 0);
  const own = inside.slice((commas.at(-1) ?? -1) + 1);
  const option = own[1]?.tokenType === t.Assign ? own[0]!.image : undefined;
  if (option !== undefined) return helpOf(signature, { kind: 'option', option });
  const help = helpOf(signature, undefined);
  // `max` takes as many as there are.
  const active = doc ? Math.min(commas.length, help.parameters.length - 1) : commas.length;
  return active < help.parameters.length ? { ...help, active } : help;
}
