import type { Span } from '../../grammar/source.ts';
import type { Constant } from './constant.ts';
import type { Flow } from './flow.ts';

/** What names stand for at one point of a body. A name means one thing: no scope hides a name of the scopes around it. */
export interface Scope {
  find(name: string): Entry | undefined;
  /** For suggestions. */
  names(): Iterable<string>;
  declare(name: string, entry: Entry): void;
}

export type Entry = ValueEntry | ConstantEntry;

/** `name = …`, or an input of the net. */
export interface ValueEntry {
  readonly kind: 'value';
  readonly span: Span;
  readonly flow: Flow;
}

/** A `let`, a symbolic size, or a parameter of a block; undefined where it is wrong or not known. */
export interface ConstantEntry {
  readonly kind: 'constant';
  readonly span: Span;
  readonly value: Constant | undefined;
  /** Of a parameter, the number in the call that it is, where a repair can write another one. */
  readonly written?: Span;
}

/** A scope inside of another one. */
export function innerScope(outer: Pick<Scope, 'find' | 'names'>): Scope {
  const entries = new Map<string, Entry>();
  const own = listing(() => entries.keys());
  return {
    find: (name) => entries.get(name) ?? outer.find(name),
    *names() {
      yield* own();
      yield* outer.names();
    },
    declare: (name, entry) => entries.set(name, entry),
  };
}

/** The names of one kind, for suggestions. */
export function* namesOf(scope: Scope, kind: Entry['kind']): Iterable<string> {
  for (const name of scope.names()) if (scope.find(name)?.kind === kind) yield name;
}

/**
 * Lists names for suggestions; no more of them after many times, when nobody reads suggestions any more, so that a long
 * text full of mistakes costs no more than its length.
 */
export function listing(names: () => Iterable<string>): () => Iterable<string> {
  let left = 200;
  return () => {
    left -= 1;
    return left >= 0 ? names() : [];
  };
}
