import * as t from '../../../grammar/tokens.ts';
import { residual } from '../../1-check/collect.ts';
import { keywordOf } from '../keywords.ts';
import { fenced, paragraphs } from '../markdown.ts';
import { type Offer, snippet, template } from './offer.ts';
import type { Site } from './site.ts';

/** The words of the language that may begin a stage. */
export function wordOffers({ stage, cursor }: Site): readonly Offer[] {
  const isLineStart = cursor.before.length === 0;
  const inNet = cursor.declaration?.tokens[0]?.tokenType === t.Net && cursor.depth === 1;
  return [
    wordOffer(residual.kind, template`residual { ${''} }`),
    wordOffer('repeat', template`repeat ${'2'} as ${'i'} {\n  ${''}\n}`),
    wordOffer('if', template`if ${'true'} {\n  ${''}\n}`),
    ...(isLineStart && stage.isFirst ? [wordOffer('let', template`let ${'name'} = ${'1'}`)] : []),
    ...(isLineStart && stage.isFirst && inNet ? [wordOffer('return', template`return ${'value'}`)] : []),
  ];
}

function wordOffer(label: string, text: string): Offer {
  const found = keywordOf(label);
  return {
    label,
    kind: 'keyword',
    ...(found && { documentation: paragraphs(found.does, fenced(found.example)) }),
    ...snippet(text),
  };
}

/** `tower: Tower share`, for each label of this body that has weights. */
export function sharedOffers({ snapshot, stage, cursor }: Site): readonly Offer[] {
  if (stage.label) return [];
  const { source } = snapshot;
  const offers: Offer[] = [];
  for (const { span, definition, isDeclaration } of snapshot.names.references) {
    if (definition.kind !== 'label' || !isDeclaration || span.end >= cursor.word.start) continue;
    const label = source.text.slice(span.start, span.end);
    const info = snapshot.stages.at(span.start);
    const callee =
      info?.stage.kind === 'call' && info.stage.label?.span.start === span.start ? info.stage.callee.text : undefined;
    if (callee === undefined || label.includes('{') || !info?.nodes.some(({ weights }) => weights.length > 0)) continue;
    const text = source.text.slice(span.start, info.stage.span.end);
    if (/[\n\r{]/.test(text) || / share\b/.test(text)) continue;
    offers.push({
      label: `${label} share`,
      kind: 'label',
      detail: `the weights of ${label} once more`,
      text: `${text} share`,
    });
    if (offers.length >= mostShared) break;
  }
  return offers;
}

const mostShared = 20;
