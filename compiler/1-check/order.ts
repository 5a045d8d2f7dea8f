/**
 * Puts names behind those that they need. Names that need each other in a circle come out as circles, each of which
 * starts with the one that was found first; they stand in no order.
 */
export function dependencyOrder(
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
