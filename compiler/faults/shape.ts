import type { FaultKind } from '../fault.ts';
import { counted } from './words.ts';

/** Sizes that do not fit together. */
export const shapeFaults = {
  'shape/features': {
    severity: 'error',
    message: (e) =>
      `\`${e.layer}\` is written for ${counted(e.written, 'feature')}, but receives ${e.received}${e.hint ? `; ${e.hint}` : ''}`,
    label: (e) => e.received,
    explain: `The size before the arrow must be the size that arrives: the channels for a convolution, the last axis for
\`linear\`. It may be left out.

\`\`\`net
net Wrong(image: [3, 32, 32]) { conv 1->6 k5 }   # a picture of 3 channels arrives
net Right(image: [3, 32, 32]) { conv 3->6 k5 }
net Inferred(image: [3, 32, 32]) { conv ->6 k5 }
\`\`\``,
  } satisfies FaultKind<{ layer: string; written: string; received: string; hint?: string }>,

  'shape/output': {
    severity: 'error',
    message: (e) => `\`${e.layer}\` does not say how many features it gives`,
    label: (e) => `${e.layer} ->…`,
    explain: `The size before the arrow can be inferred, the one after it cannot.

\`\`\`net
net Wrong(image: [3, 32, 32]) { conv k5 }
net Right(image: [3, 32, 32]) { conv ->6 k5 }
\`\`\``,
  } satisfies FaultKind<{ layer: string }>,

  'shape/rows': {
    severity: 'error',
    message: (e) => `\`${e.layer}\` does not say how many rows its table has`,
    label: (e) => `${e.layer} …->${e.out}`,
    explain: `The number of rows of an embedding, how many words there are, follows from no shape. It stands before the arrow.

\`\`\`net
net Wrong(tokens: i32[20]) { embedding ->64 }
net Right(tokens: i32[20]) { embedding 5000->64 }
\`\`\``,
  } satisfies FaultKind<{ layer: string; out: number }>,

  'shape/rank': {
    severity: 'error',
    message: (e) => `\`${e.layer}\` works on ${e.wanted}, but receives ${e.received}`,
    label: (e) => e.received,
    explain: `Each layer works on values with a certain number of axes, the batch aside. Convolutions and poolings work
on signals \`[C, L]\`, pictures \`[C, H, W]\` and volumes \`[C, D, H, W]\`.

\`\`\`net
net Wrong(image: [1, 28, 28]) { flatten | conv ->8 k3 }   # flatten gives [784]
net Right(image: [1, 28, 28]) { conv ->8 k3 | flatten }
\`\`\``,
  } satisfies FaultKind<{ layer: string; wanted: string; received: string }>,

  'shape/layout': {
    severity: 'error',
    message: (e) => `\`${e.layer}\` receives ${e.received}, but ${e.words}: ${e.meant}`,
    label: (e) => e.meant,
    explain: `Shapes are written as PyTorch has them, but for the batch: \`[C, H, W]\`, where other frameworks and files of
pictures have \`[H, W, C]\`. The batch is part of no shape, so that \`[1, 3, 32, 32]\` is a volume of one channel.

\`\`\`net
net Wrong(image: [32, 32, 3]) { conv 3->6 k5 }
net Right(image: [3, 32, 32]) { conv 3->6 k5 }
\`\`\``,
  } satisfies FaultKind<{ layer: string; received: string; meant: string; words: string }>,

  'shape/order': {
    severity: 'warning',
    message: (e) => `\`${e.layer}\` takes ${e.received} for ${e.taken}; ${e.words}, which would make it ${e.meant}`,
    label: (e) => e.meant,
    explain: `An input that has few places along its last axis and is square otherwise looks like a picture with its channels last. A
number before the arrow says that it is meant as it is written.

\`\`\`net
net Wrong(image: [32, 32, 3]) { conv ->6 k3 }      # 32 channels of 32 × 3
net Right(image: [3, 32, 32]) { conv ->6 k3 }
net Meant(image: [32, 32, 3]) { conv 32->6 k3 }
\`\`\``,
  } satisfies FaultKind<{ layer: string; received: string; taken: string; meant: string; words: string }>,

  'shape/batch': {
    severity: 'error',
    message: (e) => `\`${e.written}\` looks like the batch, which is part of no shape: ${e.meant}`,
    label: (e) => e.meant,
    explain: `Shapes are written without the batch: a model runs on any number of items. A name such as \`batch\`, or \`N\` before a
picture, is taken for it.

\`\`\`net
net Wrong(image: [N, 3, 32, 32]) -> [N, 6] { conv 3->6 k5 | globalavgpool }
net Right(image: [3, 32, 32]) -> [6] { conv 3->6 k5 | globalavgpool }
\`\`\``,
  } satisfies FaultKind<{ written: string; meant: string }>,

  'shape/axes': {
    severity: 'error',
    message: (e) => `\`${e.option}\` has ${e.sizes} sizes, but ${e.received} has ${e.axes} for it`,
    label: (e) => `1 or ${e.axes}`,
    explain: `A size is one number, which serves every spatial axis, or one number for each of them. A padding may also
have two for each: \`[top, bottom, left, right]\`.

\`\`\`net
net Wrong(signal: [2, 100]) { conv ->8 k3x5 }      # a signal has one axis beside its channels
net Right(signal: [2, 100]) { conv ->8 k3 }
net Picture(image: [3, 32, 32]) { conv ->8 k3x5 }
\`\`\``,
  } satisfies FaultKind<{ option: string; sizes: number; axes: number; received: string }>,

  'shape/axis': {
    severity: 'error',
    message: (e) => `\`${e.layer}\` has no axis ${e.axis} to work on: it receives ${e.received}`,
    label: (e) => (e.axes === 0 ? 'there is no axis' : `from ${-e.axes} to ${e.axes - 1}`),
    explain: `\`axis=\` counts from 0 without the batch, or from the end with a negative number.

\`\`\`net
net Wrong(image: [3, 32, 32]) { softmax axis=3 }
net Right(image: [3, 32, 32]) { softmax axis=-1 }   # or axis=2
\`\`\``,
  } satisfies FaultKind<{ layer: string; axis: number; axes: number; received: string }>,

  'shape/window': {
    severity: 'error',
    message: (e) =>
      `\`${e.layer}\` looks at ${e.window} in a row along the ${e.axis}, but there are only ${e.available}${e.padded ? ' with the padding' : ''}`,
    label: (e) => `only ${e.available}`,
    explain: `A window must fit into its input with the padding: a kernel of size k and dilation d spans d · (k - 1) + 1.

\`\`\`net
net Wrong(image: [3, 4, 4]) { conv ->8 k5 }
net Smaller(image: [3, 4, 4]) { conv ->8 k3 }
net Padded(image: [3, 4, 4]) { conv ->8 k5 p=same }
\`\`\``,
  } satisfies FaultKind<{ layer: string; window: number; axis: string; available: string; padded: boolean }>,

  'shape/padding': {
    severity: 'error',
    message: (e) =>
      `\`${e.layer}\` pads by ${e.padding}, which is more than half of its window of ${e.kernel} along the ${e.axis}`,
    label: (e) => `at most ${Math.floor(e.kernel / 2)}`,
    explain: `A window of a pooling layer must hold at least one number that is not padding, so the padding may be half of
the kernel at most. (PyTorch refuses it too.)

\`\`\`net
net Wrong(image: [3, 32, 32]) { maxpool 3 p2 }
net Right(image: [3, 32, 32]) { maxpool 3 p1 }
\`\`\``,
  } satisfies FaultKind<{ layer: string; padding: number; kernel: number; axis: string }>,

  'shape/groups': {
    severity: 'error',
    message: (e) =>
      `${e.groups} groups cannot share ${counted(e.features, `${e.side} feature`)}: ${e.groups} does not divide ${e.features}`,
    label: (e) => `does not divide ${e.features}`,
    explain: `A grouped convolution splits its input and its output features into groups of equal size; \`groupnorm\` does so
with the channels that it receives.

\`\`\`net
net Wrong(image: [6, 32, 32]) { conv 6->8 k3 g4 }
net Right(image: [6, 32, 32]) { conv 6->8 k3 g2 }
net Depthwise(image: [6, 32, 32]) { conv 6->6 k3 g6 }
\`\`\``,
  } satisfies FaultKind<{ groups: number; features: string; side: 'input' | 'output' }>,

  'shape/output_padding': {
    severity: 'error',
    message: (e) =>
      `\`${e.layer}\` adds ${e.added} at the end of the ${e.axis}, which must be less than its stride of ${e.stride}${e.dilation > 1 ? ` or its dilation of ${e.dilation}` : ''}`,
    label: (e) => `at most ${Math.max(e.stride, e.dilation) - 1}`,
    explain: `A convolution of stride s gives the same size for s sizes of its input; \`output_padding\` says which of them a
transposed convolution gives back, from 0 to s - 1. (PyTorch refuses more too.)

\`\`\`net
net Wrong(x: [8, 7, 7]) { deconv 8->4 k3 s2 p1 output_padding=2 }
net Right(x: [8, 7, 7]) { deconv 8->4 k3 s2 p1 output_padding=1 }   # gives [4, 14, 14]
\`\`\``,
  } satisfies FaultKind<{ layer: string; added: number; stride: number; dilation: number; axis: string }>,

  'shape/crop': {
    severity: 'error',
    message: (e) => `\`${e.layer}\` takes ${e.taken} off the ${e.axis} of ${e.available}, which leaves nothing`,
    label: (e) => `of ${e.available}`,
    explain: `At least one place of each axis must be left. The padding of a transposed convolution is what it takes off the
borders of its result.

\`\`\`net
net Wrong(image: [3, 8, 8]) { crop 4 }
net Right(image: [3, 8, 8]) { crop 3 }   # gives [3, 2, 2]
\`\`\``,
  } satisfies FaultKind<{ layer: string; taken: number; axis: string; available: string }>,

  'shape/border': {
    severity: 'error',
    message: (e) =>
      e.mode === 'reflect'
        ? `\`${e.layer}\` mirrors ${e.padding} places along the ${e.axis}, but there are only ${e.available} beside the border itself`
        : `\`${e.layer}\` takes ${e.padding} places from the other end of the ${e.axis}, which has only ${e.available}`,
    label: (e) => `at most ${e.available}`,
    explain: `What \`reflect\` lays around a value is the value itself, mirrored at its border, which is not repeated: of n places
there are n - 1 to take. \`circular\` has n. \`replicate\` repeats the border as often as one likes.

\`\`\`net
net Wrong(image: [3, 4, 4]) { pad 4 mode=reflect }
net Right(image: [3, 4, 4]) { pad 3 mode=reflect }
net Repeated(image: [3, 4, 4]) { pad 4 mode=replicate }
\`\`\``,
  } satisfies FaultKind<{ layer: string; mode: string; padding: number; axis: string; available: string }>,

  'shape/divide': {
    severity: 'error',
    message: (e) =>
      `\`${e.layer}\` makes one of every ${e.divisor} ${e.what}, but ${e.divisor} does not divide ${e.received}${e.near ? `; it divides ${e.near}` : ''}`,
    label: (e) => e.near ?? `no multiple of ${e.divisor}`,
    explain: `\`pixelshuffle r\` makes one channel of r · r, each of which becomes a place of a square of r by r, and
\`pixelunshuffle r\` makes r · r channels of one by taking every r-th row and column: what they divide must be a multiple.

\`\`\`net
net Wrong(x: [6, 8, 8]) { pixelshuffle 2 }      # 2 · 2 does not divide 6
net Right(x: [8, 8, 8]) { pixelshuffle 2 }      # gives [2, 16, 16]
\`\`\``,
  } satisfies FaultKind<{ layer: string; divisor: number; what: string; received: string; near?: string }>,

  'shape/heads': {
    severity: 'error',
    message: (e) =>
      `${counted(e.heads, 'head')} cannot share ${counted(e.features, 'feature')}: ${e.heads} does not divide ${e.features}`,
    label: (e) => `does not divide ${e.features}`,
    explain: `Each head of an attention works on its own part of the features, and all parts are equally wide.

\`\`\`net
net Wrong(tokens: [16, 192]) { attention heads=5 }
net Right(tokens: [16, 192]) { attention heads=6 }   # 32 features each
\`\`\``,
  } satisfies FaultKind<{ heads: number; features: string }>,

  'shape/steps': {
    severity: 'error',
    message: (e) => `\`${e.layer}\` receives ${counted(e.keys, 'key')}, but ${counted(e.values, 'value')}`,
    label: (e) => `not ${e.keys}`,
    explain: `An attention with two operands takes its keys from the first and its values from the second: to each key belongs
one value, so that both are equally long.

\`\`\`net
net Wrong(x: [5, 8], keys: [7, 8], values: [6, 8]) { x | attention keys values heads=2 }
net Right(x: [5, 8], keys: [7, 8], values: [7, 8]) { x | attention keys values heads=2 }
\`\`\``,
  } satisfies FaultKind<{ layer: string; keys: string; values: string }>,

  'shape/halves': {
    severity: 'error',
    message: (e) => `\`${e.layer}\` halves axis ${e.axis}, but ${e.size} is odd`,
    label: (e) => e.size,
    explain: `A gated unit lets the first half of an axis through by the second half, so the layer before it gives twice as many
features as are wanted.

\`\`\`net
net Wrong(x: [8]) { linear 8->5 | glu }
net Right(x: [8]) { linear 8->10 | glu }   # gives [5]
\`\`\``,
  } satisfies FaultKind<{ layer: string; axis: number; size: string }>,

  'shape/operands': {
    severity: 'error',
    message: (e) =>
      `\`${e.layer}\` joins two values${e.most === undefined ? ' or more' : ''}, but has ${e.operands > 1 ? e.operands : e.operands === 1 ? 'only the flow' : 'none'}${e.instead ? `; without others, it is \`${e.instead}\`` : ''}`,
    label: (e) => (e.operands > 1 ? 'too many' : 'with what?'),
    explain: `A join takes the flow, then names of values and branches.

\`\`\`net
net Wrong(x: [8]) { relu | add }
net Value(x: [8]) { relu | add x }
net Branch(x: [8]) { add { relu } }
\`\`\``,
  } satisfies FaultKind<{
    layer: string;
    operands: number;
    /** Where it cannot join more. */
    most?: number;
    /** How it is written where it joins nothing. */
    instead?: string;
  }>,

  'shape/broadcast': {
    severity: 'error',
    message: (e) => `\`${e.layer}\` cannot join ${e.left} and ${e.right}: ${e.sizes[0]} is not ${e.sizes[1]}`,
    label: (e) => `${e.left} and ${e.right}`,
    explain: `Shapes are laid side by side from the last axis on. Two sizes fit where they are equal or one of them is 1,
which then serves all; missing axes count as 1. The batch is not part of it.

\`\`\`net
net Wrong(x: [3, 8, 8]) { add { conv ->3 k3 } }         # [3, 8, 8] and [3, 6, 6]
net Right(x: [3, 8, 8]) { add { conv ->3 k3 p=same } }
net Channels(x: [3, 8, 8]) { mul { globalavgpool keep } } # [3, 8, 8] and [3, 1, 1]
\`\`\``,
  } satisfies FaultKind<{ layer: string; left: string; right: string; sizes: readonly [string, string] }>,

  'shape/concat': {
    severity: 'error',
    message: (e) => `\`${e.layer}\` along axis ${e.axis} cannot join ${e.left} and ${e.right}: ${e.why}`,
    label: (e) => `${e.left} and ${e.right}`,
    explain: `Values that are joined end to end have the same number of axes and the same sizes, the joined axis aside.

\`\`\`net
net Wrong(x: [3, 8, 8]) { concat { maxpool 2 } }          # [3, 8, 8] and [3, 4, 4]
net Right(x: [3, 8, 8]) { concat { maxpool 3 s1 p1 } }    # gives [6, 8, 8]
\`\`\``,
  } satisfies FaultKind<{ layer: string; axis: number; left: string; right: string; why: string }>,

  'shape/matmul': {
    severity: 'error',
    message: (e) => `\`${e.layer}\` cannot multiply ${e.left} by ${e.right}: ${e.why}`,
    label: (e) => `${e.left} and ${e.right}`,
    explain: `In a product of matrices \`[M, K]\` and \`[K, N]\`, the rows of the first are as long as the columns of the second.
\`permute\` turns a matrix, and in a stack of matrices the last two axes of each.

\`\`\`net
net Wrong(q: [10, 64], k: [10, 64]) { q | matmul k }
net Right(q: [10, 64], k: [10, 64]) { q | matmul { k | permute [1, 0] } }   # gives [10, 10]
\`\`\``,
  } satisfies FaultKind<{ layer: string; left: string; right: string; why: string }>,

  'shape/reshape': {
    severity: 'error',
    message: (e) =>
      e.open
        ? `\`${e.layer}\` cannot make ${e.written} of ${e.received}: no size in place of -1 makes ${e.available} of ${e.needed}`
        : `\`${e.layer}\` cannot make ${e.written} of ${e.received}: that is ${counted(e.needed, 'number')}, not ${e.available}`,
    label: (e) => (e.open ? `${e.available} / ${e.needed} is not whole` : `${e.needed}, not ${e.available}`),
    explain: `The same numbers get another shape, so that there must be as many of them. One size may be \`-1\`, which then follows
from the others. The batch is not part of the shape.

\`\`\`net
net Wrong(x: [128]) { reshape [8, 4, 5] }
net Right(x: [128]) { reshape [8, 4, 4] }
net Open(x: [128]) { reshape [8, 4, -1] }
\`\`\``,
  } satisfies FaultKind<{
    layer: string;
    written: string;
    received: string;
    needed: string;
    available: string;
    /** Whether one size follows from the others. */
    open: boolean;
  }>,

  'shape/permute': {
    severity: 'error',
    message: (e) =>
      `\`${e.layer}\` names ${e.named === 1 ? 'one axis' : `${e.named} axes`}, but ${e.received} has ${e.axes}`,
    label: (e) => (e.axes === 0 ? 'there is no axis' : `0 to ${e.axes - 1}, each once`),
    explain: `The new order names each axis once, from 0 without the batch. PyTorch's list begins with the batch, whose place is 0;
here it has none.

\`\`\`net
net Wrong(image: [3, 32, 32]) { permute [0, 2, 3, 1] }
net Right(image: [3, 32, 32]) { permute [1, 2, 0] }   # gives [32, 32, 3]
\`\`\``,
  } satisfies FaultKind<{ layer: string; named: number; axes: number; received: string }>,

  'shape/slice': {
    severity: 'error',
    message: (e) => `\`${e.layer}\` does not fit axis ${e.axis} of ${e.received}: ${e.why}`,
    label: () => 'not there',
    explain: `Places are counted from 0, or from the end with negative numbers, and the end of a range is the place after the last one. A
range that is partly not there is an error too, and so is an empty one.

\`\`\`net
net Wrong(x: [10, 64]) { slice 5 12 }
net Right(x: [10, 64]) { slice 5 10 }
net Open(x: [10, 64]) { slice 5 }
\`\`\``,
  } satisfies FaultKind<{ layer: string; axis: number; received: string; why: string }>,

  'shape/split': {
    severity: 'error',
    message: (e) =>
      `\`${e.layer}\` cannot make ${counted(String(e.parts), 'equal part')} of axis ${e.axis} of ${e.received}: ${e.parts} does not divide ${e.size}`,
    label: (e) => `does not divide ${e.size}`,
    explain: `All parts are equally large. (Where PyTorch's \`chunk\` makes the last one smaller, \`slice\` takes it.)

\`\`\`net
net Wrong(x: [10, 64]) { split 3 part=0 }
net Right(x: [10, 64]) { split 2 part=0 }
net Slice(x: [10, 64]) { slice 0 4 }      # the first third, rounded up
\`\`\``,
  } satisfies FaultKind<{ layer: string; axis: number; received: string; size: string; parts: number }>,

  'shape/expected': {
    severity: 'error',
    message: (e) => `${e.written} is expected here, but the value is ${e.received}`,
    label: (e) => e.received,
    explain: `\`expect\` changes nothing; it states the shape at its place, and the statement must be true.

\`\`\`net
net Wrong(image: [3, 32, 32]) { conv 3->6 k5 | expect [6, 32, 32] }
net Right(image: [3, 32, 32]) { conv 3->6 k5 | expect [6, 28, 28] }
\`\`\``,
  } satisfies FaultKind<{ written: string; received: string }>,

  'shape/result': {
    severity: 'error',
    message: (e) => `the net is declared to give ${e.declared}, but gives ${e.received}`,
    label: (e) => e.received,
    explain: `The shape behind the arrow of a net is checked against the value of its last line, or what it returns. It may be left
out.

\`\`\`net
net Wrong(x: [8]) -> [10] { linear 8->12 }
net Right(x: [8]) -> [10] { linear 8->10 }
\`\`\``,
  } satisfies FaultKind<{ declared: string; received: string }>,

  'shape/element': {
    severity: 'error',
    message: (e) =>
      `\`${e.layer}\` computes with ${e.wanted} numbers, but receives ${e.received}${e.wanted === 'i32' ? '; an input of whole numbers is written `i32[…]`' : ''}`,
    label: (e) => e.received,
    explain: `Whole numbers (\`i32\`) are for indices, such as tokens; all layers that compute take \`f32\`.

\`\`\`net
net Wrong(x: i32[10]) { linear ->5 }
net Right(x: [10]) { linear ->5 }
\`\`\``,
  } satisfies FaultKind<{ layer: string; wanted: string; received: string }>,

  'shape/shared': {
    severity: 'error',
    message: (e) =>
      e.before === undefined
        ? `\`${e.name}\` is to be shared, but nothing before has a weight of this name`
        : `\`${e.name}\` is shared with shape ${e.before}, but has shape ${e.shape} here`,
    label: (e) => (e.before === undefined ? 'not there' : `${e.shape}, not ${e.before}`),
    explain: `Weights that are used again have one shape, so that what flows into both places must have the same features.

\`\`\`net
net Wrong(left: [8], right: [6]) {
  a = left | tower: linear ->4
  right | tower: linear ->4 share | sub a
}
net Right(left: [8], right: [8]) {
  a = left | tower: linear ->4
  right | tower: linear ->4 share | sub a
}
\`\`\``,
  } satisfies FaultKind<{ name: string; shape: string; before?: string }>,

  'shape/large': {
    severity: 'error',
    message: (e) =>
      e.shape === undefined
        ? `the weights up to here have more than ${e.limit} numbers together`
        : `${e.shape} is too large: a value may have ${e.limit} numbers at most`,
    label: () => 'too large',
    explain: `A value, or a weight, with more numbers than a program can address is taken for a slip of the pen. A size that
has grown into an expression too complex to be followed is reported with this code too.

\`\`\`net
net Wrong(x: [1000000, 1000000]) { relu }
net Right(x: [1000, 1000]) { relu }
\`\`\``,
  } satisfies FaultKind<{ shape?: string; limit: number }>,
} as const;
