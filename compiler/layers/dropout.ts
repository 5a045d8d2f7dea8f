import { layer, real } from '../layer.ts';
import { copy } from './meaning.ts';
import { receivedShape, unchanged } from './rules.ts';

export const dropout = layer({
  name: 'dropout',
  torch: 'torch.nn.Dropout',
  summary: 'While a model is trained, sets numbers to 0 by chance; after that it does nothing.',
  description: `In training, each number is 0 with the probability \`p\` and divided by 1 - p otherwise, so that the mean stays. A compiled
model is not trained, and nothing is left of the layer there.

PyTorch: \`torch.nn.Dropout\`. Source: N. Srivastava et al., *Dropout: A Simple Way to Prevent Neural Networks from
Overfitting*, 2014.`,
  operands: 'one',
  sizes: 'none',
  options: { p: real({ default: 0.5, minimum: 0, maximum: 1, doc: 'The probability that a number is dropped.' }) },
  positional: ['p'],

  infer(call) {
    return receivedShape(call) && unchanged(call);
  },

  lower: copy,

  tfjs: {
    channels: () => 'any',
    build({ options: { p } }) {
      return [{ layer: 'dropout', config: { rate: p } }];
    },
  },

  examples: [
    { input: [6], body: 'dropout' },
    { input: [2, 3, 3], body: 'dropout 0.2' },
  ],
});
