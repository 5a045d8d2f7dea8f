/** A map that forgets what nobody has asked for in the last rounds: what is kept of old versions of a text has an end. */
export interface RecentMap<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  clear(): void;
  /** One more round: a text is read once more. */
  turn(): void;
}

/** A map that is empty yet; what is asked for in none of so many rounds is forgotten, after twice as many at the latest. */
export function createRecentMap<Value>(rounds: number): RecentMap<Value> {
  const entries = new Map<string, { readonly value: Value; round: number }>();
  let round = 0;
  return {
    get(key) {
      const entry = entries.get(key);
      if (entry) entry.round = round;
      return entry?.value;
    },
    set: (key, value) => void entries.set(key, { value, round }),
    clear: () => entries.clear(),
    turn() {
      round += 1;
      if (round % rounds > 0) return;
      for (const [key, entry] of entries) if (entry.round <= round - rounds) entries.delete(key);
    },
  };
}
