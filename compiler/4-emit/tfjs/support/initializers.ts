import * as tf from '@tensorflow/tfjs';

/** PyTorch's initialisation of most weights. */
export function uniform(bound: number): ReturnType<typeof tf.initializers.randomUniform> {
  return tf.initializers.randomUniform({ minval: -bound, maxval: bound });
}
