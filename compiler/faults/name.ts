import type { FaultKind } from '../fault.ts';

/** Names that stand for nothing, or for two things. */
export const nameFaults = {
  'name/unknown': {
    severity: 'error',
    message: (e) => `there is no ${e.what} \`${e.name}\`${e.instead ? `: ${e.instead}` : meant(e.nearest)}`,
    label: (e) => (e.nearest ? `${e.nearest}?` : 'unknown'),
    explain: `Layers, activations and blocks are known by name, everywhere; values and constants where they have been named
before, within the same braces.

\`\`\`net
net Wrong(image: [3, 32, 32]) { cnov ->6 k5 }
net Right(image: [3, 32, 32]) { conv ->6 k5 }
\`\`\``,
  } satisfies FaultKind<{ what: string; name: string; nearest?: string; instead?: string }>,

  'name/option': {
    severity: 'error',
    message: (e) => `\`${e.layer}\` has no option \`${e.option}\`${e.instead ? `: ${e.instead}` : meant(e.nearest)}`,
    label: (e) => (e.nearest ? `${e.nearest}?` : optionList(e.options)),
    explain: `\`netc explain conv\` lists the options of a layer. Those of other frameworks are often spelt differently: sizes are
written \`3->6\`, and \`kernel_size\` is \`kernel\`, or \`k\` for short.

\`\`\`net
net Wrong(image: [3, 32, 32]) { conv ->6 kernal=5 }
net Right(image: [3, 32, 32]) { conv ->6 kernel=5 }
net Short(image: [3, 32, 32]) { conv ->6 k5 }
\`\`\``,
  } satisfies FaultKind<{
    layer: string;
    option: string;
    options: readonly string[];
    nearest?: string;
    instead?: string;
  }>,

  'name/duplicate': {
    severity: 'error',
    message: (e) => `\`${e.name}\` is already ${e.what}`,
    label: () => 'again',
    explain: `A name means one thing in a file, and one thing in a body and in the braces within it, so that nobody has to look up
which one is meant.

\`\`\`net
net Wrong(x: [8]) {
  a = relu
  a = tanh
  add a
}
net Right(x: [8]) {
  a = relu
  b = tanh
  add a b
}
\`\`\``,
  } satisfies FaultKind<{ name: string; what: string }>,

  'name/taken': {
    severity: 'error',
    message: (e) => `a value cannot be called \`${e.name}\`: that is the name of ${e.what}`,
    label: () => 'another name',
    explain: `A line that starts with the name of a value goes on from it, and one that starts with the name of a layer applies
it. So a value cannot have the name of a layer, an activation or a block.

\`\`\`net
net Wrong(x: [8]) {
  relu = tanh
  add x
}
net Right(x: [8]) {
  bent = tanh
  add x
}
\`\`\``,
  } satisfies FaultKind<{ name: string; what: string }>,

  'name/shadow': {
    severity: 'hint',
    message: (e) => `this ${e.what} takes the place of the built-in \`${e.name}\` in this file`,
    explain: `A file's own activations and blocks come before the built-in ones of the same name. That is allowed; where it was
not meant, another name avoids it.

\`\`\`net
act swish(x, beta = 1) = x * sigmoid(beta * x)   # the built-in swish has no beta
net Right(x: [8]) { swish beta=2 }
\`\`\``,
  } satisfies FaultKind<{ name: string; what: string }>,

  'name/cycle': {
    severity: 'error',
    message: (e) => `${e.names.map((name) => `\`${name}\``).join(' needs ')}: the definition goes in a circle`,
    label: () => 'goes in a circle',
    explain: `What a \`let\`, an \`act\` or a \`block\` stands for must not depend on itself: a block is written out where it is called, which
would have no end.

\`\`\`net
let wrong = also + 1
let also = wrong * 2
net Wrong(x: [8]) { linear ->also }
\`\`\`

\`\`\`net
let width = 16
let double = width * 2
net Right(x: [8]) { linear ->double }
\`\`\``,
  } satisfies FaultKind<{ names: readonly string[] }>,

  'name/label': {
    severity: 'error',
    message: (e) =>
      e.repeated
        ? `the path \`${e.path}\` is taken when this is repeated: number the label, as in \`fc.{i}\`, or label the \`repeat\``
        : `the path \`${e.path}\` is taken: each layer has its own. To use the same weights again on purpose, write \`share\``,
    label: (e) => (e.repeated ? 'each time the same' : 'again'),
    explain: `A label is the path under which a layer keeps its weights (\`conv1.weight\`), so it stands once. Where two places
shall have the same weights, the second one says \`share\`. Within a \`repeat\` the label has a number in it: \`repeat 3 as i
{ fc.{i}: linear 8->8 }\`, or stands before the \`repeat\`, which numbers what is in it: \`fc: repeat 3 { linear 8->8 }\`.

\`\`\`net
net Wrong(x: [8]) {
  fc: linear 8->8 | relu
  fc: linear 8->8
}
net Right(x: [8]) {
  fc1: linear 8->8 | relu
  fc2: linear 8->8
}
\`\`\``,
  } satisfies FaultKind<{ path: string; repeated?: boolean }>,

  'name/setting': {
    severity: 'error',
    message: (e) => `\`${e.file}\` has no ${e.what} \`${e.name}\`${meant(e.nearest)}`,
    explain: `\`--set\` gives another value to a \`let\` at the top of the file, \`--dim\` a number to a symbolic size of an input.

\`\`\`net
let classes = 10                                    # netc check … --set classes=1000
net Right(image: [3, H, W]) -> [classes] {          # netc check … --dim H=224 --dim W=224
  globalavgpool | linear ->classes
}
\`\`\``,
  } satisfies FaultKind<{ file: string; what: 'let' | 'symbolic size'; name: string; nearest?: string }>,

  'name/result': {
    severity: 'error',
    message: (e) => `\`${e.name}\` is returned, but the net is declared to give ${list(e.declared)}${meant(e.nearest)}`,
    label: (e) => (e.nearest ? `${e.nearest}?` : 'not declared'),
    explain: `Results go by name: what is returned bears the names of the declared results.

\`\`\`net
net Wrong(x: [8]) -> (score: [1]) {
  result = linear ->1
  return result
}
net Right(x: [8]) -> (score: [1]) {
  score = linear ->1
  return score
}
\`\`\``,
  } satisfies FaultKind<{ name: string; declared: readonly string[]; nearest?: string }>,
} as const;

function meant(nearest: string | undefined): string {
  return nearest ? `; did you mean \`${nearest}\`?` : '';
}

function optionList(options: readonly string[]): string {
  return options.length === 0 ? 'it has none' : options.join(', ');
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(' and ');
}
