import type { TfjsChannels } from '../../layer.ts';

/** A value in the model, which may have been laid out in both orders of its axes. */
export interface LaidOut {
  /** For the names of what is made of it. */
  readonly name: string;
  /** In PyTorch's order, without the batch. */
  readonly shape: readonly number[];
  /** The names of the values in the model; the first is the one that was made first. */
  readonly results: Map<TfjsChannels, string>;
}

/** A value as a layer gives it. With one axis or none, both orders are the same. */
export function laidOut(name: string, shape: readonly number[], channels: TfjsChannels, result: string): LaidOut {
  const orders = shape.length > 1 ? [channels] : (['first', 'last'] as const);
  return { name, shape, results: new Map(orders.map((each) => [each, result])) };
}

/** The dimensions of `tf.layers.permute`, which counts from 1, that bring axes into this order from the other one. */
export function permutation(rank: number, channels: TfjsChannels): readonly number[] {
  const axes = Array.from({ length: rank }, (_, axis) => axis + 1);
  return channels === 'last' ? [...axes.slice(1), 1] : [rank, ...axes.slice(0, -1)];
}

/** The sizes of PyTorch's shape, in this order. */
export function sizesIn(shape: readonly number[], channels: TfjsChannels): readonly number[] {
  return channels === 'last' ? [...shape.slice(1), ...shape.slice(0, 1)] : shape;
}

/** The order in which the most operands are there already; of two that are equal in this, that of the first operand. */
export function commonOrder(operands: readonly LaidOut[]): TfjsChannels {
  const missing = (order: TfjsChannels) => operands.filter(({ results }) => !results.has(order)).length;
  const [first] = operands[0]?.results.keys() ?? [];
  const own = first ?? 'first';
  const other = own === 'first' ? 'last' : 'first';
  return missing(other) < missing(own) ? other : own;
}
