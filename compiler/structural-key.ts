/** A text that equal plain data share; unlike JSON it tells all numbers apart. */
export function structuralKey(data: unknown): string {
  return JSON.stringify(data, (_, value) =>
    typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))
      ? `number ${Object.is(value, -0) ? '-0' : value}`
      : value,
  );
}
