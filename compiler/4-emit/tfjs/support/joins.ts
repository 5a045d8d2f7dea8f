import * as tf from '@tensorflow/tfjs';
import { operandsOf } from './layer.ts';

/** The first operand less all others. */
export class Subtract extends tf.layers.Layer {
  static readonly className: string = 'netc>Subtract';

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return broadcastShape(inputShape as tf.Shape[]);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => operandsOf(inputs).reduce((difference, each) => difference.sub(each)));
  }
}

/** The first operand divided by all others. */
export class Divide extends tf.layers.Layer {
  static readonly className: string = 'netc>Divide';

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return broadcastShape(inputShape as tf.Shape[]);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => operandsOf(inputs).reduce((quotient, each) => quotient.div(each)));
  }
}

/** The largest of all operands. */
export class Maximum extends tf.layers.Layer {
  static readonly className: string = 'netc>Maximum';

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return broadcastShape(inputShape as tf.Shape[]);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => extremeOf('maximum', operandsOf(inputs)));
  }
}

/** The smallest of all operands. */
export class Minimum extends tf.layers.Layer {
  static readonly className: string = 'netc>Minimum';

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return broadcastShape(inputShape as tf.Shape[]);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => extremeOf('minimum', operandsOf(inputs)));
  }
}

/**
 * One operand after the other. Each of two equal numbers has half of the slope, as in PyTorch; in tfjs the first has
 * all, and an operand that is broadcast has a slope of a wrong shape.
 */
function extremeOf(operator: 'maximum' | 'minimum', operands: readonly tf.Tensor[]): tf.Tensor {
  const ofTwo = tf.customGrad((...given) => {
    const [left, right] = given as tf.Tensor[];
    const save = given.at(-1) as tf.GradSaveFunc;
    save([left!, right!]);
    return {
      value: left![operator](right!),
      gradFunc: (dy: tf.Tensor, [left, right]: tf.Tensor[]) => {
        const isLeft = operator === 'maximum' ? left!.greater(right!) : left!.less(right!);
        const part = isLeft.toFloat().add(left!.equal(right!).toFloat().div(2));
        return [dy.mul(part), dy.mul(tf.sub(1, part))];
      },
    };
  });
  // A sum has slopes of the right shape.
  const zeros = tf.zeros(broadcastShape(operands.map(({ shape }) => shape)) as number[]);
  return operands.map((each) => each.add(zeros)).reduce((result, each) => ofTwo(result, each));
}

/** The shape of operands that are laid side by side, of equally many axes. */
export function broadcastShape(shapes: readonly tf.Shape[]): tf.Shape {
  return shapes.reduce((result, shape) => result.map((size, axis) => (size === 1 ? shape[axis]! : size)));
}
