/** A safetensors file of this header, as an object, as text or as bytes, and this data. */
export function safetensors(header: unknown, data: ArrayBuffer | Uint8Array = new Uint8Array()): Uint8Array {
  const text =
    header instanceof Uint8Array
      ? header
      : new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = data instanceof Uint8Array ? data : new Uint8Array(data);
  const file = new Uint8Array(8 + text.length + bytes.length);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  file.set(bytes, 8 + text.length);
  return file;
}
