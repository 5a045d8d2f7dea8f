import { layer, word } from '../layer.ts';
import { apply, constant } from '../scalar/scalar.ts';
import {
  gateSum,
  inferRecurrent,
  lowerRecurrent,
  recurrentDescription,
  recurrentMacs,
  recurrentOptions,
  recurrentWeights,
  recurrentWorking,
  tfjsRecurrent,
} from './recurrent.ts';
import { unless } from './tfjs.ts';

export const rnn = layer({
  name: 'rnn',
  synonyms: ['simplernn', 'simple_rnn'],
  torch: 'torch.nn.RNN',
  summary: 'A recurrent layer: each state follows from the input of its step and the state before.',
  description: `    h[t] = tanh(W_ih · x[t] + b_ih + W_hh · h[t - 1] + b_hh)

with relu in the place of tanh where \`nonlinearity=relu\`.

${recurrentDescription}

PyTorch: \`torch.nn.RNN\` with \`batch_first=True\`, where layers are \`num_layers\`. Source: J. Elman, *Finding
Structure in Time*, 1990.`,
  operands: 'one',
  sizes: 'both',
  features: 'last',
  options: {
    ...recurrentOptions,
    nonlinearity: word({
      default: 'tanh',
      choices: ['tanh', 'relu'],
      doc: 'What is applied to the sum of both products.',
    }),
  },

  infer(call) {
    return inferRecurrent(call, call.options);
  },

  working(node) {
    return recurrentWorking(node);
  },

  weights(node) {
    return recurrentWeights(node, 1);
  },

  macs(node) {
    return recurrentMacs(node, 1);
  },

  lower(node) {
    const sum = gateSum('h');
    const formula = node.options.nonlinearity === 'relu' ? apply('max', constant(0), sum) : apply('tanh', sum);
    return lowerRecurrent(node, { gates: ['h'], parts: [{ name: 'state', formula }] });
  },

  tfjs: {
    channels: () => 'first',
    build(node) {
      return tfjsRecurrent(node, 1, 'Elman', unless('tanh', { nonlinearity: node.options.nonlinearity }));
    },
  },

  examples: [
    { input: [4, 3], body: 'rnn 3->5' },
    { input: [3, 2], body: 'rnn ->3 nonlinearity=relu layers=2 bidirectional bias=false' },
    { input: [3, 2], body: 'rnn 2->4 last' },
  ],
});
