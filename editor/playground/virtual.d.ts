/** Modules that `scripts/playground.ts` makes when the page is built. */

/** The table of the lexer's tokens. */
declare module 'netc:tokens' {
  export const rows: readonly import('./editor/rows.ts').HighlightRow[];
}

/** The texts of `examples/`, by their names there. */
declare module 'netc:examples' {
  export const texts: Readonly<Record<string, string>>;
}

/** Some digits that the network was not trained on: 28×28 bytes for each, in base64. */
declare module 'netc:samples' {
  export const samples: readonly { readonly label: number; readonly image: string }[];
}

/** `examples/digits.net` as netc compiles it. */
declare module 'netc:digits' {
  export const load: typeof import('../../examples/generated/digits.ts').load;
}

/** The same net with what each of its layers gives as a result. */
declare module 'netc:digits/stages' {
  /** The layers whose results these are, as one would write them, in the same order. */
  export const layers: readonly string[];
  export const metadata: { readonly outputs: readonly { readonly name: string; readonly shape: readonly number[] }[] };
  export function load(weights: Uint8Array): { run(image: Float32Array): Readonly<Record<string, Float32Array>> };
}

declare module '*.css' {}

declare module '*.safetensors' {
  /** Where the file is, relative to the script. */
  const path: string;
  export default path;
}
