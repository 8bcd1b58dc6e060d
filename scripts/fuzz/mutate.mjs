/** Lengths and counts at which readers go wrong. */
const edges = [0, 1, 0x7f, 0x80, 0xff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];

/** Opcodes of all pickle protocols, the ones that call and import included. */
const opcodes = Array.from(Buffer.from('(.0125FIJKLMNPQRSTUVX]abcdeghijlopqrstu})GBC')).concat(
  Array.from({ length: 0x99 - 0x80 }, (_, i) => 0x80 + i),
);

const texts = [
  '\x93NUMPY',
  'PK\x03\x04',
  'PK\x01\x02',
  'PK\x05\x06',
  'cos\nsystem\n(U\x02lstR',
  'c__builtin__\neval\n',
  '__proto__',
  '../../x.npy',
  "'descr': '>f8'",
  "'descr': '|O'",
  "'shape': (99999999999999,)",
  "'shape': (1000000, 1000000, 0)",
  "'fortran_order': True",
  "'<U99'",
];

/**
 * A damaged copy: one to four changes.
 * @param {Buffer} good
 * @param {readonly Buffer[]} others where foreign parts come from
 * @param {import('./randomNumbers.mjs').Random} random
 * @returns {Buffer}
 */
export function mutate(good, others, random) {
  /** @type {Buffer} */
  let bytes = Buffer.from(good);
  for (let left = 1 + random.below(4); left > 0; left--) bytes = change(bytes, others, random);
  return bytes;
}

/**
 * @param {Buffer} bytes
 * @param {readonly Buffer[]} others
 * @param {import('./randomNumbers.mjs').Random} random
 * @returns {Buffer}
 */
function change(bytes, others, random) {
  if (bytes.length === 0) return Buffer.from(random.from(others));
  // Half of the changes near the beginning or the end, where the headers are.
  const near = Math.min(bytes.length, 200);
  const places = [
    random.below(bytes.length),
    random.below(bytes.length),
    random.below(near),
    bytes.length - 1 - random.below(near),
  ];
  const at = random.from(places);
  const length = random.from([1, 1, 2, 4, 8, 64, 1000]);
  switch (random.below(9)) {
    case 0:
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
      return bytes;
    case 1:
      bytes[at] = random.below(256);
      return bytes;
    case 2:
      bytes[at] = random.from(opcodes);
      return bytes;
    case 3:
      if (at + 4 <= bytes.length) bytes.writeUInt32LE(random.from(edges), at);
      return bytes;
    case 4:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
    case 5:
      return bytes.subarray(0, at);
    case 6:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at)]);
    case 7: {
      const text = Buffer.from(random.from(texts), 'latin1');
      const skip = random.below(2) * text.length;
      return Buffer.concat([bytes.subarray(0, at), text, bytes.subarray(at + skip)]);
    }
    default: {
      const other = random.from(others);
      const from = random.below(other.length);
      return Buffer.concat([
        bytes.subarray(0, at),
        other.subarray(from, from + length),
        bytes.subarray(at + random.below(length + 1)),
      ]);
    }
  }
}
