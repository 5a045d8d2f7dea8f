/** The shapes of a net's inputs by their names, each as its head has it: `[3, 32, 32]`. */
export type Inputs = Readonly<Record<string, string>>;

/** Of a signature: `Siamese(left: [1, 28, 28], right: [1, 28, 28]) -> [1]`. */
export function inputsOf(signature: string): Inputs {
  const [, heads = ''] = /^\w*\((.*?)\)(?: ->|$)/.exec(signature) ?? [];
  return Object.fromEntries([...namedShapes(heads)]);
}

/** The shape alone where there is one input, and a list of all with their names otherwise. */
export function showInputs(inputs: Inputs): string {
  const [only, ...others] = Object.entries(inputs);
  if (!only) return '';
  return others.length === 0 ? only[1] : [only, ...others].map(([name, shape]) => `${name}: ${shape}`).join(', ');
}

/** What was written there; a shape without a name is that of the first input. */
export function readInputs(written: string, names: readonly string[]): Inputs {
  const named = [...namedShapes(written)];
  const [first] = names;
  return named.length > 0 || first === undefined ? Object.fromEntries(named) : { [first]: written.trim() };
}

function* namedShapes(text: string): Iterable<readonly [name: string, shape: string]> {
  for (const [, name, shape] of text.matchAll(/([A-Za-z_]\w*)\s*:\s*([^:]*?)\s*(?:$|,(?=\s*[A-Za-z_]\w*\s*:))/g))
    yield [name!, shape!];
}
