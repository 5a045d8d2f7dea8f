import type { SyntaxCode, SyntaxEvidence } from '../../grammar/fault.ts';
import type { FaultKind } from '../fault.ts';
import { nearest } from '../suggest.ts';

/** Text that is not the language. */
export const syntaxFaults: { readonly [Code in SyntaxCode]: FaultKind<SyntaxEvidence[Code]> } = {
  'syntax/unexpected': {
    severity: 'error',
    message: (e) =>
      e.expected === lineEnd ? `${e.found} means nothing here` : `${e.found} stands where ${e.expected} is expected`,
    label: (e) => (e.expected === lineEnd ? 'the line is complete without it' : `not ${e.expected}`),
    explain: `The text cannot be read from here on. The rest of the file is checked all the same.

\`\`\`net
net Wrong(image: [3, 32, 32]) { conv 3->>6 k5 }
net Right(image: [3, 32, 32]) { conv 3->6 k5 }
\`\`\``,
  },

  'syntax/unclosed': {
    severity: 'error',
    message: (e) => (e.count === 1 ? `\`${e.open}\` is not closed` : `${e.count} opening signs are not closed`),
    label: (e) => (e.count === 1 ? `\`${e.close}\` is missing` : `${e.count} closing signs are missing`),
    explain: `Every \`(\`, \`[\` and \`{\` has its closing sign. Parentheses and brackets are closed on their line; where a brace is
missing, the indentation tells where the body was meant to end.

\`\`\`net
net Wrong(image: [3, 32, 32] { conv 3->6 k5 }
net Right(image: [3, 32, 32]) { conv 3->6 k5 }
\`\`\``,
  },

  'syntax/unopened': {
    severity: 'error',
    message: (e) => `nothing is open that \`${e.close}\` could close`,
    label: () => 'one too many',
    explain: `There is a closing sign without its opening one.

\`\`\`net
net Wrong(image: [3, 32, 32]) { conv 3->6 k5) }
net Right(image: [3, 32, 32]) { conv 3->6 k5 }
\`\`\``,
  },

  'syntax/declaration': {
    severity: 'error',
    message: (e) => {
      const meant = e.instead ?? nearest(e.found, keywords);
      return meant
        ? `\`${e.found}\` begins no declaration; did you mean \`${meant}\`?`
        : `\`${e.found}\` begins no declaration: layers and values stand in the body of a net or a block`;
    },
    label: () => 'import, let, act, block or net',
    explain: `A file is a list of declarations: \`import\`, \`let\`, \`act\`, \`block\` and \`net\`. Layers stand between the braces of a
net or a block.

\`\`\`net
conv 3->6 k5                                       # wrong
net Right(image: [3, 32, 32]) { conv 3->6 k5 }
\`\`\``,
  },

  'syntax/character': {
    severity: 'error',
    message: (e) => `${character(e)} means nothing here`,
    label: (e) => e.name ?? 'unknown',
    explain: `A character that the language does not know; often one that cannot be seen, from a text processor or a web page.
It may stand in comments and strings.

\`\`\`net
net Wrong(image: [3, 32, 32]) { conv 3->6 $k5 }
net Right(image: [3, 32, 32]) { conv 3->6 k5 }
\`\`\``,
  },

  'syntax/string': {
    severity: 'error',
    message: () => 'the string does not end on its line',
    label: () => '`"` is missing',
    explain: `A string stands between two \`"\` on one line; \`\\n\` is a new line in it, and \`\\"\` a quote.

\`\`\`net
import Wrong from "./blocks.net
import Right from "./blocks.net"
\`\`\``,
  },

  'syntax/quotes': {
    severity: 'error',
    message: () => 'strings stand in straight double quotes: `"`',
    explain: `There is one kind of string, between two \`"\`.

\`\`\`net
import Wrong from './blocks.net'
import Right from "./blocks.net"
\`\`\``,
  },

  'syntax/comment': {
    severity: 'error',
    message: (e) => `a comment begins with \`#\`, not with \`${e.mark}\``,
    explain: `A comment goes from \`#\` to the end of its line. \`##\` documents the declaration after it.

\`\`\`net
// wrong
# right
net LeNet(image: [3, 32, 32]) { conv 3->6 k5 }
\`\`\``,
  },

  'syntax/arrow': {
    severity: 'error',
    message: (e) => `the arrow is written \`->\`, not \`${e.written}\``,
    explain: `One arrow serves sizes and results.

\`\`\`net
net Wrong(image: [3, 32, 32]) { conv 3=>6 k5 }
net Right(image: [3, 32, 32]) { conv 3->6 k5 }
\`\`\``,
  },

  'syntax/operator': {
    severity: 'error',
    message: (e) => `\`${e.written}\` is written \`${e.instead}\``,
    explain: `Conditions are joined with \`and\`, \`or\` and \`not\`. A division is rounded down with \`floor(a / b)\`.

\`\`\`net
block Wrong in->out (s=1) { if s == 1 && in == out { relu } }
block Right in->out (s=1) { if s == 1 and in == out { relu } }
\`\`\``,
  },

  'syntax/comma': {
    severity: 'error',
    message: (e) =>
      e.between === 'stages'
        ? 'stages are joined with `|`, not with a comma'
        : 'arguments are parted by blanks, not by commas',
    explain: `Stages follow each other along \`|\` or on lines of their own; arguments follow a layer's name with blanks between
them. Commas part the items of \`( )\` and \`[ ]\`.

\`\`\`net
net Wrong(image: [3, 32, 32]) { conv 3->6, k5, s2 }
net Right(image: [3, 32, 32]) { conv 3->6 k5 s2 | relu }
\`\`\``,
  },

  'syntax/call': {
    severity: 'error',
    message: (e) =>
      e.unknown
        ? `\`${e.layer}\` is no layer or block here${e.instead === undefined ? '' : `: ${e.instead}`}`
        : `\`${e.layer}\` takes its arguments without parentheses: sizes as \`in->out\`, options as \`name=value\``,
    explain: `A layer, a block or an activation is followed by its arguments, with blanks between them. Parentheses call functions
on numbers: \`max(8, c / 4)\`.

\`\`\`net
net Wrong(image: [3, 32, 32]) { conv(3, 6, kernel=5) | relu() }
net Right(image: [3, 32, 32]) { conv 3->6 kernel=5 | relu }
\`\`\``,
  },

  'syntax/assign': {
    severity: 'error',
    message: (e) => `${e.what} is written with \`${e.instead}\`, not with \`${e.written}\``,
    label: (e) => e.instead,
    explain: `\`=\` names a value and sets an option, \`:\` gives a label, a type or a way out, and \`==\` compares.

\`\`\`net
net Wrong(image: [3, 32, 32]) { first: conv 3->6 k:5 }
net Right(image: [3, 32, 32]) { first: conv 3->6 k=5 }
\`\`\``,
  },

  'syntax/annotation': {
    severity: 'error',
    message: (e) => `a parameter has no type: what it is given says what it is, so that \`${e.written}\` goes`,
    label: () => 'no type',
    explain: `A parameter of a block or an activation is a name, with or without a default.

\`\`\`net
block Wrong in->out (k: int = 3) { conv in->out k=k }
block Right in->out (k=3) { conv in->out k=k }
\`\`\``,
  },

  'syntax/negative': {
    severity: 'error',
    message: (e) => `a negative argument stands in parentheses: \`(${e.written})\``,
    explain: `Without them one could not tell an argument from a subtraction. An option needs none.

\`\`\`net
net Wrong(x: [8]) { hardtanh -2 2 }
net Right(x: [8]) { hardtanh (-2) 2 }
net Named(x: [8]) { hardtanh min_val=-2 max_val=2 }
\`\`\``,
  },

  'syntax/number': {
    severity: 'error',
    message: (e) =>
      `\`${e.written}\` is not a number${e.instead === undefined ? '' : `; did you mean \`${e.instead}\`?`}`,
    label: (e) => e.instead ?? 'digits, perhaps a point and an exponent',
    explain: `A number begins and ends with a digit: \`5\`, \`0.1\`, \`1e-5\`. \`3x5\` is a size.

\`\`\`net
net Wrong(x: [8]) { dropout .5 }
net Right(x: [8]) { dropout 0.5 }
\`\`\``,
  },

  'syntax/label': {
    severity: 'error',
    message: (e) => `\`${e.written}\` is not a label: a label is made of names and dots, or it is a string`,
    explain: `A label begins with a name. After a dot there may be a name, a number, or an expression in braces; anything else
that weights may be called stands in quotes.

\`\`\`net
net Wrong(x: [8]) { 0.1: linear 8->4 }
net Right(x: [8]) { "0.1": linear 8->4 }
net Dots(x: [8]) { layers.0: linear 8->4 }
\`\`\``,
  },

  'syntax/nesting': {
    severity: 'error',
    message: (e) => `brackets and operators stand more than ${e.limit} deep in each other`,
    label: () => 'too deep',
    explain: `No net needs it; the limit keeps a broken or a hostile file from taking all memory. Give parts of a long expression
names with \`let\`, and parts of a net a \`block\`.

\`\`\`net
let rest = 3 * 7 + 1
let total = rest + 5
\`\`\``,
  },

  'syntax/size': {
    severity: 'error',
    message: (e) => `the text has ${e.length} characters; ${e.limit} are the most that is read`,
    explain: `A net is text of a few kB. Layers that repeat are written with \`repeat\`, and weights stand in a file of their own.

\`\`\`net
net Deep(x: [8]) { repeat 1000 { linear 8->8 | relu } }
\`\`\``,
  },
};

const lineEnd = 'the end of the line';
const keywords = ['import', 'let', 'act', 'block', 'net'];

function character(evidence: SyntaxEvidence['syntax/character']): string {
  if (evidence.name === undefined) return `\`${evidence.character}\``;
  return evidence.character === '' ? `the character ${evidence.name}` : `${evidence.name}, \`${evidence.character}\`,`;
}
