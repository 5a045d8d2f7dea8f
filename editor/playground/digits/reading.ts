/** What a network makes of a picture. */
export interface Reading {
  /** One number for each digit. */
  readonly scores: Float32Array;
  /** What each layer gives, in their order. */
  readonly stages: readonly Stage[];
  /** How long the network took. */
  readonly milliseconds: number;
}

export interface Stage {
  /** As one would write it. */
  readonly layer: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Scores as probabilities, which are positive and add up to 1. */
export function softmax(scores: Float32Array): Float32Array {
  const largest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - largest));
  const sum = powers.reduce((one, other) => one + other, 0);
  return powers.map((power) => power / sum);
}

export function indexOfLargest(values: Float32Array): number {
  return values.reduce((best, value, index) => (value > values[best]! ? index : best), 0);
}

/** Without the stages that only pass on what they got, however it is arranged: there would be nothing new to see. */
export function changing(stages: readonly Stage[]): readonly Stage[] {
  return stages.filter(({ data }, index) => {
    const before = stages[index - 1]?.data;
    return !before || before.length !== data.length || data.some((value, at) => value !== before[at]);
  });
}
