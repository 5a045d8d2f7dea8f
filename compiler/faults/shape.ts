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
    explain: `A grouped convolution splits its input and its output features into groups of equal size.

\`\`\`net
net Wrong(image: [6, 32, 32]) { conv 6->8 k3 g4 }
net Right(image: [6, 32, 32]) { conv 6->8 k3 g2 }
net Depthwise(image: [6, 32, 32]) { conv 6->6 k3 g6 }
\`\`\``,
  } satisfies FaultKind<{ groups: number; features: string; side: 'input' | 'output' }>,

  'shape/operands': {
    severity: 'error',
    message: (e) => `\`${e.layer}\` joins two values or more, but has ${e.operands === 1 ? 'only the flow' : 'none'}`,
    label: () => 'with what?',
    explain: `A join takes the flow, then names of values and branches.

\`\`\`net
net Wrong(x: [8]) { relu | add }
net Value(x: [8]) { relu | add x }
net Branch(x: [8]) { add { relu } }
\`\`\``,
  } satisfies FaultKind<{ layer: string; operands: number }>,

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
    message: (e) => `\`${e.layer}\` computes with ${e.wanted} numbers, but receives ${e.received}`,
    label: (e) => e.received,
    explain: `Whole numbers (\`i32\`) are for indices, such as tokens; all layers that compute take \`f32\`.

\`\`\`net
net Wrong(x: i32[10]) { linear ->5 }
net Right(x: [10]) { linear ->5 }
\`\`\``,
  } satisfies FaultKind<{ layer: string; wanted: string; received: string }>,

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
