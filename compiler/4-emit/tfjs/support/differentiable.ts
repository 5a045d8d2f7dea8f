import * as tf from '@tensorflow/tfjs';

/**
 * A function of one number, applied to each. The operands after the first are learned numbers that it uses, one for all
 * or one for each place of the last axis.
 */
export type Pointwise<Result> = (...operands: tf.Tensor[]) => Result;

/**
 * A function of each number with its derivatives by all operands, because tfjs finds none of its own where a function
 * has branches.
 */
export function differentiable(
  operands: readonly tf.Tensor[],
  value: Pointwise<tf.Tensor>,
  ...derivatives: Pointwise<tf.Tensor | number>[]
): tf.Tensor {
  const applied = tf.customGrad((...given) => {
    const inputs = given.slice(0, -1) as tf.Tensor[];
    const save = given.at(-1) as tf.GradSaveFunc;
    save(inputs);
    return {
      value: value(...inputs),
      gradFunc: (dy, saved) =>
        derivatives.map((derivative, index) => {
          const gradient = dy.mul(derivative(...saved));
          return index === 0 ? gradient : gradient.reshape([-1, saved[index]!.size]).sum(0);
        }),
    };
  });
  return applied(...operands);
}
