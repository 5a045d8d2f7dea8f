import type { Expression, Line, Name } from '../../../grammar/ast.ts';
import type { Span } from '../../../grammar/source.ts';
import { evaluate } from '../../1-check/evaluate.ts';
import { expressionText } from '../../expression-text.ts';
import type { Edit } from '../../fault.ts';
import { isAtom, mentionsIn, type Site, sitesIn } from './sites.ts';

/** What stands in the place of a name. */
export type Substitute =
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'expression'; readonly expression: Expression; readonly text: string }
  /** Lines in braces; `stages` without them, where they are one line. */
  | { readonly kind: 'body'; readonly text: string; readonly stages?: string };

export type Substitutes = ReadonlyMap<string, Substitute>;

/** An expression of a text as a substitute. */
export function expressionSubstitute(expression: Expression, text = expressionText(expression)): Substitute {
  return { kind: 'expression', expression, text };
}

/**
 * The edits that put something else in the place of names, wherever these stand in some lines of a text. Labels are computed
 * where they can be; with `folds`, so is every expression that has nothing but known numbers.
 */
export function substitution(
  text: string,
  lines: readonly Line[],
  substitutes: Substitutes,
  folds = false,
): readonly Edit[] {
  return [...sitesIn(lines)].flatMap((site) => edits(site));

  function edits(site: Site): readonly Edit[] {
    switch (site.kind) {
      case 'given':
        return named(site.name);
      case 'stage': {
        const by = substitutes.get(site.name.text);
        if (!by) return [];
        const written = by.kind === 'body' && site.isBare ? (by.stages ?? by.text) : by.text;
        return [{ span: site.name.span, text: written }];
      }
      case 'computed': {
        const value = folded(site.expression, substitutes);
        return value === undefined || !/^\w+$/.test(value)
          ? substituted(site.expression, false, substitutes)
          : [{ span: withBraces(text, site.expression.span), text: value }];
      }
      case 'expression': {
        const { expression, isTight } = site;
        const value = folds ? folded(expression, substitutes) : undefined;
        if (value === undefined) return substituted(expression, isTight, substitutes);
        return [{ span: expression.span, text: isTight && value.startsWith('-') ? `(${value})` : value }];
      }
    }
  }

  function named({ text: name, span }: Name): readonly Edit[] {
    const by = substitutes.get(name);
    return by?.kind === 'name' ? [{ span, text: by.text }] : [];
  }
}

/** An expression with something else in the place of names: in parentheses where it would else be read in another way. */
export function substituted(expression: Expression, isTight: boolean, substitutes: Substitutes): readonly Edit[] {
  return [...mentionsIn(expression, isTight)].flatMap((mention): Edit[] => {
    const by = mention.isFunction ? undefined : substitutes.get(mention.name.text);
    if (!by) return [];
    const isOpen = by.kind === 'expression' && mention.isTight && !isAtom(by.expression);
    return [{ span: mention.name.span, text: isOpen ? `(${by.text})` : by.text }];
  });
}

/** The value of an expression whose names are all numbers, `true` or `false`. */
function folded(expression: Expression, substitutes: Substitutes): string | undefined {
  const mentions = [...mentionsIn(expression, false)].filter(({ isFunction }) => !isFunction);
  if (mentions.length === 0) return undefined;
  let isRight = true;
  const fail = () => {
    isRight = false;
  };
  const value = evaluate(expression, {
    constant({ text }) {
      const by = substitutes.get(text);
      const literal = by?.kind === 'expression' ? by.expression : undefined;
      return literal?.kind === 'number' || literal?.kind === 'boolean' ? literal.value : undefined;
    },
    callee: () => undefined,
    knows: (name) => substitutes.has(name),
    report: fail,
    require: fail,
  });
  if (!isRight || (typeof value !== 'boolean' && !Number.isSafeInteger(value))) return undefined;
  return String(value);
}

/** A computed part of a label with its braces. */
function withBraces(text: string, { source, start, end }: Span): Span {
  return { source, start: text.lastIndexOf('{', start - 1), end: text.indexOf('}', end) + 1 };
}
