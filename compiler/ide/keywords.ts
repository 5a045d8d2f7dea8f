/** What the words of the language are for: one sentence, and an example that is right as it stands. */
export interface Keyword {
  readonly does: string;
  readonly example: string;
}

export const keywords: Readonly<Record<string, Keyword>> = {
  net: {
    does: 'Declares a network: its inputs with their shapes, what it gives, and the layers between.',
    example: 'net Small(image: [3, 32, 32]) -> [10] {\n  conv 3->16 k3 | relu\n  globalavgpool\n  linear 16->10\n}',
  },
  block: {
    does: 'Declares a piece of a network with a name, which is called as a layer is and written out where it is called.',
    example:
      'block DoubleConv in->out { conv in->out k3 p1 | relu | conv out->out k3 p1 | relu }\n\nnet Small(image: [3, 32, 32]) { DoubleConv 3->16 }',
  },
  act: {
    does: 'Declares an activation by its formula, on every target.',
    example:
      'act squareplus(x, b = 4) = (x + sqrt(x * x + b)) / 2\n\nnet Small(x: [8]) { linear 8->4 | squareplus b=1 }',
  },
  import: {
    does: 'Makes what another file declares with `let`, `act` and `block` known by the same names.',
    example: 'import DoubleConv, width from "./blocks.net"',
  },
  from: {
    does: 'Stands before the path of the file, which is relative to the one that imports.',
    example: 'import DoubleConv from "./blocks.net"',
  },
  let: {
    does: 'Names a number, a boolean, a string, a size, a list or a layer; at the top of a file or in a body, from its line on.',
    example:
      'let classes = 10\n\nnet Small(x: [8]) -> [classes] {\n  let wide = 2 * classes\n  linear ->wide | relu | linear ->classes\n}',
  },
  learn: {
    does: 'Makes a parameter of an `act` a trained number, which is stored under its name.',
    example: 'act leaky(x, learn weight = 0.25) = x > 0 ? x : weight * x\n\nnet Small(x: [8]) { linear 8->4 | leaky }',
  },
  return: {
    does: 'Names the results of a net where there are several, as its last line.',
    example:
      'net Two(x: [8]) -> (center: [2], spread: [2]) {\n  center = linear 8->2\n  spread = x | linear 8->2 | softplus\n  return center, spread\n}',
  },
  repeat: {
    does: 'Writes its body out several times, one after the other; `as i` counts them from 0.',
    example: 'net Deep(x: [64]) {\n  repeat 3 as i { fc.{i + 1}: linear 64->64 | relu }\n}',
  },
  as: {
    does: 'Names the number of the time in a `repeat`, from 0.',
    example: 'net Deep(x: [64]) {\n  repeat 3 as i { fc.{i}: linear 64->64 | relu }\n}',
  },
  if: {
    does: 'Chooses one of two bodies by a constant while the net is checked; without an `else` the other one does nothing.',
    example: 'let deep = true\n\nnet Chosen(x: [8]) {\n  if deep { linear ->8 | relu } else { relu }\n}',
  },
  else: {
    does: 'Stands before the body that is taken where the condition of the `if` is false.',
    example: 'let deep = true\n\nnet Chosen(x: [8]) {\n  if deep { linear ->8 | relu } else { relu }\n}',
  },
  residual: {
    does: 'Adds what flows into its body to what flows out of it: `residual { … }` is `add {} { … }`.',
    example: 'net Small(image: [8, 16, 16]) {\n  residual { conv 8->8 k3 p1 | relu | conv 8->8 k3 p1 } | relu\n}',
  },
  share: {
    does: 'Uses the weights of an earlier layer or block with the same label once more.',
    example:
      'net Twins(left: [8], right: [8]) {\n  a = left | tower: linear 8->4\n  right | tower: linear 8->4 share | sub a\n}',
  },
  dims: {
    does: 'Is the shape of what flows where it stands: `dims[0]` are the channels that a layer receives.',
    example: 'net Half(image: [8, 16, 16]) {\n  conv ->dims[0] / 2 k1\n}',
  },
  and: {
    does: 'Is true where both sides are.',
    example:
      'block Same in->out (s=1) {\n  x = identity\n  conv in->out k3 p1 s=s\n  if s == 1 and in == out { add x }\n}',
  },
  or: {
    does: 'Is true where one of its sides is, or both.',
    example: 'let deep = true\n\nnet Chosen(x: [8]) {\n  if deep or false { relu }\n}',
  },
  not: {
    does: 'Is true where what follows is false.',
    example: 'let deep = true\n\nnet Chosen(x: [8]) {\n  if not deep { relu } else { linear ->8 }\n}',
  },
};

/** The word of the language; a name that another language gives a meaning is none. */
export function keywordOf(word: string): Keyword | undefined {
  return Object.hasOwn(keywords, word) ? keywords[word] : undefined;
}
