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
    text: `/**
 * A function of one number, applied to each. The operands after the first are learned numbers that it uses, one for all
 * or one for each place of the last axis.
 */
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
          return index === 0 ? gradient : gradient.reshape([-1, saved[index]!.size]).sum(0);
        }),
    };
  });
  return applied(...operands);
}`,
  },
  GateConfig: {
    needs: ['LayerConfig'],
    text: `interface GateConfig extends LayerConfig {
  /** The axis that is halved, counted with the batch. */
  axis: number;
}`,
  },
  Gate: {
    needs: ['GateConfig', 'shapeOf', 'operandsOf'],
    text: `/** The first half, let through by the sigmoid of the second half. */
export class Gate extends tf.layers.Layer {
  static readonly className: string = 'netc>Gate';
  readonly axis: number;

  constructor(config: GateConfig) {
    super(config);
    this.axis = config.axis;
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return shapeOf(inputShape).map((size, axis) => (axis === this.axis ? size / 2 : size));
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const [x, gate] = tf.split(operandsOf(inputs)[0]!, 2, this.axis);
      return x!.mul(gate!.sigmoid());
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), axis: this.axis };
  }
}`,
  },
  GatherConfig: {
    needs: ['LayerConfig'],
    text: `interface GatherConfig extends LayerConfig {
  /** For each spatial axis the places that are taken, in this order; a place may be taken several times. */
  places: number[][];
}`,
  },
  Gather: {
    needs: ['GatherConfig', 'shapeOf', 'operandsOf'],
    text: `/** Takes places along the spatial axes of signals, pictures and volumes: mirrors them at a border, repeats or crops them. */
export class Gather extends tf.layers.Layer {
  static readonly className: string = 'netc>Gather';
  readonly places: number[][];

  constructor(config: GatherConfig) {
    super(config);
    this.places = config.places;
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const sizes = shapeOf(inputShape);
    return [sizes[0]!, ...this.places.map((places) => places.length), sizes.at(-1)!];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() =>
      this.places.reduce(
        (x, places, axis) => tf.gather(x, tf.tensor1d(places, 'int32'), axis + 1),
        operandsOf(inputs)[0]!,
      ),
    );
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), places: this.places };
  }
}`,
  },
  uniform: {
    needs: [],
    text: `/** PyTorch's initialisation of most weights. */
function uniform(bound: number): ReturnType<typeof tf.initializers.randomUniform> {
  return tf.initializers.randomUniform({ minval: -bound, maxval: bound });
}`,
  },
  InterpolationConfig: {
    needs: ['LayerConfig'],
    text: `interface InterpolationConfig extends LayerConfig {
  /** The spatial axes of the result. */
  sizes: number[];
  /** Whether the outermost places stay the outermost. */
  alignCorners: boolean;
}`,
  },
  Interpolation: {
    needs: ['InterpolationConfig', 'LayerConfig', 'shapeOf', 'operandsOf'],
    text: `/**
 * Signals, pictures and volumes of another size, each place of which is a mixture of the two that are nearest along each
 * axis, as PyTorch has it. tfjs itself knows pictures only, has no half in its formula, and cannot train where it has.
 */
export class Interpolation extends tf.layers.Layer {
  static readonly className: string = 'netc>Interpolation';
  readonly config: Omit<InterpolationConfig, keyof LayerConfig>;

  constructor(config: InterpolationConfig) {
    super(config);
    this.config = { sizes: config.sizes, alignCorners: config.alignCorners };
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const shape = shapeOf(inputShape);
    return [shape[0]!, ...this.config.sizes, shape.at(-1)!];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() =>
      this.config.sizes.reduce((x, to, axis) => {
        const from = x.shape[axis + 1]!;
        if (from === to) return x;
        const places = Array.from({ length: to }, (_, at) => this.place(at, from, to));
        const take = (indices: readonly number[]) => tf.gather(x, tf.tensor1d([...indices], 'int32'), axis + 1);
        const lows = places.map(Math.floor);
        const low = take(lows);
        const high = take(lows.map((each) => Math.min(each + 1, from - 1)));
        const after = new Array<number>(x.rank - axis - 2).fill(1);
        const weights = tf.tensor(
          places.map((place, at) => place - lows[at]!),
          [to, ...after],
        );
        return low.add(high.sub(low).mul(weights));
      }, operandsOf(inputs)[0]!),
    );
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }

  /** Between which places of the operand a place of the result lies. */
  private place(at: number, from: number, to: number): number {
    if (this.config.alignCorners) return to === 1 ? 0 : (at * (from - 1)) / (to - 1);
    return Math.max(0, ((at + 0.5) * from) / to - 0.5);
  }
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
  Maximum: {
    needs: ['broadcastShape', 'extremeOf', 'operandsOf'],
    text: `/** The largest of all operands. */
export class Maximum extends tf.layers.Layer {
  static readonly className: string = 'netc>Maximum';

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return broadcastShape(inputShape as tf.Shape[]);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => extremeOf('maximum', operandsOf(inputs)));
  }
}`,
  },
  Minimum: {
    needs: ['broadcastShape', 'extremeOf', 'operandsOf'],
    text: `/** The smallest of all operands. */
export class Minimum extends tf.layers.Layer {
  static readonly className: string = 'netc>Minimum';

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return broadcastShape(inputShape as tf.Shape[]);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => extremeOf('minimum', operandsOf(inputs)));
  }
}`,
  },
  extremeOf: {
    needs: ['broadcastShape'],
    text: `/**
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
  MatMulConfig: {
    needs: ['LayerConfig'],
    text: `interface MatMulConfig extends LayerConfig {
  /** The operands as stacks of matrices, all shapes without the batch. */
  left: number[];
  right: number[];
  /** The axes before the last two of the product. */
  stack: number[];
  outputShape: number[];
}`,
  },
  MatMul: {
    needs: ['MatMulConfig', 'LayerConfig', 'shapeOf', 'operandsOf', 'stacked'],
    text: `/** The product of two stacks of matrices. */
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
}`,
  },
  stacked: {
    needs: ['repeat'],
    text: `/** All matrices of an operand in a row, as many as the product has: tfjs cannot train where one serves several. */
function stacked(x: tf.Tensor, shape: readonly number[], stack: readonly number[]): tf.Tensor3D {
  const items = x.shape[0]!;
  const own = shape.slice(0, -2);
  const matrix = shape.slice(-2);
  const ones = new Array<number>(stack.length - own.length).fill(1);
  const whole = repeat(x.reshape([items, ...ones, ...own, ...matrix]), [items, ...stack, ...matrix]);
  return whole.reshape([-1, matrix[0]!, matrix[1]!]);
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
  GroupNormalizationConfig: {
    needs: ['LayerConfig'],
    text: `interface GroupNormalizationConfig extends LayerConfig {
  /** Into how many groups the channels are split. */
  groups: number;
  epsilon: number;
  /** Whether each channel has a learned scale and shift. */
  scale?: boolean;
}`,
  },
  GroupNormalization: {
    needs: ['GroupNormalizationConfig', 'LayerConfig', 'shapeOf', 'operandsOf'],
    text: `/** Brings groups of channels, which are the first axis after the batch, to mean 0 and deviation 1. tfjs has none of these. */
export class GroupNormalization extends tf.layers.Layer {
  static readonly className: string = 'netc>GroupNormalization';
  readonly config: Required<Omit<GroupNormalizationConfig, keyof LayerConfig>>;

  constructor(config: GroupNormalizationConfig) {
    super(config);
    const { groups, epsilon, scale = true } = config;
    this.config = { groups, epsilon, scale };
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const channels = shapeOf(inputShape)[1]!;
    if (this.config.scale) {
      this.addWeight('gamma', [channels], 'float32', tf.initializers.ones());
      this.addWeight('beta', [channels], 'float32', tf.initializers.zeros());
    }
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const [x] = operandsOf(inputs);
      const [batch, channels, ...sizes] = x!.shape;
      const groups = x!.reshape([batch!, this.config.groups, -1]);
      const { mean, variance } = tf.moments(groups, 2, true);
      const normalized = groups.sub(mean).mul(variance.add(this.config.epsilon).rsqrt()).reshape(x!.shape);
      const [gamma, beta] = this.weights.map((weight) => weight.read().reshape([channels!, ...sizes.map(() => 1)]));
      return gamma && beta ? normalized.mul(gamma).add(beta) : normalized;
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }
}`,
  },
  RootMeanSquareConfig: {
    needs: ['LayerConfig'],
    text: `interface RootMeanSquareConfig extends LayerConfig {
  /** The axes whose numbers belong together, in order, counted with the batch. */
  axis: number[];
  epsilon: number;
  /** Whether there is a learned scale. */
  scale?: boolean;
}`,
  },
  RootMeanSquare: {
    needs: ['RootMeanSquareConfig', 'LayerConfig', 'shapeOf', 'operandsOf'],
    text: `/** Brings numbers to a mean square of 1. */
export class RootMeanSquare extends tf.layers.Layer {
  static readonly className: string = 'netc>RootMeanSquare';
  readonly config: Required<Omit<RootMeanSquareConfig, keyof LayerConfig>>;

  constructor(config: RootMeanSquareConfig) {
    super(config);
    const { axis, epsilon, scale = true } = config;
    this.config = { axis, epsilon, scale };
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const sizes = this.config.axis.map((axis) => shapeOf(inputShape)[axis]!);
    if (this.config.scale) this.addWeight('gamma', sizes, 'float32', tf.initializers.ones());
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const [x] = operandsOf(inputs);
      const { axis, epsilon } = this.config;
      const normalized = x!.mul(x!.square().mean(axis, true).add(epsilon).rsqrt());
      const [gamma] = this.weights;
      const places = x!.shape.map((size, each) => (axis.includes(each) ? size : 1));
      return gamma ? normalized.mul(gamma.read().reshape(places)) : normalized;
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }
}`,
  },
  LocalResponseNormalizationConfig: {
    needs: ['LayerConfig'],
    text: `interface LocalResponseNormalizationConfig extends LayerConfig {
  /** How many channels before and after each count. */
  depthRadius: number;
  bias: number;
  alpha: number;
  beta: number;
}`,
  },
  LocalResponseNormalization: {
    needs: ['LocalResponseNormalizationConfig', 'LayerConfig', 'operandsOf'],
    text: `/** Divides each number of a picture by what its neighbours of other channels are; the layer that tfjs's operation lacks. */
export class LocalResponseNormalization extends tf.layers.Layer {
  static readonly className: string = 'netc>LocalResponseNormalization';
  readonly config: Omit<LocalResponseNormalizationConfig, keyof LayerConfig>;

  constructor(config: LocalResponseNormalizationConfig) {
    super(config);
    const { depthRadius, bias, alpha, beta } = config;
    this.config = { depthRadius, bias, alpha, beta };
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { depthRadius, bias, alpha, beta } = this.config;
    return tf.localResponseNormalization(operandsOf(inputs)[0] as tf.Tensor4D, depthRadius, bias, alpha, beta);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }
}`,
  },
  NormalizeConfig: {
    needs: ['LayerConfig'],
    text: `interface NormalizeConfig extends LayerConfig {
  /** One number for all channels, which stand last, or one for each. */
  mean: number[];
  std: number[];
}`,
  },
  Normalize: {
    needs: ['NormalizeConfig', 'operandsOf'],
    text: `/** Takes a fixed mean off and divides by a fixed deviation. */
export class Normalize extends tf.layers.Layer {
  static readonly className: string = 'netc>Normalize';
  readonly mean: number[];
  readonly std: number[];

  constructor(config: NormalizeConfig) {
    super(config);
    this.mean = config.mean;
    this.std = config.std;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => operandsOf(inputs)[0]!.sub(tf.tensor1d(this.mean)).div(tf.tensor1d(this.std)));
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), mean: this.mean, std: this.std };
  }
}`,
  },
  PaddingConfig: {
    needs: ['LayerConfig'],
    text: `interface PaddingConfig extends LayerConfig {
  /** How many places before and after each spatial axis. */
  padding: number[][];
  /** What stands there; JSON, in which models are stored, has no infinity. */
  value: number | '-Infinity';
}`,
  },
  Padding: {
    needs: ['PaddingConfig', 'shapeOf', 'operandsOf'],
    text: `/** Lays a value around signals, pictures and volumes; tfjs itself has this for pictures and zeros only. */
export class Padding extends tf.layers.Layer {
  static readonly className: string = 'netc>Padding';
  readonly padding: number[][];
  readonly value: number | '-Infinity';

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
  ParameterConfig: {
    needs: ['LayerConfig'],
    text: `interface ParameterConfig extends LayerConfig {
  /** Without the batch. */
  shape: number[];
  /** Left out where a stored model is read, which brings its value along. */
  initializer?: ReturnType<typeof tf.initializers.zeros>;
}`,
  },
  Parameter: {
    needs: ['ParameterConfig', 'shapeOf', 'operandsOf', 'repeat'],
    text: `/** A learned value, which is the same for each item; of what it is applied to, only how many items there are matters. */
export class Parameter extends tf.layers.Layer {
  static readonly className: string = 'netc>Parameter';
  readonly shape: number[];
  private value: tf.LayerVariable | undefined;
  private readonly initializer: NonNullable<ParameterConfig['initializer']>;

  constructor(config: ParameterConfig) {
    super(config);
    this.shape = config.shape;
    this.initializer = config.initializer ?? tf.initializers.zeros();
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    this.value = this.addWeight('value', this.shape, 'float32', this.initializer);
    super.build(inputShape);
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return [shapeOf(inputShape)[0]!, ...this.shape];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const items = operandsOf(inputs)[0]!.shape[0]!;
    return tf.tidy(() => repeat(this.value!.read().expandDims(0), [items, ...this.shape]));
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), shape: this.shape };
  }
}`,
  },
  RecurrentConfig: {
    needs: ['LayerConfig'],
    text: `interface RecurrentConfig extends LayerConfig {
  units: number;
  /** How many stand one on top of the other. */
  layers?: number;
  bidirectional?: boolean;
  /** Whether only the state after the whole sequence is given. */
  last?: boolean;
  useBias?: boolean;
  /** Weights begin between -bound and bound. */
  bound: number;
}`,
  },
  Recurrent: {
    needs: ['RecurrentConfig', 'LayerConfig', 'shapeOf', 'uniform', 'operandsOf'],
    text: `/**
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
          this.addWeight(\`\${name}_l\${layer}\${direction}\`, shape, 'float32', uniform(bound));
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
}`,
  },
  ElmanConfig: {
    needs: ['RecurrentConfig'],
    text: `interface ElmanConfig extends RecurrentConfig {
  nonlinearity?: 'tanh' | 'relu';
}`,
  },
  Elman: {
    needs: ['Recurrent', 'ElmanConfig'],
    text: `/** The state is a function of the sum of both products. */
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
}`,
  },
  LongShortTermMemory: {
    needs: ['Recurrent'],
    text: `/** The state is a gated function of a cell, which keeps what gates let it keep. */
export class LongShortTermMemory extends Recurrent {
  static readonly className: string = 'netc>LongShortTermMemory';
  protected readonly gates = 4;
  protected readonly parts = 2;

  protected next(x: readonly tf.Tensor[], h: readonly tf.Tensor[], [last]: readonly tf.Tensor[]): tf.Tensor[] {
    const [i, f, g, o] = x.map((each, gate) => each.add(h[gate]!));
    const cell = f!.sigmoid().mul(last!).add(i!.sigmoid().mul(g!.tanh()));
    return [cell, o!.sigmoid().mul(cell.tanh())];
  }
}`,
  },
  GatedRecurrent: {
    needs: ['Recurrent'],
    text: `/** The state is a mean of the last one and a new one, weighted by a gate. */
export class GatedRecurrent extends Recurrent {
  static readonly className: string = 'netc>GatedRecurrent';
  protected readonly gates = 3;
  protected readonly parts = 1;

  protected next(x: readonly tf.Tensor[], h: readonly tf.Tensor[], [last]: readonly tf.Tensor[]): tf.Tensor[] {
    const [reset, update] = [0, 1].map((gate) => x[gate]!.add(h[gate]!).sigmoid());
    const candidate = x[2]!.add(reset!.mul(h[2]!)).tanh();
    return [update!.mul(last!.sub(candidate)).add(candidate)];
  }
}`,
  },
  ReductionConfig: {
    needs: ['LayerConfig'],
    text: `interface ReductionConfig extends LayerConfig {
  operator: 'mean' | 'sum' | 'max' | 'min';
  /** Counted with the batch. */
  axes: number[];
  /** Whether they stay, each with one place. */
  keep?: boolean;
}`,
  },
  Reduction: {
    needs: ['ReductionConfig', 'LayerConfig', 'shapeOf', 'operandsOf', 'extremeAlong'],
    text: `/** Folds whole axes into one number. */
export class Reduction extends tf.layers.Layer {
  static readonly className: string = 'netc>Reduction';
  readonly config: Required<Omit<ReductionConfig, keyof LayerConfig>>;

  constructor(config: ReductionConfig) {
    super(config);
    const { operator, axes, keep = false } = config;
    this.config = { operator, axes, keep };
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const { axes, keep } = this.config;
    return shapeOf(inputShape).flatMap((size, axis) => (axes.includes(axis) ? (keep ? [1] : []) : [size]));
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { operator, axes, keep } = this.config;
    const [x] = operandsOf(inputs);
    if (operator === 'mean' || operator === 'sum') return x![operator](axes, keep);
    return tf.tidy(() => extremeAlong(operator, axes, keep, x!));
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }
}`,
  },
  extremeAlong: {
    needs: [],
    text: `/** Of several equal places each has its part of the slope, as in PyTorch; in tfjs each has all of it. */
function extremeAlong(operator: 'max' | 'min', axes: number[], keep: boolean, x: tf.Tensor): tf.Tensor {
  const fold = tf.customGrad((...given) => {
    const [x] = given as tf.Tensor[];
    const save = given.at(-1) as tf.GradSaveFunc;
    const kept = x![operator](axes, true);
    save([x!, kept]);
    return {
      value: keep ? kept.clone() : kept.squeeze(axes),
      gradFunc: (dy: tf.Tensor, [x, kept]: tf.Tensor[]) => {
        const places = x!.equal(kept!).toFloat();
        return dy.reshape(kept!.shape).mul(places).div(places.sum(axes, true));
      },
    };
  });
  return fold(x);
}`,
  },
  repeat: {
    needs: [],
    text: `/** The value as often as a shape with larger axes holds it. (tfjs's own way cannot be trained with more than four axes.) */
function repeat(x: tf.Tensor, shape: readonly number[]): tf.Tensor {
  return shape.every((size, axis) => size === x.shape[axis]) ? x : x.mul(tf.ones([...shape]));
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
  SliceConfig: {
    needs: ['LayerConfig'],
    text: `interface SliceConfig extends LayerConfig {
  /** Counted with the batch. */
  axis: number;
  first: number;
  /** How many places are taken. */
  count: number;
  /** From one of them to the next. */
  step?: number;
}`,
  },
  Slice: {
    needs: ['SliceConfig', 'LayerConfig', 'shapeOf', 'operandsOf'],
    text: `/** Takes some places of one axis. */
export class Slice extends tf.layers.Layer {
  static readonly className: string = 'netc>Slice';
  readonly config: Required<Omit<SliceConfig, keyof LayerConfig>>;

  constructor(config: SliceConfig) {
    super(config);
    const { axis, first, count, step = 1 } = config;
    this.config = { axis, first, count, step };
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const { axis, count } = this.config;
    return shapeOf(inputShape).map((size, index) => (index === axis ? count : size));
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { axis, first, count, step } = this.config;
    const x = operandsOf(inputs)[0]!;
    return tf.tidy(() => {
      if (step > 1) return tf.gather(x, tf.range(first, first + (count - 1) * step + 1, step, 'int32'), axis);
      const begin = x.shape.map((_, index) => (index === axis ? first : 0));
      return tf.slice(
        x,
        begin,
        x.shape.map((size, index) => (index === axis ? count : size)),
      );
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }
}`,
  },
  Softmin: {
    needs: ['operandsOf'],
    text: `/** The softmax of the numbers with the other sign, over the last axis. */
export class Softmin extends tf.layers.Layer {
  static readonly className: string = 'netc>Softmin';

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => tf.softmax(tf.neg(operandsOf(inputs)[0]!)));
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
