/** What a model takes under one name. */
export interface InputInfo {
  readonly name: string;
  /** For one item, without the batch. */
  readonly shape: readonly number[];
}

/** Throws a `RangeError` unless these are the numbers of so many items. */
export function checkInput({ name, shape }: InputInfo, values: ArrayLike<number> | undefined, batch: number): void {
  if (!Number.isInteger(batch) || batch < 1) throw new RangeError(`the batch is ${batch}, but must be 1, 2, 3, …`);
  const expected = shape.reduce((product, size) => product * size, batch);
  if (values?.length === expected) return;
  const found = `the input "${name}" has ${values?.length ?? 'no'} numbers`;
  const items = batch === 1 ? 'one item' : `a batch of ${batch} items`;
  throw new RangeError(`${found}, but ${items} of shape [${shape.join(', ')}] has ${expected}`);
}
