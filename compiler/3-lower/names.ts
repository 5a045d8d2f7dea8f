import { reservedWords } from '../reserved-words.ts';

/** The names of a block, and of the blocks around it, so that a new one hides none of them. */
export class Names {
  readonly #own: Set<string>;
  readonly #around: Names | undefined;

  constructor(taken: Iterable<string> = [], around?: Names) {
    this.#own = new Set(taken);
    this.#around = around;
  }

  /** The name itself where it is free: `conv1`, `conv1_2`, … */
  fresh(wanted: string): string {
    let name = wanted;
    for (let number = 2; this.has(name); number++) name = `${wanted}_${number}`;
    this.#own.add(name);
    return name;
  }

  /** `x0`, `x1`, … */
  numbered(stem: string): string {
    let number = 0;
    while (this.has(`${stem}${number}`)) number++;
    this.#own.add(`${stem}${number}`);
    return `${stem}${number}`;
  }

  has(name: string): boolean {
    return this.#own.has(name) || this.#around?.has(name) === true;
  }
}

/** A text as an identifier: `features.0.conv1` is `features0Conv1`. */
export function identifier(text: string): string {
  const words = text.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const joined = words.map((word, index) => (index === 0 ? word : word[0]!.toUpperCase() + word.slice(1))).join('');
  return /^[A-Za-z]/.test(joined) && !reservedWords.has(joined) ? joined : `_${joined}`;
}
