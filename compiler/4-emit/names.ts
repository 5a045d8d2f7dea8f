import { reservedWords } from '../reserved-words.ts';

/** What generated code uses by the names that these have anyway. */
const globals =
  'Array DataView Error Float32Array Infinity Int32Array JSON Map Math NaN Number Object RangeError Set TextDecoder Uint8Array'.split(
    ' ',
  );

/**
 * Gives each thing a name of its own: an identifier near to its text that is neither a word of the language nor taken,
 * or near to the second text, if that is so. `conv1.weight` becomes `conv1Weight`.
 */
export function namer(taken: Iterable<string> = []): (text: string, otherwise?: string) => string {
  const used = new Set([...reservedWords, ...globals, ...taken]);
  return (text, otherwise = text) => {
    const first = identifier(text);
    const base = used.has(first) ? identifier(otherwise) : first;
    let name = base;
    for (let count = 2; used.has(name); count++) name = `${base}_${count}`;
    used.add(name);
    return name;
  };
}

function identifier(text: string): string {
  const joined = text
    .replaceAll(/[^\p{ID_Continue}$]+(.)?/gu, (_, next: string | undefined) => next?.toUpperCase() ?? '')
    .replaceAll(/[\u200c\u200d]/g, '');
  return /^[\p{ID_Start}$_]/u.test(joined) ? joined : `_${joined}`;
}
