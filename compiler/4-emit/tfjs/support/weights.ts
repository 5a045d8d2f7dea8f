import * as tf from '@tensorflow/tfjs';
import type { FloatTensor, WantedTensor } from '../../../../runtime/safetensors.ts';

/** Where a tensor of a file is in the model. */
export interface Place {
  readonly layer: string;
  /** Which of the layer's weights it is. */
  readonly index: number;
  /** PyTorch's axes in tfjs's order. */
  readonly axes: readonly number[];
}

export type Places = { readonly [tensor: string]: Place };

/** Puts numbers, which are in PyTorch's layout, into the model. */
export function setWeights(
  model: tf.LayersModel,
  places: Places,
  tensors: readonly WantedTensor[],
  values: readonly Float32Array[],
): void {
  tf.tidy(() => {
    tensors.forEach(({ name, shape }, position) => {
      const { layer, index, axes } = places[name]!;
      const variable = model.getLayer(layer).weights[index]!;
      const moved = tf.tensor(values[position]!, [...shape]).transpose([...axes]);
      variable.write(moved.reshape(variable.shape as number[]));
    });
  });
}

/** The numbers of the model in PyTorch's layout. */
export function getWeights(
  model: tf.LayersModel,
  places: Places,
  tensors: readonly WantedTensor[],
): (readonly [name: string, tensor: FloatTensor])[] {
  return tensors.map(({ name, shape }) => {
    const { layer, index, axes } = places[name]!;
    const data = tf.tidy(() => {
      const moved = model
        .getLayer(layer)
        .weights[index]!.read()
        .reshape(axes.map((axis) => shape[axis]!));
      return moved.transpose(axes.map((_, axis) => axes.indexOf(axis))).dataSync<'float32'>();
    });
    return [name, { shape, data }];
  });
}
