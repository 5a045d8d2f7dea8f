/** What the page remembers in this browser. A browser may forbid it, and then it remembers nothing. */
export function recall(key: string): string | undefined {
  try {
    return localStorage.getItem(`netc.${key}`) ?? undefined;
  } catch {
    return undefined;
  }
}

export function remember(key: string, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(`netc.${key}`);
    else localStorage.setItem(`netc.${key}`, value);
  } catch {
    // It is only a convenience.
  }
}
