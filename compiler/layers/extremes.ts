import { layer } from '../layer.ts';
import { type ArithmeticDetails, arithmetic } from './arithmetic.ts';
import {
  inferReduction,
  lowerReduction,
  optionalReductionOptions,
  reductionExamples,
  tfjsReduction,
} from './reduction.ts';

/** The smallest and the largest: of several values, place by place, or of all places along axes of one value. */

export const min = extreme({
  name: 'min',
  torch: 'torch.minimum',
  summary: 'The smallest of its operands, place by place, or of all places along axes.',
  formula: 'y = min(a, b, …)',
  tfjs: 'Minimum',
});

export const max = extreme({
  name: 'max',
  torch: 'torch.maximum',
  summary: 'The largest of its operands, place by place, or of all places along axes.',
  formula: 'y = max(a, b, …)',
  tfjs: 'Maximum',
});

function extreme(details: ArithmeticDetails & { readonly name: 'min' | 'max' }) {
  const { name } = details;
  const { positional: _, ...join } = arithmetic(details);
  const fold = tfjsReduction(name);
  return layer<typeof optionalReductionOptions>({
    ...join,
    description: `${join.description}

With \`axes\` and without operands it is the ${name === 'min' ? 'smallest' : 'largest'} number along these axes of the flow: \`${name} axes=[1, 2]\`
makes \`[C]\` of \`[C, H, W]\`, and \`[C, 1, 1]\` with \`keep\`, as \`torch.a${name}\` does.`,
    options: optionalReductionOptions,

    infer(call) {
      const { written, span, operands, options } = call;
      if (operands.length > 1) {
        const stray = (['axes', 'keep'] as const).find((option) => options[option]);
        if (stray) call.fault('use/fold', call.spanOf(stray), { layer: written, option: stray });
        return join.infer(call);
      }
      if (options.axes) return inferReduction(call, options.axes, options.keep);
      const instead = `${written} axes=…`;
      call.fault('shape/operands', span, { layer: written, operands: operands.length, instead });
      return undefined;
    },

    lower(node) {
      return node.options.axes ? lowerReduction(node, node.options.axes, name) : join.lower(node);
    },

    tfjs: {
      channels: (node) => (node.options.axes ? fold : join.tfjs!).channels(node),
      build: (node, channels) => (node.options.axes ? fold : join.tfjs!).build(node, channels),
    },

    examples: [...join.examples, ...reductionExamples(name)],
  });
}
