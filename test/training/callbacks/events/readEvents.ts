import assert from 'node:assert/strict';

/** What TensorBoard reads from an event file, as far as the tests look at it. */
export interface BoardEvent {
  readonly step: number;
  readonly fileVersion?: string;
  readonly values: readonly {
    readonly tag: string;
    readonly scalar?: number;
    /** Rows of left edge, right edge, count. */
    readonly histogram?: readonly number[][];
  }[];
}

/** The events of a file: TFRecords, whose checksums are checked, of `tensorflow.Event` messages. */
export function readEvents(file: Buffer): BoardEvent[] {
  const found: BoardEvent[] = [];
  for (let at = 0; at < file.length;) {
    const length = Number(file.readBigUInt64LE(at));
    assert.equal(file.readUInt32LE(at + 8), maskedCrc(file.subarray(at, at + 8)), 'checksum of a length');
    const data = file.subarray(at + 12, at + 12 + length);
    assert.equal(file.readUInt32LE(at + 12 + length), maskedCrc(data), 'checksum of an event');
    found.push(event(data));
    at += 16 + length;
  }
  return found;
}

function event(data: Buffer): BoardEvent {
  const fields = message(data);
  const version = fields.get(3)?.[0];
  const summary = fields.get(5)?.[0];
  return {
    step: Number(fields.get(2)?.[0] ?? 0),
    ...(Buffer.isBuffer(version) ? { fileVersion: version.toString() } : {}),
    values: Buffer.isBuffer(summary) ? buffers(message(summary).get(1)).map(value) : [],
  };
}

function value(data: Buffer): BoardEvent['values'][number] {
  const fields = message(data);
  const [tag] = buffers(fields.get(1));
  const [tensor] = buffers(fields.get(8));
  const [metadata] = buffers(fields.get(9));
  const [plugin] = buffers(message(metadata!).get(1));
  const [pluginName] = buffers(message(plugin!).get(1));
  const numbers = doubles(tensor!);
  return {
    tag: String(tag),
    ...(String(pluginName) === 'scalars'
      ? { scalar: numbers[0]! }
      : { histogram: Array.from({ length: numbers.length / 3 }, (_, i) => numbers.slice(3 * i, 3 * i + 3)) }),
  };
}

/** The numbers of a `TensorProto` of float64. */
function doubles(tensor: Buffer): number[] {
  const fields = message(tensor);
  assert.equal(fields.get(1)?.[0], 2n, 'the type of a tensor');
  const [content = Buffer.alloc(0)] = buffers(fields.get(4));
  return Array.from({ length: content.length / 8 }, (_, i) => content.readDoubleLE(8 * i));
}

type Fields = Map<number, (bigint | Buffer)[]>;

const buffers = (values: readonly (bigint | Buffer)[] = []): Buffer[] =>
  values.filter(one => Buffer.isBuffer(one));

/** The fields of a protocol buffer by their numbers; those of fixed width as their bytes. */
function message(data: Buffer): Fields {
  const fields: Fields = new Map();
  let at = 0;
  const varint = (): bigint => {
    let result = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = data[at++]!;
      result |= BigInt(byte & 127) << shift;
      if (byte < 128) return result;
    }
  };
  while (at < data.length) {
    const key = Number(varint());
    const number = key >> 3;
    const kind = key & 7;
    let read: bigint | Buffer;
    if (kind === 0) read = varint();
    else {
      const length = kind === 1 ? 8 : kind === 5 ? 4 : Number(varint());
      read = data.subarray(at, at + length);
      at += length;
    }
    fields.set(number, [...(fields.get(number) ?? []), read]);
  }
  return fields;
}

/** CRC-32C, turned and shifted as TFRecords have it. */
function maskedCrc(data: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0x82f63b78 : 0);
  }
  crc = ~crc >>> 0;
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
