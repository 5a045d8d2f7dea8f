import path from '../../../examples/digits.safetensors';

/** The weights of `examples/digits.net`, a file beside the scripts. */
export async function loadWeights(): Promise<Uint8Array> {
  const response = await fetch(new URL(path, import.meta.url));
  if (!response.ok) throw new Error(`the weights of the network cannot be loaded: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
