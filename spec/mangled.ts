import fc from 'fast-check';

/** Texts as nobody means them, to see that netc has an answer to each. */

const words =
  'net block act import from as learn let return repeat if else and or not true false conv x k5 k3x5 in out'.split(' ');
const signs = [...'()[]{}|:,.?=<>+-*/%;!&\'"#`$\\~^@\n\n\n\r\t \0\ufffd\ud800×–'];
const others = [
  '->',
  '==',
  '!=',
  '<=',
  '>=',
  '&&',
  '||',
  '//',
  '/*',
  '*/',
  '=>',
  '3',
  '0.5',
  '.5',
  '3.',
  '3x5',
  '3abc',
  '1e-5',
];
const more = [
  '"a"',
  '"a',
  "'a'",
  '# c\n',
  '## d\n',
  'k=5',
  '3->6',
  ' 3 -> 6 ',
  'a.{i}.0: ',
  'conv(3, 6)',
  '{ relu }',
  ' -1',
];
export const pieces = [...words.map((word) => ` ${word} `), ...signs, ...others, ...more];

/** A file in which some ranges are deleted, doubled, or replaced by other pieces. */
export const mangled = (texts: readonly string[]) =>
  fc
    .tuple(
      fc.constantFrom(...texts),
      fc.array(
        fc.record({
          at: fc.double({ min: 0, max: 1, noNaN: true }),
          length: fc.nat(12),
          put: fc.constantFrom('', ...pieces),
        }),
        { minLength: 1, maxLength: 6 },
      ),
    )
    .map(([text, changes]) =>
      changes.reduce((current, { at, length, put }) => {
        const start = Math.floor(at * current.length);
        return current.slice(0, start) + put + current.slice(start + length);
      }, text),
    );
