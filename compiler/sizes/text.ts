import type { SizeRange, Sizes, SizesChoice, SizesPart } from './sizes.ts';

/** How many choices are written out; the rest is counted. */
const longestList = 6;

const leftOut = {
  ones: 'sizes of 1, which are broadcast,',
  'as many': 'other sizes that have as many numbers together',
};

/** `H and W: 32 to 35; also oblong: H 16 to 19 with W 112 to 115, …` */
export function sizesText(sizes: Sizes): string {
  if (sizes.symbols.length === 0) return 'no size of the inputs is open';
  const impossible = sizes.parts.find(({ choices }) => choices.length === 0);
  const { searchedTo } = sizes;
  if (impossible && searchedTo !== undefined)
    return `${listed(impossible.symbols)}: none up to ${searchedTo}; larger ones were not looked at`;
  if (impossible) return `no ${listed(impossible.symbols)} fits`;
  const how = searchedTo === undefined ? '' : ` (looked at up to ${searchedTo})`;
  const several = sizes.parts.filter(({ choices }) => choices.length > 1);
  const parts = [
    ...alike(sizes.parts.filter((part) => !several.includes(part))),
    ...several.map(({ symbols, choices }) => `${listed(symbols)}: ${shortened(choices.map(choiceText))}`),
  ];
  const tied = sizes.tied.map(({ symbol, text }) => `${symbol} = ${text}`);
  const oblong = sizes.parts.flatMap((part) => part.oblong);
  const also = oblong.length > 0 ? `; also oblong: ${shortened(oblong.map(choiceText))}` : '';
  const out = sizes.leavesOut ? `; ${leftOut[sizes.leavesOut]} are left out` : '';
  const [first, second, ...others] = sizes.symbols;
  const apart = second !== undefined && others.length === 0 && sizes.parts.length === 2;
  const free = apart ? `; ${first} = ${second} is not needed` : '';
  return `${[...parts, ...tied].join(', ')}${also}${free}${out}${how}`;
}

/** `H and W: multiples of 4`; undefined where that is not all there is to say. */
export function rangesOf({ symbols, parts, tied, searchedTo }: Sizes): string | undefined {
  const isSimple = symbols.length > 0 && tied.length === 0 && searchedTo === undefined;
  const areSingle = parts.every(({ choices, oblong }) => choices.length === 1 && oblong.length === 0);
  return isSimple && areSingle ? alike(parts).join(', ') : undefined;
}

/** Symbols of parts with one choice, those with the same sizes together: `H and W: multiples of 4`. */
function alike(parts: readonly SizesPart[]): readonly string[] {
  const names = new Map<string, string[]>();
  for (const { symbols, choices } of parts) {
    for (const name of symbols) {
      const text = rangesText(choices[0]![name]!);
      const same = names.get(text);
      if (same) same.push(name);
      else names.set(text, [name]);
    }
  }
  return [...names].map(([text, each]) => `${listed(each)}: ${text}`);
}

/** `H and W`, `D, H and W` */
function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** `multiples of 4 from 16`, `32 to 35`, `any from 12`, `3 or multiples of 2` */
function rangesText(ranges: readonly SizeRange[]): string {
  const endless = ranges.filter(({ to }) => to === undefined).map(rangeText);
  const ended = ranges.filter(({ to }) => to !== undefined).map(rangeText);
  if (ended.length + endless.length > longestList) return shortened([...ended, ...endless]);
  return [...(ended.length > 0 ? [ended.join(', ')] : []), ...endless].join(' or ');
}

function rangeText({ from, to, step }: SizeRange): string {
  if (to === from) return String(from);
  if (step === 1) {
    if (to !== undefined) return `${from} to ${to}`;
    return from === 1 ? 'any' : `any from ${from}`;
  }
  const start = from % step === 0 ? '' : `, ${from + step}, ${from + 2 * step}, … (steps of ${step})`;
  if (start) return to === undefined ? `${from}${start}` : `${from} to ${to} in steps of ${step}`;
  const multiples = `multiples of ${step}`;
  if (to !== undefined) return `${multiples} from ${from} to ${to}`;
  return from === step ? multiples : `${multiples} from ${from}`;
}

function choiceText(choice: SizesChoice): string {
  return Object.entries(choice)
    .map(([name, ranges]) => `${name} ${rangesText(ranges)}`)
    .join(' with ');
}

function shortened(texts: readonly string[]): string {
  const more = texts.length - longestList;
  return more > 0 ? `${texts.slice(0, longestList).join(', ')} and ${more} more` : texts.join(', ');
}
