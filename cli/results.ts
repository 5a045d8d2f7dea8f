import { table } from './table.ts';

/** One output of a run, for all items. */
export interface Result {
  readonly name: string;
  /** Of one item. */
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Results for people, or as JSON: `{batch, outputs: [{name, shape, values} or {name, shape, top}]}`. */
export function resultsText(
  results: readonly Result[],
  batch: number,
  { json, top }: { readonly json?: true; readonly top?: number },
): string {
  if (json) return JSON.stringify({ batch, outputs: results.map((result) => resultJson(result, batch, top)) });
  return results.map((result) => resultText(result, batch, top, results.length > 1)).join('\n\n');
}

/** A place of a result, and what stands there. */
interface Ranked {
  readonly index: number | readonly number[];
  readonly value: number;
}

function resultJson({ name, shape, data }: Result, batch: number, top: number | undefined) {
  const items = itemsOf(data, batch);
  // JSON has no infinities: what is not finite is text.
  const plain = (value: number) => (Number.isFinite(value) ? value : String(value));
  return top === undefined
    ? { name, shape: [batch, ...shape], values: items.map((item) => [...item].map(plain)) }
    : {
        name,
        shape: [batch, ...shape],
        top: items.map((item) => largest(item, shape, top).map(({ index, value }) => ({ index, value: plain(value) }))),
      };
}

function resultText({ name, shape, data }: Result, batch: number, top: number | undefined, several: boolean): string {
  const items = itemsOf(data, batch);
  const title = several ? `${name} [${[batch, ...shape].join(', ')}]\n` : '';
  const number = (index: number) => (batch > 1 ? `item ${index}\n` : '');
  const texts = items.map((item, index) => {
    if (top === undefined) return `${number(index)}${valuesText(item)}`;
    const percent = isDistribution(item);
    const rows = largest(item, shape, top).map((each) => [
      typeof each.index === 'number' ? String(each.index) : `[${each.index.join(', ')}]`,
      percent ? `${(100 * each.value).toFixed(2)} %` : significant(each.value),
    ]);
    const columns = [
      { title: 'index', align: 'right' },
      { title: percent ? 'probability' : 'value', align: 'right' },
    ] as const;
    return `${number(index)}${table(columns, rows)}`;
  });
  return `${title}${texts.join(batch > 1 ? '\n\n' : '\n')}`;
}

/** More numbers than this are for files. */
const mostValues = 100;

function valuesText(item: Float32Array): string {
  const shown = [...item.subarray(0, mostValues)].map(significant);
  const width = Math.max(0, ...shown.map((text) => text.length));
  const lines: string[] = [];
  for (let at = 0; at < shown.length; at += 10) {
    lines.push(
      shown
        .slice(at, at + 10)
        .map((text) => text.padStart(width))
        .join(' '),
    );
  }
  const rest = item.length - shown.length;
  return [...lines, ...(rest > 0 ? [`… and ${rest} more; --output writes all to a file`] : [])].join('\n');
}

function largest(item: Float32Array, shape: readonly number[], top: number): readonly Ranked[] {
  const order = [...item.keys()].sort((left, right) => item[right]! - item[left]! || left - right);
  return order
    .slice(0, top)
    .map((index) => ({ index: shape.length === 1 ? index : coordinates(index, shape), value: item[index]! }));
}

function coordinates(index: number, shape: readonly number[]): readonly number[] {
  const result: number[] = [];
  let rest = index;
  for (const size of [...shape].reverse()) {
    result.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return result;
}

/** Numbers from 0 on whose sum is 1, as softmax gives them. */
function isDistribution(item: Float32Array): boolean {
  return (
    item.length > 1 &&
    item.every((value) => value >= 0) &&
    Math.abs(item.reduce((sum, value) => sum + value, 0) - 1) < 1e-3
  );
}

function itemsOf(data: Float32Array, batch: number): readonly Float32Array[] {
  const size = data.length / batch;
  return Array.from({ length: batch }, (_, index) => data.subarray(index * size, (index + 1) * size));
}

/** Six digits are what a float32 holds for sure. */
function significant(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(6))) : String(value);
}
