/** Thrown where a check is given up since nobody waits for it any more; there is nothing wrong with its input. */
export class Interrupted extends Error {
  constructor() {
    super('the check was given up');
  }
}

/** Gives up at a step now and then, where that is asked for: to ask costs more than a step. */
export function interruption(isInterrupted: (() => boolean) | undefined): () => void {
  if (!isInterrupted) return () => {};
  let steps = 0;
  return () => {
    steps += 1;
    if (steps % 64 === 0 && isInterrupted()) throw new Interrupted();
  };
}
