import { damaged, shapeText } from './damaged';
import { npyHeader } from './npyHeader';
import { readPickle, type Sequences } from './readPickle';

/** An array of numbers or strings, flat in row-major order. */
export interface NpyArray<T> {
  /** NumPy's type string, e.g. `<f8`. */
  descr: string;
  shape: number[];
  values: T[];
}

/** Any array that these files hold. */
export type NpyContent =
  | ({ kind: 'numbers' } & NpyArray<number>)
  | ({ kind: 'strings' } & NpyArray<string>)
  | { kind: 'sequences'; sequences: Sequences };

/**
 * Read an npy file: whole numbers, floats, booleans (as 0 and 1) and strings of fixed length, either byte order,
 * C or Fortran order; object arrays only of lists of whole numbers (see `readPickle`).
 *
 * @param file The name of the file for error messages.
 * @throws Error for a damaged file, another type (complex numbers, dates, records, …), whole numbers beyond ±2^53.
 */
export function readNpy(bytes: Buffer, file: string): NpyContent {
  const { descr, fortranOrder, shape, dataStart } = npyHeader(bytes, file);
  const data = bytes.subarray(dataStart);
  if (descr === '|O' || descr === 'O') {
    if (shape.length !== 1) {
      throw damaged(file, 'an object array with one axis', `shape ${shapeText(shape)}`);
    }
    return { kind: 'sequences', sequences: readPickle(data, shape[0]!, file) };
  }
  const type = /^([<>|=]?)([biufSU])(\d{1,9})$/.exec(descr);
  const reader = type === null ? undefined : elementReader(type[2]!, Number(type[3]), type[1] === '>');
  if (reader === undefined) {
    throw damaged(
      file,
      'whole numbers, floats, booleans or strings',
      `type ${JSON.stringify(descr.slice(0, 40))}`,
    );
  }
  const count = shape.reduce((product, n) => product * n, 1);
  if (count * reader.size !== data.length) {
    throw damaged(
      file,
      `${count * reader.size} bytes of data for shape ${shapeText(shape)} of ${descr}`,
      `${data.length}`,
    );
  }
  // Entries of no width take no bytes, so that the length says nothing about their number.
  if (reader.size === 0 && count > 2 ** 20) throw damaged(file, 'strings of some width', `${count} of none`);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (reader.kind === 'strings') {
    const strings = reader.read;
    return {
      kind: 'strings',
      descr,
      shape,
      values: inOrder(count, shape, fortranOrder, i => strings(view, i * reader.size)),
    };
  }
  const numbers = reader.read;
  const read = (i: number): number => {
    const value = numbers(view, i * reader.size);
    if (reader.whole && !Number.isSafeInteger(value)) {
      throw damaged(file, 'whole numbers within ±2^53', `${value}`);
    }
    return value;
  };
  return { kind: 'numbers', descr, shape, values: inOrder(count, shape, fortranOrder, read) };
}

type ElementReader =
  | { kind: 'numbers'; size: number; whole: boolean; read: (view: DataView, at: number) => number }
  | { kind: 'strings'; size: number; read: (view: DataView, at: number) => string };

function elementReader(type: string, size: number, big: boolean): ElementReader | undefined {
  const little = !big;
  const numbers = (read: (view: DataView, at: number) => number, whole = true): ElementReader => ({
    kind: 'numbers',
    size,
    whole,
    read,
  });
  switch (type + String(size)) {
    case 'b1':
      return numbers((view, at) => (view.getUint8(at) === 0 ? 0 : 1));
    case 'i1':
      return numbers((view, at) => view.getInt8(at));
    case 'u1':
      return numbers((view, at) => view.getUint8(at));
    case 'i2':
      return numbers((view, at) => view.getInt16(at, little));
    case 'u2':
      return numbers((view, at) => view.getUint16(at, little));
    case 'i4':
      return numbers((view, at) => view.getInt32(at, little));
    case 'u4':
      return numbers((view, at) => view.getUint32(at, little));
    case 'i8':
      return numbers(
        (view, at) =>
          view.getInt32(at + (little ? 4 : 0), little) * 2 ** 32 +
          view.getUint32(at + (little ? 0 : 4), little),
      );
    case 'u8':
      return numbers(
        (view, at) =>
          view.getUint32(at + (little ? 4 : 0), little) * 2 ** 32 +
          view.getUint32(at + (little ? 0 : 4), little),
      );
    case 'f2':
      return numbers((view, at) => half(view.getUint16(at, little)), false);
    case 'f4':
      return numbers((view, at) => view.getFloat32(at, little), false);
    case 'f8':
      return numbers((view, at) => view.getFloat64(at, little), false);
  }
  if (type === 'S') return { kind: 'strings', size, read: (view, at) => bytesText(view, at, size) };
  if (type === 'U')
    return { kind: 'strings', size: 4 * size, read: (view, at) => unicodeText(view, at, size, little) };
  return undefined;
}

/** IEEE 754 binary16. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}

function bytesText(view: DataView, at: number, size: number): string {
  let length = size;
  while (length > 0 && view.getUint8(at + length - 1) === 0) length--;
  return Buffer.from(view.buffer, view.byteOffset + at, length).toString('latin1');
}

function unicodeText(view: DataView, at: number, size: number, little: boolean): string {
  let length = size;
  while (length > 0 && view.getUint32(at + 4 * (length - 1), little) === 0) length--;
  let text = '';
  for (let i = 0; i < length; i++) {
    const code = view.getUint32(at + 4 * i, little);
    text += code <= 0x10ffff ? String.fromCodePoint(code) : '�';
  }
  return text;
}

/** Entries in row-major order, whichever order the file has. */
function inOrder<T>(count: number, shape: readonly number[], fortran: boolean, read: (i: number) => T): T[] {
  const values: T[] = [];
  if (!fortran || shape.length < 2) {
    for (let i = 0; i < count; i++) values.push(read(i));
    return values;
  }
  const strides: number[] = [];
  let step = 1;
  for (const n of shape) {
    strides.push(step);
    step *= n;
  }
  const index = shape.map(() => 0);
  for (let i = 0, at = 0; i < count; i++) {
    values.push(read(at));
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      at += strides[axis]!;
      index[axis]!++;
      if (index[axis]! < shape[axis]!) break;
      at -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return values;
}
