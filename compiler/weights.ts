/** A stored array of f32, row-major, in PyTorch's layout. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** The tensors of a file by their full names: `conv1.weight`. */
export type Tensors = ReadonlyMap<string, Tensor>;
