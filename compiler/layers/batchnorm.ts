import { flag, layer, real, type WeightSpec } from '../layer.ts';
import { apply, constant, variable } from '../scalar/scalar.ts';
import { product, type Shape } from '../shape.ts';
import { add, along, count, div, input, inputShape, type MeaningLoad, mul, step, sub, weight } from './meaning.ts';
import { receivedShape, reportRank, unchanged } from './rules.ts';
import { unless } from './tfjs.ts';

export const batchnorm = layer({
  name: 'batchnorm',
  synonyms: ['bn', 'batchnorm1d', 'batchnorm2d', 'batchnorm3d', 'batch_norm', 'batchnormalization'],
  torch: 'torch.nn.BatchNorm2d',
  summary: 'Brings each channel to a learned mean and deviation, by statistics that training has gathered.',
  description: `    y[c] = (x[c] - running_mean[c]) / √(running_var[c] + eps) · weight[c] + bias[c]

for every place of channel c, which is axis 0. A compiled model uses the statistics of training and never changes them
(PyTorch's \`eval()\`), so that the layer is one multiplication and one addition, which a convolution or \`linear\` before it
takes over. Only a model that is being trained uses the mean and the variance of each batch, and moves the statistics
towards them by \`momentum\`.

PyTorch: \`torch.nn.BatchNorm1d\`, \`BatchNorm2d\`, \`BatchNorm3d\`. Source: S. Ioffe, C. Szegedy, *Batch Normalization:
Accelerating Deep Network Training by Reducing Internal Covariate Shift*, 2015, arXiv:1502.03167.`,
  operands: 'one',
  sizes: 'none',
  options: {
    eps: real({ default: 1e-5, minimum: 0, doc: 'Added to the variance, so that nothing is divided by 0.' }),
    momentum: real({ default: 0.1, minimum: 0, maximum: 1, doc: 'How far a batch moves the statistics in training.' }),
    affine: flag({ default: true, doc: 'Whether scale and shift are learned.' }),
  },

  infer(call) {
    const shape = receivedShape(call);
    if (!shape) return undefined;
    if (shape.length > 0) return unchanged(call);
    reportRank(call, 'channels', shape);
    return undefined;
  },

  weights({ options: { affine }, inputs }) {
    const shape = [channels(inputs[0]!.type.shape)];
    const ones = { kind: 'constant', value: 1 } as const;
    const zeros = { kind: 'constant', value: 0 } as const;
    const learned: readonly WeightSpec[] = [
      { name: 'weight', shape, role: 'parameter', init: ones },
      { name: 'bias', shape, role: 'parameter', init: zeros },
    ];
    return [
      ...(affine ? learned : []),
      { name: 'running_mean', shape, role: 'buffer', init: zeros },
      { name: 'running_var', shape, role: 'buffer', init: ones },
      { name: 'num_batches_tracked', shape: [], role: 'ignored', init: zeros },
    ];
  },

  lower(node) {
    const shape = inputShape(node);
    const { affine, eps } = node.options;
    const places = shape.map((_, axis) => axis);
    const own = (name: string): MeaningLoad => ({
      name,
      from: weight(name),
      view: [shape[0]!],
      index: along(1, 0),
    });
    const perChannel = (name: string, index: number): MeaningLoad => ({
      name,
      from: step(index),
      view: [shape[0]!],
      index: along(shape.length, 0),
    });
    const deviation = apply('sqrt', add(variable('running_var'), constant(eps)));
    const scaledMean = mul(variable('running_mean'), variable('scale'));
    const scale = { ...own('scale'), from: step(0) };
    return [
      {
        axes: [shape[0]!],
        loads: [own('running_var'), ...(affine ? [own('weight')] : [])],
        result: div(affine ? variable('weight') : constant(1), deviation),
      },
      {
        axes: [shape[0]!],
        loads: [own('running_mean'), scale, ...(affine ? [own('bias')] : [])],
        result: affine ? sub(variable('bias'), scaledMean) : apply('neg', scaledMean),
      },
      {
        axes: shape,
        loads: [
          { name: 'x', from: input(), view: shape, index: along(shape.length, ...places) },
          perChannel('scale', 0),
          perChannel('shift', 1),
        ],
        result: add(mul(variable('x'), variable('scale')), variable('shift')),
      },
    ];
  },

  tfjs: {
    channels: () => 'last',
    build(node) {
      const { affine, eps, momentum } = node.options;
      const learned = affine ? ['weight', 'bias'].map((name) => ({ name, axes: [0] })) : [null, null];
      const statistics = ['running_mean', 'running_var'].map((name) => ({ name, axes: [0] }));
      // tfjs says how much of the statistics stays, and fails in training where it has no scale; so that is there, fixed.
      // It moves the variance towards that of a batch of n, PyTorch towards n / (n - 1) of it.
      const config = { momentum: 1 - momentum, epsilon: eps, ...unless(true, { trainable: affine }) };
      const norm = { layer: 'batchNormalization', config, weights: [...learned, ...statistics] };
      const [channels, ...spatial] = inputShape(node);
      if (spatial.length < 3) return [norm];
      // It knows no more axes than those of a picture, in which the places of others are as good.
      const rows = product(spatial.slice(0, -1));
      const picture = { layer: 'reshape', config: { targetShape: [rows, spatial.at(-1), channels] } };
      return [picture, norm, { layer: 'reshape', config: { targetShape: [...spatial, channels] } }];
    },
  },

  examples: [
    { input: [5], body: 'batchnorm' },
    { input: [3, 6], body: 'batchnorm' },
    { input: [3, 4, 5], body: 'batchnorm' },
    { input: [2, 3, 4, 5], body: 'batchnorm eps=0.001 momentum=0.3' },
    { input: [3, 4, 5], body: 'batchnorm affine=false' },
  ],
});

function channels(shape: Shape): number {
  return count(shape.slice(0, 1));
}
