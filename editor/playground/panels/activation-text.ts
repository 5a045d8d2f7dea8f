/** What somebody typed to see an activation: a text that declares it, and how it is called; no text for a built-in one. */
export interface ActivationText {
  readonly text: string;
  readonly activation: string;
}

/**
 * Reads what was typed as an activation: a name, as it would be called (`leaky_relu slope=0.2`); a formula of x
 * (`x * sigmoid(2 * x)`); or a whole declaration (`act f(x, a = 2) = a * x`).
 */
export function activationText(typed: string): ActivationText | undefined {
  const words = typed.trim();
  if (words === '') return undefined;
  const declared = /^act\s+(\w+)/.exec(words)?.[1];
  if (declared !== undefined) return { text: words, activation: declared };
  // A call is a name and perhaps options; everything else that has a sign of a formula is one.
  if (/^[A-Za-z_]\w*(\s+(\w+\s*=\s*)?-?[\w.]+)*$/.test(words) && words !== 'x') return { text: '', activation: words };
  return { text: `act f(x) = ${words}`, activation: 'f' };
}

/** The names of the activations that a text declares. */
export function declaredIn(text: string): readonly string[] {
  return [...text.matchAll(/^act[ \t]+(\w+)/gm)].map(([, name]) => name!);
}
