import type { SizeRange, Sizes, SizesChoice } from './sizes.ts';

/** How many choices are written out; the rest is counted. */
const longestList = 6;

/** `H: 32 to 35, W: 32 to 35; also oblong: H 16 to 19 with W 112 to 115, …` */
export function sizesText(sizes: Sizes): string {
  if (sizes.symbols.length === 0) return 'no size of the inputs is open';
  const impossible = sizes.parts.find(({ choices }) => choices.length === 0);
  const how = sizes.searchedTo === undefined ? '' : ` (looked at up to ${sizes.searchedTo})`;
  if (impossible) return `no ${impossible.symbols.join(' and ')} fits${how}`;
  const parts = sizes.parts.map(({ symbols, choices }) => {
    const [only, ...others] = choices;
    return others.length === 0
      ? symbols.map((name) => `${name}: ${rangesText(only![name]!)}`).join(', ')
      : `${symbols.join(' and ')}: ${shortened(choices.map(choiceText))}`;
  });
  const tied = sizes.tied.map(({ symbol, text }) => `${symbol} = ${text}`);
  const oblong = sizes.parts.flatMap((part) => part.oblong);
  const also = oblong.length > 0 ? `; also oblong: ${shortened(oblong.map(choiceText))}` : '';
  const ones = sizes.equalOnly ? '; sizes of 1, which are broadcast, are left out' : '';
  const [first, second, ...others] = sizes.symbols;
  const apart = second !== undefined && others.length === 0 && sizes.parts.length === 2;
  const free = apart ? `; ${first} = ${second} is not needed` : '';
  return `${[...parts, ...tied].join(', ')}${also}${free}${ones}${how}`;
}

/** `multiples of 4 from 16`, `32 to 35`, `any from 12` */
function rangesText(ranges: readonly SizeRange[]): string {
  return shortened(ranges.map(rangeText));
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
