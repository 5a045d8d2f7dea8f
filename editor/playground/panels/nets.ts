/** Where the nets of a text begin, in its order: `net` stands at the beginning of a line. */
export function netsOf(text: string): readonly { readonly name: string; readonly start: number }[] {
  return [...text.matchAll(/^net[ \t]+(\w+)/gm)].map(({ index, 1: name }) => ({ name: name!, start: index }));
}

/** The net that an offset lies in; the first one before all, and undefined in a text without a net. */
export function netAt(text: string, offset: number): string | undefined {
  const nets = netsOf(text);
  return (nets.findLast(({ start }) => start <= offset) ?? nets[0])?.name;
}
