import { apply, constant, variable } from '../scalar/scalar.ts';
import { add, mul, sub } from './meaning.ts';
import { type Cell, gatedLayer, gateSum } from './recurrent.ts';

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

export const gru = gatedLayer({
  name: 'gru',
  torch: 'torch.nn.GRU',
  summary: 'A recurrent layer that learns how much of its state to keep at each step.',
  formulas: `    r = sigmoid(W_ir · x[t] + b_ir + W_hr · h[t - 1] + b_hr)
    z = sigmoid(W_iz · x[t] + b_iz + W_hz · h[t - 1] + b_hz)
    n = tanh(W_in · x[t] + b_in + r · (W_hn · h[t - 1] + b_hn))
    h[t] = (1 - z) · n + z · h[t - 1]`,
  cell,
  source: `K. Cho et al.,
*Learning Phrase Representations using RNN Encoder-Decoder*, 2014, arXiv:1406.1078, in the form of PyTorch and cuDNN,
where r acts on the product of the state.`,
  tfjs: 'GatedRecurrent',

  examples: [
    { input: [4, 3], body: 'gru 3->5' },
    { input: [3, 2], body: 'gru ->3 layers=2 bidirectional' },
    { input: [3, 2], body: 'gru 2->3 bias=false bidirectional last' },
  ],
});
