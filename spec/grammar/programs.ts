import fc from 'fast-check';

/** Programs that the grammar takes, made of every construct: what they mean is of no interest. */

/** How deep parts may stand in parts. */
const depth = fc.createDepthIdentifier();
const deep = { maxDepth: 3, depthIdentifier: depth, withCrossShrink: true };

const name = fc.constantFrom('x', 'skip', 'conv', 'relu', 'Block', 'act', 'net', 'k5', 'a1', 'leaky_relu', 'i', 'c');
const number = fc.constantFrom('0', '1', '3', '16', '0.5', '1e-5', '2.50', '1E6');
const text = fc.constantFrom('"a"', '"./sizes.net"', '"0.1"', '"ä \\" b"');
const binary = fc.constantFrom('+', '-', '*', '/', '%', '==', '!=', '<', '<=', '>', '>=', 'and', 'or');

const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    deep,
    number,
    name,
    text,
    fc.constantFrom('true', 'false', '3x5', 'dims[0]'),
    fc.tuple(tie('expression'), binary, tie('expression')).map(([left, sign, right]) => `(${left}) ${sign} (${right})`),
    fc
      .tuple(name, binary, number, binary, name)
      .map(([a, first, b, second, c]) =>
        isComparison(first) && isComparison(second) ? `${a} + ${b}` : `${a} ${first} ${b} ${second} ${c}`,
      ),
    tie('expression').map((inner) => `not (${inner})`),
    tie('expression').map((inner) => `-(${inner})`),
    fc
      .tuple(tie('expression'), tie('expression'), tie('expression'))
      .map(([condition, then, otherwise]) => `(${condition}) ? (${then}) : (${otherwise})`),
    fc
      .tuple(fc.constantFrom('max', 'floor', 'relu'), fc.array(tie('expression'), { minLength: 1, maxLength: 3 }))
      .map(([callee, args]) => `${callee}(${args.join(', ')})`),
    fc.array(tie('expression'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    fc.tuple(name, tie('expression')).map(([list, index]) => `${list}[${index}]`),
  ),
}));

/** A side of an arrow, or an argument without a name, which binds more tightly. */
const atom = fc.oneof(
  number,
  name,
  expression.map((inner) => `(${inner})`),
);

const label = fc.oneof(
  fc.constantFrom('fc', 'features.0', 'layer1.0.conv1', '"0.1"'),
  expression.map((inner) => `features.{${inner}}.conv`),
);

const type = fc
  .tuple(fc.constantFrom('', 'i32'), fc.array(fc.oneof(fc.constantFrom('3', 'H', 'N'), expression), { maxLength: 3 }))
  .map(([element, dims]) => `${element}[${dims.join(', ')}]`);

const { body } = fc.letrec<{ body: string; stage: string; line: string; call: string }>((tie) => ({
  body: fc
    .array(tie('line'), { maxLength: 3 })
    .chain((lines) => fc.constantFrom(`{ ${lines.join('; ')} }`, `{\n${lines.join('\n')}\n}`)),
  line: fc.oneof(
    deep,
    fc
      .tuple(fc.option(name), fc.array(tie('stage'), { minLength: 1, maxLength: 3 }))
      .map(([value, stages]) => `${value === null ? '' : `${value} = `}${stages.join(' | ')}`),
    fc.tuple(name, expression).map(([constant, value]) => `let ${constant} = ${value}`),
  ),
  stage: fc.oneof(
    deep,
    fc.tuple(fc.option(label), tie('call')).map(([path, call]) => `${path === null ? '' : `${path}: `}${call}`),
    tie('body'),
    fc.tuple(expression, fc.option(name), tie('body')).map(([count, index, lines]) => {
      return `repeat (${count})${index === null ? '' : ` as ${index}`} ${lines}`;
    }),
    fc
      .tuple(expression, tie('body'), fc.option(tie('body')))
      .map(
        ([condition, then, otherwise]) => `if (${condition}) ${then}${otherwise === null ? '' : ` else ${otherwise}`}`,
      ),
  ),
  call: fc
    .tuple(
      name,
      fc.option(fc.tuple(fc.option(atom), fc.option(atom))),
      fc.array(
        fc.oneof(
          deep,
          atom,
          fc.tuple(name, atom).map(([option, value]) => `${option}=${value}`),
          fc.tuple(name, tie('body')).map(([option, lines]) => `${option}=${lines}`),
          tie('body'),
        ),
        { maxLength: 3 },
      ),
    )
    .map(([callee, sizes, args]) => {
      const arrow = sizes && (sizes[0] !== null || sizes[1] !== null) ? [`${sizes[0] ?? ''}->${sizes[1] ?? ''}`] : [];
      return [callee, ...arrow, ...args].join(' ');
    }),
}));

const parameter = fc
  .tuple(
    name,
    fc.option(
      fc.oneof(
        expression.map((value) => `(${value})`),
        body,
      ),
    ),
  )
  .map(([parameter, value]) => `${parameter}${value === null ? '' : `=${value}`}`);

const declaration = fc.oneof(
  fc.tuple(name, name).map(([first, second]) => `import ${first}, ${second} from "./file.net"`),
  fc.tuple(name, expression).map(([constant, value]) => `let ${constant} = ${value}`),
  fc.tuple(name, name, expression).map(([act, variable, value]) => `act ${act}(${variable}, learn w = 0.5) = ${value}`),
  fc
    .tuple(name, fc.constantFrom('', ' in->out', ' c'), fc.array(parameter, { maxLength: 3 }), body)
    .map(([block, sizes, parameters, lines]) => {
      return `block ${block}${sizes}${parameters.length === 0 ? '' : ` (${parameters.join(', ')})`} ${lines}`;
    }),
  fc
    .tuple(name, fc.array(fc.tuple(name, type), { maxLength: 2 }), fc.option(type), body)
    .map(([net, inputs, result, lines]) => {
      const takes = inputs.map(([input, shape]) => `${input}: ${shape}`).join(', ');
      return `net ${net}(${takes})${result === null ? '' : ` -> ${result}`} ${lines}`;
    }),
);

/** Whole files. */
export const programs = fc
  .array(fc.tuple(fc.constantFrom('', '## What it is for.\n', '# A remark.\n'), declaration), {
    minLength: 1,
    maxLength: 4,
  })
  .map((all) => all.map(([remark, declared]) => `${remark}${declared}\n`).join('\n'));

function isComparison(sign: string): boolean {
  return ['==', '!=', '<', '<=', '>', '>='].includes(sign);
}
