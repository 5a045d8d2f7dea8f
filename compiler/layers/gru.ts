import { layer } from '../layer.ts';
import { apply, constant, variable } from '../scalar/scalar.ts';
import { add, mul, sub } from './meaning.ts';
import {
  type Cell,
  gateSum,
  inferRecurrent,
  lowerRecurrent,
  recurrentDescription,
  recurrentMacs,
  recurrentOptions,
  recurrentWeights,
  tfjsRecurrent,
} from './recurrent.ts';

const [reset, update] = [apply('sigmoid', gateSum('r')), apply('sigmoid', gateSum('z'))];
const candidate = apply('tanh', add(variable('x_n'), mul(reset, variable('h_n'))));

const cell: Cell = {
  gates: ['r', 'z', 'n'],
  parts: [
    {
      name: 'state',
      formula: add(mul(sub(constant(1), update), candidate), mul(update, variable('last_state'))),
    },
  ],
};

export const gru = layer({
  name: 'gru',
  torch: 'torch.nn.GRU',
  summary: 'A recurrent layer that learns how much of its state to keep at each step.',
  description: `    r = sigmoid(W_ir · x[t] + b_ir + W_hr · h[t - 1] + b_hr)
    z = sigmoid(W_iz · x[t] + b_iz + W_hz · h[t - 1] + b_hz)
    n = tanh(W_in · x[t] + b_in + r · (W_hn · h[t - 1] + b_hn))
    h[t] = (1 - z) · n + z · h[t - 1]

${recurrentDescription}

PyTorch: \`torch.nn.GRU\` with \`batch_first=True\`, where layers are \`num_layers\`. Source: K. Cho et al.,
*Learning Phrase Representations using RNN Encoder-Decoder*, 2014, arXiv:1406.1078, in the form of PyTorch and cuDNN,
where r acts on the product of the state.`,
  operands: 'one',
  sizes: 'both',
  features: 'last',
  options: recurrentOptions,

  infer(call) {
    return inferRecurrent(call, call.options);
  },

  weights(node) {
    return recurrentWeights(node, cell.gates.length);
  },

  macs(node) {
    return recurrentMacs(node, cell.gates.length);
  },

  lower(node) {
    return lowerRecurrent(node, cell);
  },

  tfjs: {
    channels: () => 'first',
    build(node) {
      return tfjsRecurrent(node, cell.gates.length, 'GatedRecurrent');
    },
  },

  examples: [
    { input: [4, 3], body: 'gru 3->5' },
    { input: [3, 2], body: 'gru ->3 layers=2 bidirectional' },
    { input: [3, 2], body: 'gru 2->3 bias=false bidirectional last' },
  ],
});
