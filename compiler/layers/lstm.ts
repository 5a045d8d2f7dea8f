import { apply, variable } from '../scalar/scalar.ts';
import { add, mul } from './meaning.ts';
import { type Cell, gatedLayer, gateSum } from './recurrent.ts';

const [input, forget, output] = ['i', 'f', 'o'].map((gate) => apply('sigmoid', gateSum(gate)));
const candidate = apply('tanh', gateSum('g'));

const cell: Cell = {
  gates: ['i', 'f', 'g', 'o'],
  parts: [
    { name: 'cell', formula: add(mul(forget!, variable('last_cell')), mul(input!, candidate)) },
    { name: 'state', formula: mul(output!, apply('tanh', variable('cell'))) },
  ],
};

export const lstm = gatedLayer({
  name: 'lstm',
  torch: 'torch.nn.LSTM',
  summary: 'A recurrent layer with a cell beside its state, which keeps what gates let it keep.',
  formulas: `    i = sigmoid(W_ii · x[t] + b_ii + W_hi · h[t - 1] + b_hi)
    f = sigmoid(W_if · x[t] + b_if + W_hf · h[t - 1] + b_hf)
    g = tanh(W_ig · x[t] + b_ig + W_hg · h[t - 1] + b_hg)
    o = sigmoid(W_io · x[t] + b_io + W_ho · h[t - 1] + b_ho)
    c[t] = f · c[t - 1] + i · g
    h[t] = o · tanh(c[t])`,
  cell,
  source: `S. Hochreiter, J. Schmidhuber, *Long Short-Term Memory*, 1997.`,
  tfjs: 'LongShortTermMemory',

  examples: [
    { input: [4, 3], body: 'lstm 3->5' },
    { input: [3, 2], body: 'lstm ->3 layers=2 bidirectional' },
    { input: [5, 2], body: 'lstm 2->3 bidirectional | linear 6->2 | relu' },
    { input: [3, 2], body: 'lstm 2->3 layers=2 bias=false last' },
    { input: [1, 2], body: 'lstm 2->1' },
  ],
});
