import { expect } from 'chai';
import { parse } from '../../grammar/parse.ts';
import { format } from '../../grammar/print.ts';
import { examples } from './examples.ts';
import { inNet, normalized } from './support.ts';

const formatted = (text: string) => format({ name: 'test.net', text }).value;
const tree = (text: string) => normalized(parse({ name: 'test.net', text }).value);

/** Files before and after. */
const files: readonly (readonly [before: string, after: string])[] = [
  ['', ''],
  ['\n\n', ''],
  ['# a', '# a\n'],
  ['\n\n# a\n\n\n\n## b\nlet  a=1\n\n\n\nlet b = 2 ;let c = 3\n\n', '# a\n\n## b\nlet a = 1\n\nlet b = 2\nlet c = 3\n'],
  ['import  A,B from"./a.net"', 'import A, B from "./a.net"\n'],
  [
    'act f ( x,slope=0.1,learn  w=-2 )=x>0?x:-slope*x',
    'act f(x, slope = 0.1, learn w = -2) = x > 0 ? x : -slope * x\n',
  ],
  ['block A in -> out(k = 3,s){relu}', 'block A in->out (k=3, s) { relu }\n'],
  ['block A c(act = {relu}){\n}', 'block A c (act={ relu }) {}\n'],
  ['block A(k) { relu }', 'block A (k) { relu }\n'],
  ['net A ( x : i32 [ 3,4 ],y:[ ] )->[1]{}', 'net A(x: i32[3, 4], y: []) -> [1] {}\n'],
  ['net A(x: [3])\n  -> (a: [1], b: f32 [2])\n{\n  relu }', 'net A(x: [3]) -> (a: [1], b: f32[2]) {\n  relu\n}\n'],
  ['net A(x: [3]) { relu\n  tanh }', 'net A(x: [3]) {\n  relu\n  tanh\n}\n'],
  ['net A(\n x: [3],\n   y: [4]\n) { relu }', 'net A(\n  x: [3],\n  y: [4]\n) { relu }\n'],
  ['net A(x: [3]) {\r\n\trelu\r\n}\r\n', 'net A(x: [3]) {\r\n  relu\r\n}\r\n'],
  ['net A(x: [3]) {\n\trelu\r\n}\r\n', 'net A(x: [3]) {\n  relu\n}\n'],
  ['\ufefflet a = 1', 'let a = 1\n'],
  ['let a = [ 1,2 ][0]', 'let a = [1, 2][0]\n'],
  ['let a=not(b)and c', 'let a = not (b) and c\n'],
  ['let a = f( x,k = -1 )%2', 'let a = f(x, k=-1) % 2\n'],
  ['let a = "x  y" + 1e-5 + 2.50', 'let a = "x  y" + 1e-5 + 2.50\n'],
];

/** Lines of a body before and after. */
const lines: readonly (readonly [before: string, after: string])[] = [
  ['conv   3 -> 6|relu', 'conv 3->6 | relu'],
  ['conv in+1 -> 2*out', 'conv in + 1->2 * out'],
  ['linear   -> 10', 'linear ->10'],
  ['conv 3->   k5', 'conv 3-> k5'],
  ['linear ->- c', 'linear ->-c'],
  // Options after sizes, where nothing else changes
  ['conv k5 bias=false 3->6', 'conv 3->6 k5 bias=false'],
  ['conv { relu } ->6', 'conv ->6 { relu }'],
  ['conv 2 3->', 'conv 2 3->'],
  // Short forms
  ['conv k=5 s = 2x1 3->6', 'conv 3->6 k5 s2x1'],
  ['conv k=5 ->6', 'conv ->6 k5'],
  ['conv kernel = 5 k=n p=0.5 d=1e3', 'conv kernel=5 k=n p=0.5 d=1e3'],
  ['let k5 = 3; conv k=5', 'let k5 = 3\n  conv k=5'],
  ['f g(k=1) k=1', 'f g(k=1) k1'],
  // Labels and values
  ['a.0.{ i+1 } :relu', 'a.0.{i + 1}: relu'],
  ['layer_{ i+1 }:relu', 'layer_{i + 1}: relu'],
  ['"0.1":relu', '"0.1": relu'],
  ['x=relu', 'x = relu'],
  ['param[ 3,4 ]  init = normal( 0.02 )', 'param [3, 4] init=normal(0.02)'],
  ['return  a,b', 'return a, b'],
  // Braces
  ['mul{ }{relu;tanh}', 'mul {} { relu; tanh }'],
  ['repeat 2*n as i{relu}', 'repeat 2 * n as i { relu }'],
  ['if a==b{x}\n  else  if c { y }\n\n  else { }', 'if a == b { x } else if c { y } else {}'],
  ['add { relu\n}', 'add {\n    relu\n  }'],
  ['relu;; tanh', 'relu\n  tanh'],
  // Lines stay broken, with the bar in front
  ['conv 3->6 |\n relu\n | tanh', 'conv 3->6\n    | relu\n    | tanh'],
  ['x =\n relu', 'x =\n    relu'],
  ['let a = b+\n c', 'let a = b +\n    c'],
  ['conv p=[1,\n2,\n3]', 'conv p=[1,\n    2,\n    3]'],
  ['relu\n| conv p=[\n1,\n2\n] k5', 'relu\n    | conv p=[\n      1,\n      2\n    ] k5'],
  // Comments stay where they are
  ['relu# a\n #  b\n\n\n # c\n tanh', 'relu  # a\n  #  b\n\n  # c\n  tanh'],
  ['relu | # a\n tanh # b', 'relu  # a\n    | tanh  # b'],
  ['add {# a\n\n # b\n relu\n\n # c\n\n}', 'add {  # a\n    # b\n    relu\n\n    # c\n  }'],
  ['add {\n # a\n}', 'add {\n    # a\n  }'],
  ['conv p=[1, # a\n # b\n2]', 'conv p=[1,  # a\n    # b\n    2]'],
  ['if a { x } # a\n else { y }', 'if a { x }  # a\n  else { y }'],
  ['conv k=5 p=[1, # a\n 2] 3->6', 'conv k5 p=[1,  # a\n    2] 3->6'],
];

describe('the formatter', () => {
  for (const [before, after] of files) check(before, after);
  for (const [before, after] of lines) check(inNet(before), inNet(after));
  for (const [index, text] of examples.entries()) {
    it(`keeps the meaning of example ${index + 1}, and is content with the result`, () => {
      expect(tree(formatted(text))).to.deep.equal(tree(text));
      expect(formatted(formatted(text))).to.equal(formatted(text));
    });
  }

  function check(before: string, after: string): void {
    it(`makes ${JSON.stringify(after)} of ${JSON.stringify(before)}`, () => {
      expect(format({ name: 'test.net', text: before })).to.deep.equal({ value: after, faults: [] });
      expect(formatted(after)).to.equal(after);
      expect(tree(after)).to.deep.equal(tree(before));
    });
  }

  it('gives a text with mistakes back as it is, with its faults', () => {
    const text = 'net A(x: [3])   { conv 3=>6 }';
    const { value, faults } = format({ name: 'test.net', text });
    expect(value).to.equal(text);
    expect(faults.map((fault) => fault.code)).to.deep.equal(['syntax/arrow']);
  });
});
