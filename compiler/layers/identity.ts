import { layer } from '../layer.ts';
import { copy } from './meaning.ts';
import { unchanged } from './rules.ts';

export const identity = layer({
  name: 'identity',
  torch: 'torch.nn.Identity',
  summary: 'Gives what it receives.',
  description: `    y = x

Nothing is computed or moved. It names a value where no layer stands: \`x = identity\`.

PyTorch: \`torch.nn.Identity\`.`,
  operands: 'one',
  sizes: 'none',
  options: {},

  infer: unchanged,

  lower: copy,

  tfjs: {
    channels: () => 'any',
    build: () => [],
  },

  examples: [{ input: [2, 3], body: 'identity' }],
});
