// Written from compiler/4-emit/tfjs/support/*.ts by scripts/embed.ts. Do not edit; run `npm run generate`.
export const support = {
  ConvolutionConfig: {
    needs: ['LayerConfig'],
    text: `interface ConvolutionConfig extends LayerConfig {
  filters: number;
  kernelSize: number | number[];
  strides?: number | number[];
  dilationRate?: number | number[];
  groups?: number;
  padding?: 'same' | 'valid';
  useBias?: boolean;
  /** Kernel and bias begin between -bound and bound. */
  bound: number;
}`,
  },
  Convolution: {
    needs: ['ConvolutionConfig', 'LayerConfig', 'shapeOf', 'perAxis', 'uniform', 'operandsOf', 'spread', 'convolveDepthwise', 'convolveGroups'],
    text: `/**
 * A convolution of signals, pictures or volumes with groups of channels, stride and dilation. tfjs's own layers know no
 * groups, and neither stride nor training where there is a dilation.
 */
export class Convolution extends tf.layers.Layer {
  static readonly className: string = 'netc>Convolution';
  readonly config: Required<Omit<ConvolutionConfig, keyof LayerConfig>>;
  private kernel: tf.LayerVariable | undefined;
  private bias: tf.LayerVariable | undefined;

  constructor(config: ConvolutionConfig) {
    super(config);
    const { filters, kernelSize, bound } = config;
    const { strides = 1, dilationRate = 1, groups = 1, padding = 'valid', useBias = true } = config;
    this.config = { filters, kernelSize, strides, dilationRate, groups, padding, useBias, bound };
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const { filters, kernelSize, groups, useBias, bound } = this.config;
    const shape = shapeOf(inputShape);
    const kernelShape = [...perAxis(kernelSize, shape.length - 2), shape.at(-1)! / groups, filters];
    this.kernel = this.addWeight('kernel', kernelShape, 'float32', uniform(bound));
    if (useBias) this.bias = this.addWeight('bias', [filters], 'float32', uniform(bound));
    super.build(inputShape);
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const { filters, kernelSize, strides, dilationRate, padding } = this.config;
    const [batch, ...sizes] = shapeOf(inputShape);
    const spatial = sizes.slice(0, -1);
    const [kernel, stride, dilation] = [kernelSize, strides, dilationRate].map((each) => perAxis(each, spatial.length));
    const outputs = spatial.map((size, axis) => {
      const span = padding === 'same' ? 1 : dilation![axis]! * (kernel![axis]! - 1) + 1;
      return Math.ceil((size - span + 1) / stride![axis]!);
    });
    return [batch!, ...outputs, filters];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const { groups, padding, strides, dilationRate } = this.config;
      const x = operandsOf(inputs)[0]!;
      const rank = x.rank - 2;
      const steps = perAxis(strides, rank);
      // Zeros between the taps of the kernel are what a dilation means.
      const kernel = spread(this.kernel!.read(), perAxis(dilationRate, rank));
      const y =
        groups === x.shape.at(-1) && rank < 3
          ? convolveDepthwise(x, kernel, steps, padding)
          : convolveGroups(x, kernel, steps, padding, groups);
      return this.bias ? y.add(this.bias.read()) : y;
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }
}`,
  },
  spread: {
    needs: [],
    text: `/** The kernel with so many places from one tap to the next along each spatial axis, and zeros between. */
function spread(kernel: tf.Tensor, rates: readonly number[]): tf.Tensor {
  return rates.reduce((result, rate, axis) => {
    if (rate === 1) return result;
    const size = result.shape[axis]!;
    const before = result.shape.slice(0, axis).reduce((product, each) => product * each, 1);
    const after = result.shape.slice(axis + 1);
    // Each tap is followed by zeros, and those after the last one are cut off.
    const taps = result.reshape([before * size, 1, -1]).pad([
      [0, 0],
      [0, rate - 1],
      [0, 0],
    ]);
    const spanned = size * rate - rate + 1;
    const cut = taps.reshape([before, size * rate, -1]).slice([0, 0, 0], [-1, spanned, -1]);
    return cut.reshape([...result.shape.slice(0, axis), spanned, ...after]);
  }, kernel);
}`,
  },
  convolveGroups: {
    needs: ['convolve'],
    text: `function convolveGroups(
  x: tf.Tensor,
  kernel: tf.Tensor,
  strides: readonly number[],
  padding: 'same' | 'valid',
  groups: number,
): tf.Tensor {
  // tfjs cannot train through a split into one part.
  if (groups === 1) return convolve(x, kernel, strides, padding);
  const kernels = kernel.split(groups, kernel.rank - 1);
  const parts = x.split(groups, x.rank - 1);
  return tf.concat(
    parts.map((part, group) => convolve(part, kernels[group]!, strides, padding)),
    x.rank - 1,
  );
}`,
  },
  convolve: {
    needs: [],
    text: `function convolve(
  x: tf.Tensor,
  kernel: tf.Tensor,
  [first, second, third]: readonly number[],
  padding: 'same' | 'valid',
): tf.Tensor {
  if (x.rank === 3) return tf.conv1d(x as tf.Tensor3D, kernel as tf.Tensor3D, first!, padding);
  if (x.rank === 4) return tf.conv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, [first!, second!], padding);
  return tf.conv3d(x as tf.Tensor5D, kernel as tf.Tensor5D, [first!, second!, third!], padding);
}`,
  },
  convolveDepthwise: {
    needs: [],
    text: `/** Of a signal or a picture, each channel of which is a group of its own. */
function convolveDepthwise(
  x: tf.Tensor,
  kernel: tf.Tensor,
  strides: readonly number[],
  padding: 'same' | 'valid',
): tf.Tensor {
  const [batch, ...sizes] = x.shape;
  const channels = sizes.at(-1)!;
  // A signal is a picture of one row.
  const picture = x.rank === 3 ? [1, ...sizes] : sizes;
  const [height, width] = x.rank === 3 ? [1, kernel.shape[0]!] : kernel.shape;
  const y = tf.depthwiseConv2d(
    x.reshape<tf.Tensor4D>([batch!, ...picture]),
    kernel.reshape<tf.Tensor4D>([height!, width!, channels, -1]),
    x.rank === 3 ? [1, strides[0]!] : [strides[0]!, strides[1]!],
    padding,
  );
  return x.rank === 3 ? y.squeeze([1]) : y;
}`,
  },
  Pointwise: {
    needs: [],
    text: `/** A function of one number, applied to each; the operands after the first are learned numbers that it uses. */
type Pointwise<Result> = (...operands: tf.Tensor[]) => Result;`,
  },
  differentiable: {
    needs: ['Pointwise'],
    text: `/**
 * A function of each number with its derivatives by all operands, because tfjs finds none of its own where a function
 * has branches.
 */
function differentiable(
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
          const { shape } = saved[index]!;
          return index === 0 ? gradient : gradient.sum().reshape(shape);
        }),
    };
  });
  return applied(...operands);
}`,
  },
  uniform: {
    needs: [],
    text: `/** PyTorch's initialisation of most weights. */
function uniform(bound: number): ReturnType<typeof tf.initializers.randomUniform> {
  return tf.initializers.randomUniform({ minval: -bound, maxval: bound });
}`,
  },
  Subtract: {
    needs: ['broadcastShape', 'operandsOf'],
    text: `/** The first operand less all others. */
export class Subtract extends tf.layers.Layer {
  static readonly className: string = 'netc>Subtract';

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return broadcastShape(inputShape as tf.Shape[]);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => operandsOf(inputs).reduce((difference, each) => difference.sub(each)));
  }
}`,
  },
  Divide: {
    needs: ['broadcastShape', 'operandsOf'],
    text: `/** The first operand divided by all others. */
export class Divide extends tf.layers.Layer {
  static readonly className: string = 'netc>Divide';

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return broadcastShape(inputShape as tf.Shape[]);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => operandsOf(inputs).reduce((quotient, each) => quotient.div(each)));
  }
}`,
  },
  broadcastShape: {
    needs: [],
    text: `/** The shape of operands that are laid side by side, of equally many axes. */
function broadcastShape(shapes: readonly tf.Shape[]): tf.Shape {
  return shapes.reduce((result, shape) => result.map((size, axis) => (size === 1 ? shape[axis]! : size)));
}`,
  },
  LayerConfig: {
    needs: [],
    text: `/** What every layer of tfjs may be configured with. */
type LayerConfig = NonNullable<ConstructorParameters<typeof tf.layers.Layer>[0]>;`,
  },
  apply: {
    needs: [],
    text: `/** The value that a layer makes of others. */
function apply(layer: tf.layers.Layer, ...operands: readonly tf.SymbolicTensor[]): tf.SymbolicTensor {
  const [first, ...others] = operands;
  return layer.apply(others.length === 0 ? first! : [...operands]) as tf.SymbolicTensor;
}`,
  },
  operandsOf: {
    needs: [],
    text: `/** tfjs hands over one operand as it is or as a list. */
function operandsOf(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor[] {
  return Array.isArray(inputs) ? inputs : [inputs];
}`,
  },
  shapeOf: {
    needs: [],
    text: `/** The shape of the one operand; of the sizes only that of the batch is unknown. */
function shapeOf(inputShape: tf.Shape | tf.Shape[]): readonly number[] {
  return (Array.isArray(inputShape[0]) ? inputShape[0] : inputShape) as number[];
}`,
  },
  perAxis: {
    needs: [],
    text: `/** A size for each of so many axes: one number serves all. */
function perAxis(size: number | readonly number[], axes: number): readonly number[] {
  return typeof size === 'number' ? new Array<number>(axes).fill(size) : size;
}`,
  },
  LogSoftmax: {
    needs: ['operandsOf'],
    text: `/** The logarithm of the softmax over the last axis. */
export class LogSoftmax extends tf.layers.Layer {
  static readonly className: string = 'netc>LogSoftmax';

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.logSoftmax(operandsOf(inputs)[0]!);
  }
}`,
  },
  MaxPoolingConfig: {
    needs: ['LayerConfig'],
    text: `interface MaxPoolingConfig extends LayerConfig {
  poolSize: number | number[];
  strides?: number | number[];
  dilationRate?: number | number[];
}`,
  },
  MaxPooling: {
    needs: ['MaxPoolingConfig', 'LayerConfig', 'shapeOf', 'operandsOf', 'perAxis'],
    text: `/**
 * The largest number of each window. tfjs's own layers know no windows whose places stand apart, and give wrong
 * gradients for volumes where a window is not as high as wide.
 */
export class MaxPooling extends tf.layers.Layer {
  static readonly className: string = 'netc>MaxPooling';
  readonly config: Required<Omit<MaxPoolingConfig, keyof LayerConfig>>;

  constructor(config: MaxPoolingConfig) {
    super(config);
    const { poolSize, strides = poolSize, dilationRate = 1 } = config;
    this.config = { poolSize, strides, dilationRate };
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [batch, ...sizes] = shapeOf(inputShape);
    const spatial = sizes.slice(0, -1);
    return [batch!, ...spatial.map((size, axis) => this.windows(size, axis, spatial.length).length), sizes.at(-1)!];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = operandsOf(inputs)[0]!;
      const rank = x.rank - 2;
      // The largest of a window is the largest of the largest of its rows, so that one axis after the other is folded.
      return Array.from({ length: rank }, (_, axis) => axis).reduce((rows, axis) => {
        const begins = this.windows(rows.shape[axis + 1]!, axis, rank);
        const dilation = perAxis(this.config.dilationRate, rank)[axis]!;
        return Array.from({ length: perAxis(this.config.poolSize, rank)[axis]! }, (_, tap) => {
          const places = begins.map((begin) => begin + tap * dilation);
          return tf.gather(rows, tf.tensor1d(places, 'int32'), axis + 1);
        }).reduce((largest, each) => tf.maximum(largest, each));
      }, x);
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }

  /** Where the windows along an axis begin. */
  private windows(size: number, axis: number, rank: number): number[] {
    const [pool, stride, dilation] = [this.config.poolSize, this.config.strides, this.config.dilationRate].map(
      (each) => perAxis(each, rank)[axis]!,
    );
    const room = size - dilation! * (pool! - 1) - 1;
    return Array.from({ length: Math.floor(room / stride!) + 1 }, (_, index) => index * stride!);
  }
}`,
  },
  PaddingConfig: {
    needs: ['LayerConfig'],
    text: `interface PaddingConfig extends LayerConfig {
  /** How many places before and after each spatial axis. */
  padding: number[][];
  /** What stands there; JSON, in which models are stored, has no infinity. */
  value: 0 | '-Infinity';
}`,
  },
  Padding: {
    needs: ['PaddingConfig', 'shapeOf', 'operandsOf'],
    text: `/** Lays a value around signals, pictures and volumes; tfjs itself has this for pictures and zeros only. */
export class Padding extends tf.layers.Layer {
  static readonly className: string = 'netc>Padding';
  readonly padding: number[][];
  readonly value: 0 | '-Infinity';

  constructor(config: PaddingConfig) {
    super(config);
    this.padding = config.padding;
    this.value = config.value;
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [batch, ...sizes] = shapeOf(inputShape);
    return [batch!, ...sizes.map((size, axis) => (this.padding[axis] ?? []).reduce((sum, each) => sum + each, size))];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const around = this.padding.map(([before, after]): [number, number] => [before!, after!]);
    return tf.pad(operandsOf(inputs)[0]!, [[0, 0], ...around, [0, 0]], Number(this.value));
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), padding: this.padding, value: this.value };
  }
}`,
  },
  RescaleConfig: {
    needs: ['LayerConfig'],
    text: `interface RescaleConfig extends LayerConfig {
  /** For each spatial axis a factor for each place along it. */
  factors: number[][];
}`,
  },
  Rescale: {
    needs: ['RescaleConfig', 'operandsOf'],
    text: `/**
 * Multiplies each place by a factor of its own. Where a window sticks out, that makes the mean of the places that count
 * of the mean of all of its places.
 */
export class Rescale extends tf.layers.Layer {
  static readonly className: string = 'netc>Rescale';
  readonly factors: number[][];

  constructor(config: RescaleConfig) {
    super(config);
    this.factors = config.factors;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [x] = operandsOf(inputs);
    return tf.tidy(() =>
      this.factors.reduce((scaled, factors, axis) => {
        const after = new Array<number>(this.factors.length - axis).fill(1);
        return scaled.mul(tf.tensor(factors, [factors.length, ...after]));
      }, x!),
    );
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), factors: this.factors };
  }
}`,
  },
  Place: {
    needs: [],
    text: `/** Where a tensor of a file is in the model. */
interface Place {
  readonly layer: string;
  /** Which of the layer's weights it is. */
  readonly index: number;
  /** PyTorch's axes in tfjs's order. */
  readonly axes: readonly number[];
}`,
  },
  Places: {
    needs: ['Place'],
    text: `type Places = { readonly [tensor: string]: Place };`,
  },
  setWeights: {
    needs: ['Places'],
    text: `/** Puts numbers, which are in PyTorch's layout, into the model. */
function setWeights(
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
}`,
  },
  getWeights: {
    needs: ['Places'],
    text: `/** The numbers of the model in PyTorch's layout. */
function getWeights(
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
}`,
  },
} as const;
