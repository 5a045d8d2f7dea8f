import { dimText, equal } from '../dim.ts';
import { type Fix, replacement } from '../fault.ts';
import { layer, type Operand } from '../layer.ts';
import { variable } from '../scalar/scalar.ts';
import { shapeText } from '../shape.ts';
import { accumulator } from '../tensor/tensor.ts';
import { broadcastParts } from './arithmetic.ts';
import { affine, count, input, inputShape, type MeaningLoad, mul, outputShape } from './meaning.ts';
import { type AnyCall, canEqual, gives, joinedOperands, origin } from './rules.ts';

export const matmul = layer({
  name: 'matmul',
  synonyms: ['mm', 'bmm'],
  torch: 'torch.matmul',
  summary: 'The product of two matrices, or of two stacks of them.',
  description: `    y[i, j] = Σ a[i, k] · b[k, j]

\`[M, K]\` and \`[K, N]\` become \`[M, N]\`. Axes before the last two are a stack of matrices; they broadcast as in NumPy. A vector
stands for a row on the left and for a column on the right, and the result has no axis for it: two vectors give their
scalar product \`[]\`.

It has two operands, the flow first: \`matmul a\`, \`matmul { … }\`; or two branches. \`permute\` turns a matrix.

PyTorch: \`torch.matmul\`, without the batch.`,
  operands: 'join',
  sizes: 'none',
  options: {},

  infer(call) {
    const given = call.operands.length;
    if (given !== 2) {
      call.fault('shape/operands', call.span, { layer: call.written, operands: given, most: 2 });
      return undefined;
    }
    const [left, right] = joinedOperands(call) ?? [];
    if (!left || !right) return undefined;
    const shapes = [left.type.shape, right.type.shape] as const;
    if (shapes.some((shape) => shape.length === 0)) {
      reportMatrices(call, left, right, 'a single number is no matrix');
      return undefined;
    }
    const [first, second] = [asRows(shapes[0]), asColumns(shapes[1])];
    const [columns, rows] = [first.at(-1)!, second.at(-2)!];
    let width = second.at(-1)!;
    if (!canEqual(call, columns, rows, call.span)) {
      const why = `the rows of the first have ${dimText(columns)} numbers, the columns of the second ${dimText(rows)}`;
      const fix = turned(left, right);
      reportMatrices(call, left, right, why, fix);
      if (fix) width = rows;
    }
    const stack = broadcastParts(call, [left, right], first.slice(0, -2), second.slice(0, -2));
    return gives([
      ...stack,
      ...(shapes[0].length > 1 ? [first.at(-2)!] : []),
      ...(shapes[1].length > 1 ? [width] : []),
    ]);
  },

  macs({ inputs, output }) {
    return count(output.type.shape) * count(inputs[0]!.type.shape.slice(-1));
  },

  lower(node) {
    const { left, right, stack, rows, columns, inner } = matricesOf(node);
    const axes = [...stack, rows, columns];
    const all = axes.length + 1;
    const [row, column, along] = [stack.length, stack.length + 1, axes.length];
    const load = (name: string, from: number, view: readonly number[], last: readonly number[]): MeaningLoad => {
      const missing = axes.length - view.length;
      const index = view.map((size, axis) => {
        const walks = axis < view.length - 2 ? missing + axis : last[axis - view.length + 2]!;
        return affine(all, size === 1 ? [] : [[walks, 1]]);
      });
      return { name, from: input(from), view, index };
    };
    return [
      {
        axes,
        reduction: { operator: 'sum', axes: [inner], body: mul(variable('a'), variable('b')) },
        loads: [load('a', 0, left, [row, along]), load('b', 1, right, [along, column])],
        result: variable(accumulator),
      },
    ];
  },

  tfjs: {
    channels: () => 'first',
    build(node) {
      const { left, right, stack } = matricesOf(node);
      return [{ layer: 'MatMul', config: { left, right, stack, outputShape: outputShape(node) } }];
    },
  },

  examples: [
    { input: [3, 4], body: 'matmul { permute [1, 0] }' },
    { input: [2, 3, 4], body: 'matmul { permute [0, 2, 1] | relu }' },
    { input: [2, 3, 4], body: 'matmul { select 0 | permute [1, 0] } | relu' },
    { input: [3, 4], body: 'matmul { permute [1, 0] | linear 3->5 } | linear 5->2' },
    { input: [5], body: 'matmul { tanh }' },
    { input: [2, 3, 4], body: 'matmul { reshape [-1] | linear 24->4 }' },
    { input: [3, 4], body: 'matmul { select 1 | linear 4->3 } {}' },
  ],
});

type MatmulNode = Parameters<typeof inputShape>[0] & Parameters<typeof outputShape>[0];

/** The operands as stacks of matrices, and the sizes of their product. */
function matricesOf(node: MatmulNode) {
  const [first, second] = [inputShape(node, 0), inputShape(node, 1)];
  const [left, right] = [asRows(first), asColumns(second)];
  const vectors = [first, second].filter((shape) => shape.length === 1).length;
  const result = outputShape(node);
  const stack = result.slice(0, result.length - 2 + vectors);
  return { left, right, stack, rows: left.at(-2)!, columns: right.at(-1)!, inner: left.at(-1)! };
}

function asRows<Size>(shape: readonly Size[]): readonly (Size | 1)[] {
  return shape.length === 1 ? [1, ...shape] : shape;
}

function asColumns<Size>(shape: readonly Size[]): readonly (Size | 1)[] {
  return shape.length === 1 ? [...shape, 1] : shape;
}

function reportMatrices(call: AnyCall, left: Operand, right: Operand, why: string, fix?: Fix): void {
  const evidence = {
    layer: call.written,
    left: shapeText(left.type.shape),
    right: shapeText(right.type.shape),
    why,
  };
  call.fault('shape/matmul', call.span, evidence, { because: [left, right].map(origin), ...(fix && { fix }) });
}

/** The edit that turns the second matrix, where that makes it fit: the slip of `x · y` for `x · yᵀ`. */
function turned({ type: { shape: left } }: Operand, { type: { shape: right }, place }: Operand): Fix | undefined {
  const rank = right.length;
  if (!place || rank < 2 || equal(left.at(-1)!, right.at(-1)!) === 'never') return undefined;
  const order = [...right.keys()].with(-2, rank - 1).with(-1, rank - 2);
  const turn = `permute [${order.join(', ')}]`;
  const { span, text, end } = place;
  if (end) return replacement(end, ` | ${turn}`, `{ … | ${turn} }`);
  const turnedText = text === '{}' ? `{ ${turn} }` : `{ ${text} | ${turn} }`;
  return text === '' ? undefined : replacement(span, turnedText);
}
