import { type IToken, tokenMatcher } from 'chevrotain';
import type { Argument, Call } from '../../grammar/ast.ts';
import { endOf } from '../../grammar/lexer.ts';
import type { Span } from '../../grammar/source.ts';
import * as t from '../../grammar/tokens.ts';
import { residual } from '../1-check/collect.ts';
import { shapeText } from '../shape.ts';
import { typeText } from '../signature.ts';
import { sizesWords } from './arrow-hover.ts';
import { mayHoldLayer } from './callees.ts';
import { stringAt } from './cursor.ts';
import { declaredWords } from './declared-hover.ts';
import { keywordOf } from './keywords.ts';
import { layerWords } from './layer-hover.ts';
import { code, fenced, paragraphs, sections, shortened } from './markdown.ts';
import type { Reference } from './names.ts';
import { optionByPlace, optionWords } from './option-hover.ts';
import { firstIndex } from './search.ts';
import type { Snapshot } from './snapshot.ts';
import { flowText, stageWords } from './stage-hover.ts';
import type { StageInfo } from './stages.ts';

export interface Hover {
  /** What it speaks of. */
  readonly span: Span;
  readonly markdown: string;
}

/** What there is to say of a place: of a name what it means, of a stage what it does here, of a word what it is for. */
export function hover(snapshot: Snapshot, offset: number): Hover | undefined {
  const { comments, tokens, source } = snapshot;
  if (comments.some((each) => each.startOffset < offset && offset < endOf(each))) return undefined;
  const string = stringAt(snapshot, offset);
  if (string) return pathHover(snapshot, string) ?? ofToken(string);
  const token = tokens[firstIndex(tokens, (each) => endOf(each) > offset)];
  const here = token && token.startOffset <= offset ? token : undefined;
  // What begins at the offset comes before what ends there.
  return (here && ofToken(here)) ?? ofToken(tokens[firstIndex(tokens, (each) => endOf(each) >= offset)]);

  function ofToken(token: IToken | undefined): Hover | undefined {
    if (!token || token.startOffset > offset) return undefined;
    const own = { source: source.name, start: token.startOffset, end: endOf(token) };
    const info = snapshot.stages.at(token.startOffset);
    const reference = referenceOf(snapshot, token);
    const named = reference && nameWords(snapshot, reference, info);
    if (reference && named) return { span: reference.span, markdown: named };
    const argument = info?.stage.kind === 'call' ? argumentAt(info.stage, token) : undefined;
    const placed = argument && argumentWords(snapshot, info!, argument, token);
    if (placed) return placed;
    const words = tokenWords(snapshot, token, info);
    return words === undefined ? undefined : { span: own, markdown: words };
  }
}

/** What the file of an import declares. */
function pathHover({ file, imports }: Snapshot, { startOffset }: IToken): Hover | undefined {
  const path = file.declarations.find((each) => each.kind === 'import' && each.from.span.start === startOffset);
  const from = path?.kind === 'import' ? imports.fileOf(path) : undefined;
  if (path?.kind !== 'import' || !from) return undefined;
  const names = from.declarations.flatMap((each) =>
    each.kind === 'let' || each.kind === 'act' || each.kind === 'block' ? [`${each.kind} ${code(each.name.text)}`] : [],
  );
  const words =
    names.length === 0 ? 'declares nothing that can be imported' : `declares ${shortened(names, mostNames)}`;
  return { span: path.from.span, markdown: `${code(from.span.source)} ${words}.` };
}

const mostNames = 12;

/** The name that a token is, or a part of. */
function referenceOf({ names }: Snapshot, token: IToken): Reference | undefined {
  const reference = names.at(token.startOffset);
  return reference && reference.span.start <= token.startOffset && endOf(token) <= reference.span.end
    ? reference
    : undefined;
}

/** Undefined for a name of which nothing is known. */
function nameWords(
  snapshot: Snapshot,
  { span, definition }: Reference,
  info: StageInfo | undefined,
): string | undefined {
  const { kind, name, layer } = definition;
  const call = info?.stage.kind === 'call' && info.stage.callee.span.start === span.start ? info : undefined;
  const written = snapshot.source.text.slice(span.start, span.end);
  switch (kind) {
    case 'layer':
    case 'activation':
      return sections(call ? stageWords(snapshot, call) : '', layer ? layerWords(layer, written, call?.nodes[0]) : '');
    case 'option':
      return layer && optionWords(layer, name, info?.nodes[0]);
    case 'act':
    case 'block':
      return sections(
        call ? stageWords(snapshot, call) : '',
        declaredWords(snapshot, definition, call?.nodes[0]) ?? '',
      );
    case 'let':
    case 'parameter': {
      const own = declaredWords(snapshot, definition) ?? '';
      return call && mayHoldLayer(definition) ? sections(stageWords(snapshot, call), own) : own;
    }
    default:
      return declaredWords(snapshot, definition);
  }
}

// --- arguments

function argumentAt({ arguments: all }: Call, token: IToken): Argument | undefined {
  return all.find(({ span }) => span.start <= token.startOffset && endOf(token) <= span.end);
}

/** Of the sizes of an arrow, or of a value that stands for an option by its place. */
function argumentWords(snapshot: Snapshot, info: StageInfo, argument: Argument, token: IToken): Hover | undefined {
  const { span } = argument;
  if (tokenMatcher(token, t.Name)) return undefined;
  if (argument.kind === 'sizes') return { span, markdown: sizesWords(info, argument) };
  const option = argument.kind === 'positional' ? optionByPlace(snapshot, info, span) : undefined;
  const words = option?.layer
    ? optionWords(option.layer, option.name, info.nodes[0])
    : option && declaredWords(snapshot, option);
  return words === undefined ? undefined : { span, markdown: words };
}

// --- words and signs of the language

function tokenWords({ stages }: Snapshot, token: IToken, info: StageInfo | undefined): string | undefined {
  const { image, tokenType } = token;
  if (tokenType === t.Bar) {
    const next = stages.all[firstIndex(stages.all, ({ stage }) => stage.span.start >= endOf(token))];
    return next?.before && `${code(typeText(next.before))} flows here.`;
  }
  const keyword = tokenMatcher(token, t.Word) ? keywordOf(image) : undefined;
  return keyword && paragraphs(info && flowAt(image, info), keyword.does, fenced(keyword.example));
}

/** What flows through braces, at the word that begins them; what `dims` is. */
function flowAt(word: string, info: StageInfo): string | undefined {
  const { kind } = info.stage;
  if (word === 'dims') return info.before && `${code('dims')} is ${code(shapeText(info.before.shape))} here.`;
  return word === kind || (word === residual.kind && kind === 'call') ? flowText(info) : undefined;
}
