import type { Act, Block, Let } from '../../grammar/ast.ts';
import { type Fault, fault } from '../fault.ts';
import { headNames } from './callable.ts';
import { mentionedNames } from './mentions.ts';

/** A declaration that may need others. */
export type Dependent = Let | Act | Block;

/**
 * Declarations behind those that they need, and the names of those that need each other, which is reported: circles that
 * hang together are one mistake.
 */
export function declarationOrder(
  declared: ReadonlyMap<string, Dependent>,
  report: (fault: Fault) => void,
): { readonly order: readonly string[]; readonly circular: ReadonlySet<string> } {
  const { order, circles } = dependencyOrder(declared.keys(), (name) => neededNames(declared, name));
  const circular = new Set<string>();
  for (const circle of circles) {
    const isKnown = circle.some((name) => circular.has(name));
    for (const name of circle) circular.add(name);
    if (isKnown) continue;
    const [first, ...others] = circle.map((name) => ({ name, span: declared.get(name)!.name.span }));
    const because = others.map(({ name, span }) => ({ span, message: `\`${name}\` is defined here` }));
    report(fault('name/cycle', first!.span, { names: [...circle, first!.name] }, { because }));
  }
  return { order, circular };
}

/** The declared names that a declaration cannot do without. */
function neededNames(declared: ReadonlyMap<string, Dependent>, name: string): readonly string[] {
  const each = declared.get(name)!;
  const parts = each.kind === 'let' ? [each.value] : [each.parameters.map((parameter) => parameter.default), each.body];
  const own = ownNames(each);
  return [...mentionedNames(parts)].filter((needed) => declared.has(needed) && !own.has(needed));
}

/** The parameters of a declaration are its own names, and so is within an activation its own name, which is a function if anything. */
function ownNames(declared: Dependent): ReadonlySet<string> {
  switch (declared.kind) {
    case 'let':
      return new Set();
    case 'act':
      return new Set([declared.name, declared.variable, ...declared.parameters.map(({ name }) => name)].map(textOf));
    case 'block':
      return new Set(headNames(declared).map(textOf));
  }
}

function textOf({ text }: { readonly text: string }): string {
  return text;
}

/**
 * Puts names behind those that they need. Names that need each other in a circle come out as circles, each of which
 * starts with the one that was found first; they stand in no order.
 */
function dependencyOrder(
  names: Iterable<string>,
  needs: (name: string) => Iterable<string>,
): { readonly order: readonly string[]; readonly circles: readonly (readonly string[])[] } {
  const order: string[] = [];
  const circles: string[][] = [];
  const state = new Map<string, 'open' | 'done'>();
  // A stack of our own, so that a long chain of names cannot overflow the other one.
  const path: { readonly name: string; readonly rest: Iterator<string> }[] = [];
  const enter = (name: string) => {
    state.set(name, 'open');
    path.push({ name, rest: needs(name)[Symbol.iterator]() });
  };
  for (const root of names) {
    if (!state.has(root)) enter(root);
    while (path.length > 0) {
      const { name, rest } = path.at(-1)!;
      const next = rest.next();
      if (next.done) {
        path.pop();
        state.set(name, 'done');
        order.push(name);
      } else if (!state.has(next.value)) enter(next.value);
      else if (state.get(next.value) === 'open') {
        circles.push(path.slice(path.findIndex((each) => each.name === next.value)).map((each) => each.name));
      }
    }
  }
  return { order, circles };
}
