import { runtime } from './runtime.generated.ts';

/** A declaration of `runtime/`, which generated code may carry a copy of. */
export type RuntimeName = keyof typeof runtime;

/** The texts of these declarations and of all that they need, each once, in the order in which they stand in `runtime/`. */
export function runtimeTexts(names: Iterable<RuntimeName>): readonly string[] {
  return textsOf(runtime, names);
}

/** Declarations by name, with the names of the others that they need. */
export type Declarations = Readonly<Record<string, { readonly needs: readonly string[]; readonly text: string }>>;

/** The texts of declarations and of all that they need, each once, in the order of the table. */
export function textsOf(table: Declarations, names: Iterable<string>): readonly string[] {
  const wanted = new Set<string>();
  const visit = (name: string): void => {
    if (wanted.has(name)) return;
    wanted.add(name);
    table[name]!.needs.forEach(visit);
  };
  for (const name of names) visit(name);
  return Object.entries(table).flatMap(([name, { text }]) => (wanted.has(name) ? [text] : []));
}

/** The names of all declarations of `runtime/`. */
export const runtimeNames = Object.keys(runtime) as readonly RuntimeName[];
