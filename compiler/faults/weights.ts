import type { FaultKind } from '../fault.ts';
import { counted } from './words.ts';

/** A name out of a file, which may be anything: of one line's length at most, without control characters. */
function quote(name: string): string {
  const shown = name.replaceAll(/\p{C}/gu, '\uFFFD');
  return `\`${shown.length > 80 ? `${shown.slice(0, 79)}…` : shown}\``;
}

/** Files of weights that are not those of the net. */
export const weightsFaults = {
  'weights/format': {
    severity: 'error',
    message: (e) => `\`${e.file}\` cannot be read as safetensors: ${e.problem}`,
    explain: `Weights are read from safetensors files with numbers of type F32; F64, F16 and BF16 are converted. A file that
is cut off, or whose header does not fit its data, is refused as a whole. From PyTorch, a file is written with

\`\`\`python
from safetensors.torch import save_file
save_file(model.state_dict(), "model.safetensors")
\`\`\`

A \`.pt\` or \`.pth\` file is another format: load it in PyTorch and write it like this.`,
  } satisfies FaultKind<{ file: string; problem: string }>,

  'weights/missing': {
    severity: 'error',
    message: (e) =>
      `\`${e.file}\` has no tensor ${quote(e.name)} ${e.shape}${e.meant === undefined ? '' : `; did you mean its ${quote(e.meant)}?`}`,
    explain: `Each layer with weights has a path: its label, or its name and its number in the net. The file must have a tensor
for each of its weights, under the path and PyTorch's name: \`fc1.weight\`. \`netc weights FILE\` lists all names. Where the
file calls the layer differently, label it as the file does.

\`\`\`net
net Wrong(x: [400]) { linear 400->120 }        # its weights are linear1.weight and linear1.bias
net Right(x: [400]) { fc1: linear 400->120 }   # fc1.weight and fc1.bias
\`\`\``,
  } satisfies FaultKind<{ file: string; name: string; shape: string; meant?: string }>,

  'weights/extra': {
    severity: 'error',
    message: (e) => `\`${e.file}\` has a tensor ${quote(e.name)} ${e.shape} that no layer uses`,
    explain: `A tensor that nothing uses is a sign that the file was made for another net: for one with more layers, or with a
bias where this one has none.

\`\`\`net
net Wrong(image: [3, 32, 32]) { conv1: conv 3->6 k5 bias=false }   # the file has conv1.bias
net Right(image: [3, 32, 32]) { conv1: conv 3->6 k5 }
\`\`\``,
  } satisfies FaultKind<{ file: string; name: string; shape: string }>,

  'weights/shape': {
    severity: 'error',
    message: (e) => `${quote(e.name)} is ${e.found} in \`${e.file}\`, but the net needs ${e.expected}`,
    explain: `The sizes of a weight follow from the sizes and the options of its layer, as in PyTorch: a convolution has
\`[out, in / groups, kernel…]\`, a linear layer \`[out, in]\`.

\`\`\`net
net Wrong(image: [3, 32, 32]) { conv1: conv 3->6 k3 }   # the file has conv1.weight [6, 3, 5, 5]
net Right(image: [3, 32, 32]) { conv1: conv 3->6 k5 }
\`\`\``,
  } satisfies FaultKind<{ file: string; name: string; found: string; expected: string }>,

  'weights/element': {
    severity: 'error',
    message: (e) => `${quote(e.name)} holds whole numbers (${e.found}) in \`${e.file}\`, but the net computes with F32`,
    explain: `Weights are numbers of type F32, or F64, F16 and BF16, which are converted. Whole numbers are the mark of a quantized
checkpoint, and mean nothing without the scales that belong to them: save the model as it was before it was quantized.`,
  } satisfies FaultKind<{ file: string; name: string; found: string }>,

  'weights/unread': {
    severity: 'hint',
    message: (e) => `${quote(e.name)} ${e.shape} of \`${e.file}\` holds whole numbers (I64), and is not read`,
    explain: `PyTorch counts and indexes in whole numbers of 64 bits, and stores some of them beside the weights: a number of steps, the
places of words, the ways between the places of a window. Nothing is learned in them, and the net says for itself what it
counts, so that such a tensor need not be taken out of a checkpoint.`,
  } satisfies FaultKind<{ file: string; name: string; shape: string }>,

  'weights/prefix': {
    severity: 'error',
    message: (e) =>
      e.side === 'file'
        ? `\`${e.file}\` has ${quote(e.prefix)} before the name of every tensor`
        : `the names of \`${e.file}\` fit, but lack the ${quote(e.prefix)} that the net has before each`,
    explain: `Some tools wrap a model before they save it, and all names get a prefix: PyTorch's \`DataParallel\` writes \`module.\`,
\`torch.compile\` writes \`_orig_mod.\`, trainers write \`model.\`. Take it off before saving:

\`\`\`python
save_file({name.removeprefix("module."): value for name, value in state.items()}, "model.safetensors")
\`\`\`

or put all layers of the net into a group of that name. Where the net has the prefix and the file does not, take the label
off that group.

\`\`\`net
net Wrong(x: [400]) { fc1: linear 400->120 | relu }               # fc1.weight
net Right(x: [400]) { module: { fc1: linear 400->120 | relu } }   # module.fc1.weight
\`\`\``,
  } satisfies FaultKind<{ file: string; prefix: string; side: 'file' | 'net' }>,

  'weights/other': {
    severity: 'error',
    message: (e) =>
      `\`${e.file}\` has none of the ${counted(e.count, 'tensor')} of \`${e.net}\`, such as \`${e.first}\`; it has ${e.holds.length === 0 ? 'no others' : `${e.holds.map(quote).join(', ')}${e.holds.length === 3 ? ', …' : ''}`}`,
    explain: `No name fits, so the file was probably made for another net. If it is the right one, label the layers as the file names
them: \`netc weights FILE\` lists the names that the net expects.

\`\`\`net
net Wrong(x: [400]) { linear 400->120 | relu | linear 120->10 }             # linear1.weight, linear2.weight
net Right(x: [400]) { fc1: linear 400->120 | relu | fc2: linear 120->10 }   # fc1.weight, fc2.weight
\`\`\``,
  } satisfies FaultKind<{ file: string; net: string; count: number; first: string; holds: readonly string[] }>,
} as const;
