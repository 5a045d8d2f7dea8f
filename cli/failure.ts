import type { Fault, Texts } from '../compiler/index.ts';

/** Something in the input is at fault. The command ends with 1. */
export class Faulty extends Error {
  readonly faults: readonly Fault[];
  /** The texts that the faults point into. */
  readonly texts: Texts;

  constructor(faults: readonly Fault[], texts: Texts = new Map()) {
    super(faults.map(({ code }) => code).join(', '));
    this.faults = faults;
    this.texts = texts;
  }
}

/** The command was used wrongly, as its message says. The command ends with 2. */
export class UsageError extends Error {}

/** Everything has been said; the command ends with this code. */
export class Exit extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`exit ${code}`);
    this.code = code;
  }
}
