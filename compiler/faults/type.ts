import type { FaultKind } from '../fault.ts';

/** Things of the wrong kind. */
export const typeFaults = {
  'type/count': {
    severity: 'error',
    message: (e) => `\`repeat\` takes a whole number from 0, but here is ${e.found}`,
    label: () => 'how often?',
    explain: `How often something is repeated is known when the net is checked.

\`\`\`net
net Wrong(x: [8]) { repeat 2.5 { linear 8->8 | relu } }
net Right(x: [8]) { repeat 2 { linear 8->8 | relu } }
\`\`\``,
  } satisfies FaultKind<{ found: string }>,

  'type/option': {
    severity: 'error',
    message: (e) => `\`${e.option}\` of \`${e.layer}\` takes ${e.wanted}, not ${e.found}`,
    label: (e) => e.wanted,
    explain: `Each option takes values of one kind; \`netc explain conv\` tells which.

\`\`\`net
net Wrong(image: [3, 32, 32]) { conv ->6 k5 bias=5 }
net Right(image: [3, 32, 32]) { conv ->6 k5 bias=false }
\`\`\``,
  } satisfies FaultKind<{ layer: string; option: string; wanted: string; found: string }>,

  'type/choice': {
    severity: 'error',
    message: (e) =>
      `\`${e.option}\` of \`${e.layer}\` takes ${e.choices.map((choice) => `\`${choice}\``).join(' or ')}${e.other ? ` or ${e.other}` : ''}${e.where ? ` ${e.where}` : ''}, not \`${e.found}\`${
        e.nearest ? `; did you mean \`${e.nearest}\`?` : ''
      }`,
    label: (e) => (e.nearest ? `${e.nearest}?` : e.choices.join(', ')),
    explain: `Some options are one of a few words.

\`\`\`net
net Wrong(image: [3, 32, 32]) { conv ->6 k5 p=smae }
net Right(image: [3, 32, 32]) { conv ->6 k5 p=same }
\`\`\``,
  } satisfies FaultKind<{
    layer: string;
    option: string;
    choices: readonly string[];
    /** What it may be beside the words. */
    other?: string;
    /** Where other words are right elsewhere: "on a signal". */
    where?: string;
    found: string;
    nearest?: string;
  }>,

  'type/range': {
    severity: 'error',
    message: (e) => `\`${e.option}\` of \`${e.layer}\` must be ${range(e)}, not ${e.found}`,
    label: range,
    explain: `A kernel has at least one tap, a probability lies between 0 and 1: numbers beyond what an option allows mean nothing.

\`\`\`net
net Wrong(image: [3, 32, 32]) { maxpool 2 s0 }
net Right(image: [3, 32, 32]) { maxpool 2 s1 }
\`\`\``,
  } satisfies FaultKind<{ layer: string; option: string; minimum?: number; maximum?: number; found: number }>,

  'type/size': {
    severity: 'error',
    message: (e) => `a size is a whole number from 1, not ${e.found}`,
    label: () => 'a whole number from 1',
    explain: `Sizes count things. \`/\` must come out whole where a size is needed; \`floor\` and \`ceil\` round.

\`\`\`net
let width = 15
net Wrong(x: [width]) { linear ->width / 2 }
net Right(x: [width]) { linear ->floor(width / 2) }
\`\`\``,
  } satisfies FaultKind<{ found: string }>,

  'type/operand': {
    severity: 'error',
    message: (e) => `${e.operator} takes ${e.wanted}, not ${e.found}`,
    label: (e) => e.wanted,
    explain: `Nothing is converted on its own: a number is no condition, and text is no number.

\`\`\`net
let wrong = 3 + true
net Wrong(x: [8]) { linear ->wrong }
\`\`\`

\`\`\`net
let right = 3 + 1
net Right(x: [8]) { linear ->right }
\`\`\``,
  } satisfies FaultKind<{ operator: string; wanted: string; found: string }>,

  'type/index': {
    severity: 'error',
    message: (e) => `${e.list} has no item ${e.index}`,
    label: (e) => (e.length === 0 ? 'it is empty' : `from 0 to ${e.length - 1}`),
    explain: `Items are counted from 0, or from the end with a negative number.

\`\`\`net
let widths = [16, 32]
net Wrong(x: [8]) { linear ->widths[2] }
net Right(x: [8]) { linear ->widths[1] }
\`\`\``,
  } satisfies FaultKind<{ index: string; list: string; length: number }>,

  'type/arguments': {
    severity: 'error',
    message: (e) =>
      `\`${e.function}\` takes ${e.minimum === 1 ? 'one number' : `${e.minimum} numbers`}${e.more ? ' or more' : ''}, but is given ${e.found}`,
    explain: `\`min\` and \`max\` take several numbers, \`abs\`, \`floor\`, \`ceil\` and \`round\` one; none takes options. In the formula of
an activation, another activation takes one number, and its options by name.

\`\`\`net
net Wrong(x: [8]) { linear ->max() }
net Right(x: [8]) { linear ->max(8, 16) }
\`\`\``,
  } satisfies FaultKind<{ function: string; minimum: number; more?: boolean; found: number }>,

  'type/division': {
    severity: 'error',
    message: (e) => `\`${e.operator}\` divides by 0`,
    label: () => 'is 0',
    explain: `There is no number that it could be.

\`\`\`net
let groups = 0
net Wrong(x: [8]) { linear ->64 / groups }
\`\`\`

\`\`\`net
let groups = 4
net Right(x: [8]) { linear ->64 / groups }
\`\`\``,
  } satisfies FaultKind<{ operator: string }>,

  'type/symbolic': {
    severity: 'error',
    message: (e) =>
      `this needs a number, but depends on ${e.symbols.map((name) => `\`${name}\``).join(' and ')}, which ${e.symbols.length === 1 ? 'is' : 'are'} open`,
    label: () => 'not a number yet',
    explain: `Symbolic sizes go through \`+ - *\`, division by a number, \`%\`, \`min\`, \`max\`, \`floor\` and \`ceil\`. Where a number is
needed at once (the features of a layer, a comparison that could go either way), the size must be fixed: in the net, or
with \`--dim H=32\`.

\`\`\`net
net Wrong(image: [3, H, W]) { globalavgpool | linear ->H }
net Right(image: [3, H, W]) { globalavgpool | linear ->10 }
\`\`\``,
  } satisfies FaultKind<{ symbols: readonly string[] }>,

  'type/element': {
    severity: 'error',
    message: (e) =>
      `\`${e.found}\` is not a type of elements${e.nearest ? `; did you mean \`${e.nearest}\`?` : ': there are `f32` and `i32`'}`,
    label: (e) => e.nearest ?? 'f32 or i32',
    explain: `Values are made of \`f32\` numbers, which need not be said, or, for indices such as tokens, of \`i32\`.

\`\`\`net
net Wrong(x: float[8]) { relu }
net Right(x: f32[8]) { relu }
net Same(x: [8]) { relu }
\`\`\``,
  } satisfies FaultKind<{ found: string; nearest?: string }>,

  'type/setting': {
    severity: 'error',
    message: (e) => `\`${e.name}\` cannot be set to ${e.found}: it is ${e.wanted}`,
    label: (e) => e.wanted,
    explain: `\`--set\` gives a \`let\` another value of the same kind, and \`--dim\` a whole number from 1 to a symbolic size.

\`\`\`net
let classes = 10                     # --set classes=1000 is right, --set classes=many is wrong
net Right(x: [8]) -> [classes] { linear ->classes }
\`\`\``,
  } satisfies FaultKind<{ name: string; wanted: string; found: string }>,

  'type/learned': {
    severity: 'error',
    message: (e) =>
      e.within === undefined
        ? `\`${e.name}\` is learned, but does not say from which number on`
        : `\`${e.name}\` learns numbers of its own, so that it cannot be a part of \`${e.within}\``,
    label: (e) => (e.within === undefined ? `${e.name} = …` : 'learns'),
    explain: `What an activation learns begins somewhere, and is stored under its name with the layer that the activation is.

\`\`\`net
act wrong(x, learn slope) = x > 0 ? x : slope * x
net Wrong(x: [8]) { wrong }
\`\`\`

\`\`\`net
act right(x, learn slope = 0.25) = x > 0 ? x : slope * x
net Right(x: [8]) { right }
\`\`\``,
  } satisfies FaultKind<{ name: string; within?: string }>,

  'type/formula': {
    severity: 'error',
    message: (e) => `this formula is more than ${e.limit} operations with all activations in it written out`,
    label: () => 'too large',
    explain: `An activation is computed for every number of a value, and each activation that its formula calls becomes a part of it.
One that has grown this large, mostly by calling activations that call others, is taken for a slip of the pen.

\`\`\`net
act square(x) = x * x
act right(x) = square(square(x))
net Right(x: [8]) { right }
\`\`\``,
  } satisfies FaultKind<{ limit: number }>,

  'type/label': {
    severity: 'error',
    message: (e) => `a part of a label is a whole number or a word, not ${e.found}`,
    label: () => 'a number or a word',
    explain: `Labels become the names of weights. Their parts are joined by dots.

\`\`\`net
let part = 1.5
net Wrong(x: [8]) { layer.{part}: linear 8->8 }
\`\`\`

\`\`\`net
let part = 1
net Right(x: [8]) { layer.{part}: linear 8->8 }   # layer.1.weight
\`\`\``,
  } satisfies FaultKind<{ found: string }>,
} as const;

function range({ minimum, maximum }: { readonly minimum?: number; readonly maximum?: number }): string {
  if (minimum === undefined) return `at most ${maximum}`;
  return maximum === undefined ? `at least ${minimum}` : `from ${minimum} to ${maximum}`;
}
