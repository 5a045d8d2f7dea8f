import type { FaultKind } from '../fault.ts';
import { counted } from './words.ts';

/** Things in a place where they do not belong. */
export const useFaults = {
  'use/unused': {
    severity: 'warning',
    message: (e) => `nothing uses ${e.what}`,
    label: () => 'unused',
    explain: `A value goes on to the next stage, is named where it is needed again, or is a result. One that does none of this is
computed for nothing: often a line that starts with the name of a value was meant to go on from another one.

\`\`\`net
net Wrong(x: [8]) {
  a = linear 8->8 | relu
  x | tanh
}
net Right(x: [8]) {
  a = linear 8->8 | relu
  x | tanh | add a
}
\`\`\``,
  } satisfies FaultKind<{ what: string }>,

  'use/value': {
    severity: 'error',
    message: (e) =>
      e.arguments
        ? `\`${e.name}\` is ${e.what} and takes no arguments`
        : `\`${e.name}\` is ${e.what}, not a layer${e.join ? `: did you mean \`${e.join}\`?` : ''}`,
    label: (e) => e.join ?? e.what,
    explain: `A line may start with the name of a value, to go on from it. Anywhere else in a pipeline stand layers; a value is
joined to the flow with \`add\`, \`concat\` and the like.

\`\`\`net
net Wrong(x: [8]) { linear ->8 | x }
net Right(x: [8]) { linear ->8 | add x }
\`\`\``,
  } satisfies FaultKind<{ name: string; what: string; join?: string; arguments?: boolean }>,

  'use/constant': {
    severity: 'error',
    message: (e) =>
      e.block === undefined
        ? `\`${e.name}\` is a value, which is there only when the net runs: no size or option can depend on it`
        : `\`${e.name}\` is a value, but the parameters of \`${e.block}\` hold constants and layers: join it outside of the block, as in \`concat ${e.name}\`, or hand over a layer in braces that does, as in \`${e.parameter ?? 'f'}={ add ${e.name} }\``,
    label: () => 'a value',
    explain: `Sizes and options are numbers that are known when the net is checked. \`dims[0]\` is the size of the flow's axis 0.
A parameter of a block may also hold a layer, by its name or in braces, and what stands in the braces may join a value.

\`\`\`net
net Wrong(x: [8]) { linear 8->x }
net Right(x: [8]) { linear 8->dims[0] }
\`\`\`

\`\`\`net
block Twice in->out (join) { linear in->out | join | linear out->out | join }
net Joined(x: [8]) { relu | Twice 8->8 join={ add x } }
\`\`\``,
  } satisfies FaultKind<{ name: string; block?: string; parameter?: string }>,

  'use/operand': {
    severity: 'error',
    message: (e) =>
      `\`${e.join}\` takes values, but \`${e.name}\` is ${e.what}${e.instead ? `: did you mean \`${e.instead}\`?` : ''}`,
    label: (e) => e.instead ?? e.what,
    explain: `The operands of a join are names of values and branches in braces. A layer stands in a branch.

\`\`\`net
net Wrong(x: [8]) { add relu }
net Right(x: [8]) { add { relu } }
\`\`\``,
  } satisfies FaultKind<{ join: string; name: string; what: string; instead?: string }>,

  'use/positional': {
    severity: 'error',
    message: (e) =>
      e.takes.length === 0
        ? `\`${e.layer}\` takes no arguments without a name`
        : `\`${e.layer}\` takes ${e.takes.map((name) => `\`${name}\``).join(' and ')} without a name, but here is another one`,
    label: (e) => e.instead ?? 'what is it?',
    explain: `The first arguments of some layers need no name: \`maxpool 2\` is \`maxpool kernel=2\`. All others have one, and sizes
are written with an arrow.

\`\`\`net
net Wrong(x: [400]) { linear 400 120 }
net Right(x: [400]) { linear 400->120 }
\`\`\``,
  } satisfies FaultKind<{ layer: string; takes: readonly string[]; instead?: string }>,

  'use/missing': {
    severity: 'error',
    message: (e) =>
      e.value
        ? `\`${e.option}\` of \`${e.layer}\` needs a value`
        : `\`${e.layer}\` needs \`${e.option}\`${e.other ? ` or \`${e.other}\`` : ''}`,
    label: (e) => `${e.option}=…`,
    explain: `An option that has no default must be written.

\`\`\`net
net Wrong(image: [3, 32, 32]) { maxpool }
net Right(image: [3, 32, 32]) { maxpool 2 }
\`\`\``,
  } satisfies FaultKind<{ layer: string; option: string; other?: string; value?: boolean }>,

  'use/twice': {
    severity: 'error',
    message: (e) =>
      `${e.what} of \`${e.layer}\` ${e.plural ? 'are given twice; the next stage stands after a `|`' : 'is given twice'}`,
    label: () => 'again',
    explain: `An option has one value. \`k5\`, \`kernel=5\` and, where a layer takes it without a name, \`5\` are the same option.

\`\`\`net
net Wrong(image: [3, 32, 32]) { maxpool 2 k3 }
net Right(image: [3, 32, 32]) { maxpool 2 }
\`\`\``,
  } satisfies FaultKind<{ layer: string; what: string; plural?: boolean }>,

  'use/sizes': {
    severity: 'error',
    message: (e) =>
      `\`${e.layer}\` takes no sizes: it gives as many features as it receives, or its options say how many`,
    label: () => 'takes none',
    explain: `\`in->out\` is for layers with weights between features, such as \`conv\` and \`linear\`.

\`\`\`net
net Wrong(image: [3, 32, 32]) { batchnorm 3->3 }
net Right(image: [3, 32, 32]) { batchnorm }
\`\`\``,
  } satisfies FaultKind<{ layer: string }>,

  'use/branch': {
    severity: 'error',
    message: (e) => `\`${e.layer}\` takes no branches: it works on the flow alone`,
    label: () => 'for what?',
    explain: `Branches in braces are operands of joins: \`add\`, \`mul\`, \`concat\` and the like.

\`\`\`net
net Wrong(x: [8]) { relu { linear ->8 } }
net Right(x: [8]) { add { linear ->8 } | relu }
\`\`\``,
  } satisfies FaultKind<{ layer: string }>,

  'use/residual': {
    severity: 'error',
    message: (e) => `\`${e.layer}\` takes one branch in braces, and nothing else`,
    label: () => '{ … }',
    explain: `\`residual { … }\` adds what a branch makes of the flow to the flow. To add a value, use \`add\`.

\`\`\`net
net Wrong(x: [8]) { relu | residual x }
net Right(x: [8]) { relu | residual { linear 8->8 } }
net Value(x: [8]) { relu | add x }
\`\`\``,
  } satisfies FaultKind<{ layer: string }>,

  'use/fold': {
    severity: 'error',
    message: (e) =>
      `\`${e.layer}\` joins values here, so that \`${e.option}\` means nothing: it is for one value, along its axes`,
    label: () => 'joins values',
    explain: `\`max\` and \`min\` compare values place by place, or, with \`axes\` and without operands, all places of one value along
these axes. One call does one of both.

\`\`\`net
net Wrong(x: [3, 8]) {
  a = relu
  tanh | max a axes=1
}
net Values(x: [3, 8]) {
  a = relu
  tanh | max a
}
net Axes(x: [3, 8]) { tanh | max axes=1 }
\`\`\``,
  } satisfies FaultKind<{ layer: string; option: string }>,

  'use/label': {
    severity: 'error',
    message: (e) =>
      `a label stands before a layer, not before the value \`${e.name}\`: \`${e.name} = …\` names a value`,
    label: () => 'no label here',
    explain: `A label (\`fc1: linear …\`) names the weights of a layer; \`name = …\` names a value.

\`\`\`net
net Wrong(x: [8]) { start: x | relu }
net Right(x: [8]) { x | relu }
\`\`\``,
  } satisfies FaultKind<{ name: string }>,

  'use/start': {
    severity: 'error',
    message: (e) =>
      e.inputs.length === 0
        ? 'nothing flows here: the net has no input'
        : `nothing flows here yet: the net has several inputs, so start with one of them: ${e.inputs.map((name) => `\`${name}\``).join(', ')}`,
    label: (e) => (e.inputs.length === 0 ? 'no input' : `${e.inputs[0]} | …`),
    explain: `The body of a net with one input starts with it. Where there are several, the first line says which.

\`\`\`net
net Wrong(left: [8], right: [8]) { linear ->4 | add right }
net Right(left: [8], right: [8]) { left | linear ->8 | add right }
\`\`\``,
  } satisfies FaultKind<{ inputs: readonly string[] }>,

  'use/return': {
    severity: 'error',
    message: (e) =>
      e.where === 'inside'
        ? '`return` stands at the end of the net, not inside of braces: the value of the last line is the result of a branch'
        : 'nothing follows a `return`',
    label: (e) => (e.where === 'inside' ? 'not here' : 'never reached'),
    explain: `The value of the last line is the result of a body. Only a net names several results, in its last line.

\`\`\`net
net Wrong(x: [8]) {
  a = relu
  return a
  tanh
}
net Right(x: [8]) {
  tanh
  a = relu
  return a
}
\`\`\``,
  } satisfies FaultKind<{ where: 'inside' | 'after' }>,

  'use/result': {
    severity: 'error',
    message: (e) =>
      `the net is declared to give ${counted(e.declared.length, 'result')}, but ends with ${e.given === 1 ? 'one value' : `${e.given} values`}`,
    label: (e) => (e.declared.length > 1 ? `return ${e.declared.join(', ')}` : 'one value'),
    explain: `A net with several results returns them by name.

\`\`\`net
net Wrong(x: [8]) -> (score: [1], code: [4]) {
  code = linear ->4
  score = linear ->1
}
net Right(x: [8]) -> (score: [1], code: [4]) {
  code = linear ->4
  score = linear ->1
  return score, code
}
\`\`\``,
  } satisfies FaultKind<{ declared: readonly string[]; given: number }>,

  'use/share': {
    severity: 'error',
    message: (e) => {
      if (e.path === undefined) return `\`share\` needs a label: it says whose weights \`${e.kind}\` takes`;
      if (e.by !== undefined) return `\`${e.path}\` is of \`${e.by}\`, so that \`${e.kind}\` cannot share its weights`;
      return `there is no \`${e.path}\` before this one to share weights with${e.nearest ? `; did you mean \`${e.nearest}\`?` : ''}`;
    },
    label: (e) => (e.path === undefined ? 'whose?' : e.by === undefined ? 'not there' : `of ${e.by}`),
    explain: `\`share\` uses the weights of an earlier layer or block once more: both have the same label and are of the same kind.

\`\`\`net
net Wrong(left: [8], right: [8]) {
  a = left | linear 8->4
  right | linear 8->4 share | sub a
}
net Right(left: [8], right: [8]) {
  a = left | tower: linear 8->4
  right | tower: linear 8->4 share | sub a
}
\`\`\``,
  } satisfies FaultKind<{ kind: string; path?: string; by?: string; nearest?: string }>,

  'use/expansion': {
    severity: 'error',
    message: (e) =>
      e.stages === undefined
        ? `blocks stand within blocks here, more than ${e.deepest} deep`
        : `the net grows beyond ${e.stages} stages here, with all blocks and repeats written out`,
    label: () => 'too many',
    explain: `A block is written out where it is called, and a \`repeat\` as often as it says, so that a few words can make a net that no
machine could run.

\`\`\`net
net Wrong(x: [8]) { repeat 1000000 { relu } }
net Right(x: [8]) { repeat 10 { relu } }
\`\`\``,
  } satisfies FaultKind<{ stages?: number; deepest?: number }>,

  'use/target': {
    severity: 'error',
    message: (e) => `\`${e.layer}\` cannot be built in ${e.target}: ${e.why}; ${e.instead}`,
    label: (e) => e.why,
    explain: `A target that has layers of its own, such as tfjs, cannot build every net. TypeScript can: it is the target of
\`netc compile\` unless another is named. A model of tfjs is what leads to its results, so a layer with weights that is not
part of any result has no place in it.

\`\`\`net
net Wrong(x: [8]) {
  a = linear 8->4      # nothing uses it
  x | linear 8->2
}
net Right(x: [8]) { linear 8->2 }
\`\`\``,
  } satisfies FaultKind<{ layer: string; target: string; why: string; instead: string }>,
} as const;
