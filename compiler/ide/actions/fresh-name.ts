import { findLayer } from '../../layers/index.ts';
import type { Snapshot } from '../snapshot.ts';

/** A name like the wanted one that stands nowhere in the text and is not built in: `Extracted`, `Extracted2`. */
export function freshName(snapshot: Snapshot, wanted: string, taken: ReadonlySet<string> = new Set()): string {
  const written = wordsOf(snapshot);
  const isFree = (name: string) => !written.has(name) && !taken.has(name) && !findLayer(name);
  let name = wanted;
  for (let number = 2; !isFree(name); number++) name = `${wanted}${number}`;
  return name;
}

function wordsOf(snapshot: Snapshot): ReadonlySet<string> {
  let words = wordsBySnapshot.get(snapshot);
  if (!words) {
    words = new Set(snapshot.tokens.map(({ image }) => image));
    wordsBySnapshot.set(snapshot, words);
  }
  return words;
}

const wordsBySnapshot = new WeakMap<Snapshot, ReadonlySet<string>>();
