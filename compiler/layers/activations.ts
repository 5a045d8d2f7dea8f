import { parse } from '../../grammar/parse.ts';
import { activation } from '../activation.ts';
import type { AnyLayer } from '../layer.ts';
import { scalarFunctions } from '../scalar/functions.ts';
import { prelude } from './prelude.generated.ts';

/** What spans in the prelude call their text. */
export const preludeName = 'prelude.net';

/** The activations of `prelude.net`, in its order. */
export const activations: Iterable<AnyLayer> = {
  *[Symbol.iterator]() {
    for (const [name, { synonymOf }] of declarations()) {
      const layer = synonymOf === undefined && findActivation(name);
      if (layer) yield layer;
    }
  },
};

/** Every name and synonym of an activation. No formula is read for it. */
export function activationNames(): Iterable<string> {
  return declarations().keys();
}

/** The activation of this name or synonym. Its formula is read when it is first asked for, since most nets use one or two. */
export function findActivation(name: string): AnyLayer | undefined {
  const declared = declarations().get(name);
  if (declared?.synonymOf !== undefined) return findActivation(declared.synonymOf);
  if (declared && !built.has(name)) built.set(name, build(declared));
  return built.get(name);
}

interface PreludeDeclaration {
  readonly name: string;
  /** Of `act swish(x) = silu(x)`, the name that it is printed with. */
  readonly synonymOf: string | undefined;
  readonly start: number;
  readonly end: number;
}

// Both are parts of a constant table, which is made as far as it is needed.
let table: ReadonlyMap<string, PreludeDeclaration> | undefined;
const built = new Map<string, AnyLayer | undefined>();

function declarations(): ReadonlyMap<string, PreludeDeclaration> {
  table ??= new Map(
    [...prelude.matchAll(/^(?:##.*\n)*act (\w+)\((\w+)(?:\) = (\w+)\(\2\)$)?.*$/gm)].map((match) => {
      const [text, name = '', , same] = match;
      const synonymOf = same === name ? undefined : same;
      return [name, { name, synonymOf, start: match.index, end: match.index + text.length }];
    }),
  );
  return table;
}

function build({ name, start, end }: PreludeDeclaration): AnyLayer | undefined {
  // What stands before it is left blank, so that its spans are those of the whole text.
  const { value } = parse({ name: preludeName, text: ' '.repeat(start) + prelude.slice(start, end) });
  const act = value.declarations.find((each) => each.kind === 'act');
  const layer = act && activation(act, scope).value;
  const synonyms = [...declarations().values()].filter((each) => each.synonymOf === name).map((each) => each.name);
  return layer && synonyms.length > 0 ? { ...layer, synonyms } : layer;
}

/** Within the prelude `tanh` is the function, which the activation of the same name is made of. */
const scope = {
  activation: (name: string) => (scalarFunctions.has(name) ? undefined : findActivation(name)),
  constant: () => undefined,
  names: activationNames,
};
