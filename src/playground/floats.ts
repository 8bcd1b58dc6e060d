// By hand and not by Buffer, which a page lacks; with a DataView, so that no machine's byte order shows.

/** 32-bit floats as text: little-endian, in base64. */
export function packFloats(values: Float32Array): string {
  const view = new DataView(new ArrayBuffer(values.length * 4));
  values.forEach((value, i) => view.setFloat32(i * 4, value, true));
  let text = '';
  for (let at = 0; at < view.byteLength; at++) text += String.fromCharCode(view.getUint8(at));
  return btoa(text);
}

/** The counterpart of `packFloats`. */
export function unpackFloats(base64: string): Float32Array {
  const text = atob(base64);
  const view = new DataView(new ArrayBuffer(text.length));
  for (let at = 0; at < text.length; at++) view.setUint8(at, text.charCodeAt(at));
  return Float32Array.from({ length: text.length / 4 }, (_, i) => view.getFloat32(i * 4, true));
}
