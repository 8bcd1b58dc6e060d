import { damaged } from './damaged';

/** What the header of an npy file says, and where its data begin. */
export interface NpyHeader {
  /** NumPy's type string, e.g. `<f8`. */
  descr: string;
  fortranOrder: boolean;
  shape: number[];
  dataStart: number;
}

const magic = Buffer.from('\x93NUMPY', 'latin1');
/** NumPy's own limit for the header of an untrusted file. */
const maxHeader = 10_000;
/** NumPy's own limit. */
const maxAxes = 64;

/** Read the header of an npy file, format version 1, 2 or 3 (NumPy's `numpy.lib.format`). */
export function npyHeader(bytes: Buffer, file: string): NpyHeader {
  if (bytes.length < 10 || !bytes.subarray(0, 6).equals(magic)) {
    throw damaged(file, 'an npy array', `${bytes.length} bytes that do not begin as one`);
  }
  const version = bytes[6]!;
  if (version < 1 || version > 3 || bytes[7] !== 0) {
    throw damaged(file, 'npy version 1.0, 2.0 or 3.0', `${version}.${bytes[7]}`);
  }
  const textStart = version === 1 ? 10 : 12;
  const textLength =
    version === 1 ? bytes.readUInt16LE(8) : bytes.length < 12 ? Infinity : bytes.readUInt32LE(8);
  if (textLength > maxHeader || textStart + textLength > bytes.length) {
    throw damaged(
      file,
      `a header of at most ${maxHeader} bytes`,
      `a claim of ${textLength} in ${bytes.length}`,
    );
  }
  const text = bytes.toString(version === 3 ? 'utf8' : 'latin1', textStart, textStart + textLength);
  const fields = readFields(text);
  if (fields === undefined) {
    throw damaged(
      file,
      "a header {'descr': …, 'fortran_order': …, 'shape': …}",
      JSON.stringify(text.slice(0, 80)),
    );
  }
  if (fields.shape.length > maxAxes) throw damaged(file, `at most ${maxAxes} axes`, `${fields.shape.length}`);
  return { ...fields, dataStart: textStart + textLength };
}

const string = /'([^'\\]*)'|"([^"\\]*)"/y;
const flag = /True|False/y;
const tuple = /\(\s*((?:\d{1,16}L?\s*,\s*)*(?:\d{1,16}L?\s*)?)\)/y;
const space = /\s*/y;

/** A reader for just this dictionary; `undefined` when the text is anything else. */
function readFields(text: string): Omit<NpyHeader, 'dataStart'> | undefined {
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found !== null) at = pattern.lastIndex;
    return found;
  };
  const takeChar = (char: string): boolean => {
    take(space);
    const found = text[at] === char;
    if (found) at++;
    take(space);
    return found;
  };
  let descr: string | undefined;
  let fortranOrder: boolean | undefined;
  let shape: number[] | undefined;
  if (!takeChar('{')) return undefined;
  while (!takeChar('}')) {
    const key = take(string);
    if (key === null || !takeChar(':')) return undefined;
    const name = key[1] ?? key[2];
    if (name === 'descr' && descr === undefined) {
      const value = take(string);
      if (value === null) return undefined;
      descr = value[1] ?? value[2]!;
    } else if (name === 'fortran_order' && fortranOrder === undefined) {
      const value = take(flag);
      if (value === null) return undefined;
      fortranOrder = value[0] === 'True';
    } else if (name === 'shape' && shape === undefined) {
      const value = take(tuple);
      // "(5)" is a number in Python, "(5,)" a tuple.
      if (value === null || /^\d+L?\s*$/.test(value[1]!)) return undefined;
      shape = (value[1]!.match(/\d+/g) ?? []).map(Number);
    } else return undefined;
    if (!takeChar(',') && text[at] !== '}') return undefined;
  }
  if (at !== text.length || descr === undefined || fortranOrder === undefined || shape === undefined)
    return undefined;
  return { descr, fortranOrder, shape };
}
