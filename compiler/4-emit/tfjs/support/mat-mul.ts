import * as tf from '@tensorflow/tfjs';
import { type LayerConfig, operandsOf, shapeOf } from './layer.ts';
import { repeat } from './repeat.ts';

export interface MatMulConfig extends LayerConfig {
  /** The operands as stacks of matrices, all shapes without the batch. */
  left: number[];
  right: number[];
  /** The axes before the last two of the product. */
  stack: number[];
  outputShape: number[];
}

/** The product of two stacks of matrices. */
export class MatMul extends tf.layers.Layer {
  static readonly className: string = 'netc>MatMul';
  readonly config: Omit<MatMulConfig, keyof LayerConfig>;

  constructor(config: MatMulConfig) {
    super(config);
    const { left, right, stack, outputShape } = config;
    this.config = { left, right, stack, outputShape };
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return [shapeOf(inputShape)[0]!, ...this.config.outputShape];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { left, right, stack, outputShape } = this.config;
    const [a, b] = operandsOf(inputs);
    return tf.tidy(() => {
      const product = tf.matMul(stacked(a!, left, stack), stacked(b!, right, stack));
      return product.reshape([a!.shape[0]!, ...outputShape]);
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }
}

/** All matrices of an operand in a row, as many as the product has: tfjs cannot train where one serves several. */
export function stacked(x: tf.Tensor, shape: readonly number[], stack: readonly number[]): tf.Tensor3D {
  const items = x.shape[0]!;
  const own = shape.slice(0, -2);
  const matrix = shape.slice(-2);
  const ones = new Array<number>(stack.length - own.length).fill(1);
  const whole = repeat(x.reshape([items, ...ones, ...own, ...matrix]), [items, ...stack, ...matrix]);
  return whole.reshape([-1, matrix[0]!, matrix[1]!]);
}
