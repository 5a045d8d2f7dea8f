import * as tf from '@tensorflow/tfjs';
import { uniform } from './initializers.ts';
import { type LayerConfig, operandsOf, shapeOf } from './layer.ts';

export interface RecurrentConfig extends LayerConfig {
  units: number;
  /** How many stand one on top of the other. */
  layers?: number;
  bidirectional?: boolean;
  /** Whether only the state after the whole sequence is given. */
  last?: boolean;
  useBias?: boolean;
  /** Weights begin between -bound and bound. */
  bound: number;
}

/**
 * A recurrent layer with PyTorch's weights: for each layer and direction those of the input and of the state, and a bias
 * for each. tfjs's own layers have other gates in other orders, and one bias.
 */
export abstract class Recurrent extends tf.layers.Layer {
  readonly config: Required<Omit<RecurrentConfig, keyof LayerConfig>>;
  /** Gates, the candidate included. */
  protected abstract readonly gates: number;
  /** What a step hands to the next one: the state, and a cell where there is one. */
  protected abstract readonly parts: number;

  constructor(config: RecurrentConfig) {
    super(config);
    const { units, bound, layers = 1, bidirectional = false, last = false, useBias = true } = config;
    this.config = { units, layers, bidirectional, last, useBias, bound };
  }

  /** The parts after a step, the state last, from what the input and the state give to each gate. */
  protected abstract next(x: readonly tf.Tensor[], h: readonly tf.Tensor[], parts: readonly tf.Tensor[]): tf.Tensor[];

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const { units, layers, bidirectional, useBias, bound } = this.config;
    const width = this.gates * units;
    const directions = bidirectional ? ['', '_reverse'] : [''];
    for (let layer = 0; layer < layers; layer++) {
      const features = layer === 0 ? shapeOf(inputShape).at(-1)! : units * directions.length;
      for (const direction of directions) {
        const add = (name: string, shape: number[]) =>
          this.addWeight(`${name}_l${layer}${direction}`, shape, 'float32', uniform(bound));
        add('weight_ih', [width, features]);
        add('weight_hh', [width, units]);
        if (useBias) for (const name of ['bias_ih', 'bias_hh']) add(name, [width]);
      }
    }
    super.build(inputShape);
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const { units, bidirectional, last } = this.config;
    const [batch, steps] = shapeOf(inputShape);
    const states = bidirectional ? 2 * units : units;
    return last ? [batch!, states] : [batch!, steps!, states];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const { layers, bidirectional, last } = this.config;
      const directions = bidirectional ? [false, true] : [false];
      const each = this.weights.length / (layers * directions.length);
      let x = operandsOf(inputs)[0]!;
      for (let layer = 0; layer < layers; layer++) {
        const states = directions.map((backwards, direction) => {
          const first = (layer * directions.length + direction) * each;
          const weights = this.weights.slice(first, first + each).map((weight) => weight.read());
          return this.scan(x, weights, backwards);
        });
        if (last && layer === layers - 1)
          return tf.concat(
            states.map((all) => all.at(-1)!),
            -1,
          );
        const inTime = states.map((all, direction) => tf.stack(directions[direction] ? [...all].reverse() : all, 1));
        x = tf.concat(inTime, -1);
      }
      return x;
    });
  }

  /** The states in the order in which they are made. */
  private scan(x: tf.Tensor, [input, state, inputBias, stateBias]: tf.Tensor[], backwards: boolean): tf.Tensor[] {
    const { units } = this.config;
    const [batch, steps, features] = x.shape as [number, number, number];
    const product = tf.matMul(x.reshape([batch * steps, features]), input!, false, true);
    const given = (inputBias ? product.add(inputBias) : product).reshape([batch, steps, this.gates * units]);
    let parts: tf.Tensor[] = Array.from({ length: this.parts }, () => tf.zeros([batch, units]));
    return Array.from({ length: steps }, (_, step) => {
      // Slices, as operations with a list of results have no gradient where that list has one element.
      const time = given.slice([0, backwards ? steps - 1 - step : step, 0], [-1, 1, -1]).squeeze([1]);
      const recurrent = tf.matMul(parts.at(-1)!, state!, false, true);
      const before = stateBias ? recurrent.add(stateBias) : recurrent;
      parts = this.next(this.gatesOf(time), this.gatesOf(before), parts);
      return parts.at(-1)!;
    });
  }

  /** The part of each gate. */
  private gatesOf(products: tf.Tensor): tf.Tensor[] {
    const { units } = this.config;
    return Array.from({ length: this.gates }, (_, gate) => products.slice([0, gate * units], [-1, units]));
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }
}

export interface ElmanConfig extends RecurrentConfig {
  nonlinearity?: 'tanh' | 'relu';
}

/** The state is a function of the sum of both products. */
export class Elman extends Recurrent {
  static readonly className: string = 'netc>Elman';
  readonly nonlinearity: 'tanh' | 'relu';
  protected readonly gates = 1;
  protected readonly parts = 1;

  constructor(config: ElmanConfig) {
    super(config);
    this.nonlinearity = config.nonlinearity ?? 'tanh';
  }

  protected next([x]: readonly tf.Tensor[], [h]: readonly tf.Tensor[]): tf.Tensor[] {
    const sum = x!.add(h!);
    return [this.nonlinearity === 'relu' ? sum.relu() : sum.tanh()];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), nonlinearity: this.nonlinearity };
  }
}

/** The state is a gated function of a cell, which keeps what gates let it keep. */
export class LongShortTermMemory extends Recurrent {
  static readonly className: string = 'netc>LongShortTermMemory';
  protected readonly gates = 4;
  protected readonly parts = 2;

  protected next(x: readonly tf.Tensor[], h: readonly tf.Tensor[], [last]: readonly tf.Tensor[]): tf.Tensor[] {
    const [i, f, g, o] = x.map((each, gate) => each.add(h[gate]!));
    const cell = f!.sigmoid().mul(last!).add(i!.sigmoid().mul(g!.tanh()));
    return [cell, o!.sigmoid().mul(cell.tanh())];
  }
}

/** The state is a mean of the last one and a new one, weighted by a gate. */
export class GatedRecurrent extends Recurrent {
  static readonly className: string = 'netc>GatedRecurrent';
  protected readonly gates = 3;
  protected readonly parts = 1;

  protected next(x: readonly tf.Tensor[], h: readonly tf.Tensor[], [last]: readonly tf.Tensor[]): tf.Tensor[] {
    const [reset, update] = [0, 1].map((gate) => x[gate]!.add(h[gate]!).sigmoid());
    const candidate = x[2]!.add(reset!.mul(h[2]!)).tanh();
    return [update!.mul(last!.sub(candidate)).add(candidate)];
  }
}
