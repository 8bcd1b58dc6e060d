import { zipSync } from 'fflate';

/** An array to write, flat in row-major order. */
export interface NpzArray {
  readonly shape: readonly number[];
  readonly values: Float32Array | Float64Array | Int32Array | Uint8Array;
}

// readNpz takes no more.
const maxArrays = 1000;

/**
 * The bytes of an npz file as `numpy.savez` writes it: uncompressed, arrays in the order of the keys.
 *
 * @throws RangeError if there are more than 1,000 arrays, or values do not fill a shape.
 * @example
 * writeNpz({ a: { shape: [2], values: Float32Array.of(1, 2) } }).length; // 244
 */
export function writeNpz(arrays: Readonly<Record<string, NpzArray>>): Uint8Array {
  const entries = Object.entries(arrays);
  if (entries.length > maxArrays) {
    throw new RangeError(`Expected at most ${maxArrays} arrays for an npz file, received ${entries.length}.`);
  }
  // The earliest time that zip has, of whatever zone is set: the bytes are the same whenever they are written.
  const never = new Date(1980, 0, 1);
  return zipSync(Object.fromEntries(entries.map(([name, array]) => [`${name}.npy`, writeNpy(name, array)])), {
    level: 0,
    mtime: never,
  });
}

function writeNpy(name: string, { shape, values }: NpzArray): Uint8Array {
  const count = shape.reduce((product, axis) => product * axis, 1);
  if (count !== values.length) {
    throw new RangeError(
      `Expected ${count} values for "${name}" of shape (${shape.join(', ')}), received ${values.length}.`,
    );
  }
  const axes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${typeCode(values)}', 'fortran_order': False, 'shape': (${axes}), }`;
  // Magic, version, length and header fill a multiple of 64 bytes; the header ends in a line end.
  const length = Math.ceil((10 + text.length + 1) / 64) * 64;
  const bytes = Buffer.alloc(length + values.byteLength);
  bytes.write('\x93NUMPY\x01\x00', 'latin1');
  bytes.writeUInt16LE(length - 10, 8);
  bytes.write(`${text.padEnd(length - 11)}\n`, 10, 'latin1');
  bytes.set(littleEndian(values), length);
  return bytes;
}

function typeCode(values: NpzArray['values']): string {
  if (values instanceof Uint8Array) return '|u1';
  return `<${values instanceof Int32Array ? 'i' : 'f'}${values.BYTES_PER_ELEMENT}`;
}

const swaps = new Uint8Array(Uint16Array.of(1).buffer)[0] === 0;

function littleEndian(values: NpzArray['values']): Uint8Array {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  if (!swaps || values.BYTES_PER_ELEMENT === 1) return bytes;
  const copy = Buffer.from(bytes);
  return values.BYTES_PER_ELEMENT === 4 ? copy.swap32() : copy.swap64();
}
