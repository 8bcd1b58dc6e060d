import { crc32, deflateRawSync } from 'node:zlib';

/** What is written of a zip member; each field may lie. */
export interface Member {
  name: string;
  bytes: Buffer;
  stored?: boolean;
  crc?: number;
  size?: number;
  method?: number;
  flags?: number;
  offset?: number;
}

/** A zip archive, written by hand so that it can lie. */
export function zip(members: readonly Member[], comment = ''): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const member of members) {
    const packed = member.stored === true ? member.bytes : deflateRawSync(member.bytes);
    const name = Buffer.from(member.name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(member.flags ?? 0, 2);
    fields.writeUInt16LE(member.method ?? (member.stored === true ? 0 : 8), 4);
    fields.writeUInt32LE(member.crc ?? crc32(member.bytes), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(member.size ?? member.bytes.length, 18);
    fields.writeUInt16LE(name.length, 22);
    files.push(Buffer.from('PK\x03\x04', 'latin1'), fields, name, packed);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(member.offset ?? at, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\0', 'latin1'), fields, place, name);
    at += 30 + name.length + packed.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...files, list, end, Buffer.from(comment)]);
}

/** An npy file of version 1 with this header, unchecked. */
export function npy(head: string, data: Buffer): Buffer {
  const text = Buffer.from(`${head.padEnd(117)}\n`, 'latin1');
  const start = Buffer.from('\x93NUMPY\x01\0\0\0', 'latin1');
  start.writeUInt16LE(text.length, 8);
  return Buffer.concat([start, text, data]);
}

export function header(descr: string, shape: string): string {
  return `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }`;
}

/** Bytes of text and numbers, strung together. */
export function bytes(...parts: readonly (string | number | Buffer)[]): Buffer {
  return Buffer.concat(
    parts.map(part => {
      if (typeof part === 'number') return Buffer.of(part);
      return typeof part === 'string' ? Buffer.from(part, 'latin1') : part;
    }),
  );
}

function whole(value: number): Buffer {
  if (value >= 0 && value < 256) return bytes('K', value);
  const wide = Buffer.alloc(5);
  if (value >= 0 && value < 65536) {
    wide.write('M');
    wide.writeUInt16LE(value, 1);
    return wide.subarray(0, 3);
  }
  wide.write('J');
  wide.writeInt32LE(value, 1);
  return wide;
}

/** What Python 2 put before the list of an object array with `count` entries: the start of Keras' own files. */
export function pickleStart(count: number): Buffer {
  return bytes(
    '\x80\x02cnumpy.core.multiarray\n_reconstruct\nq\x01cnumpy\nndarray\nq\x02K\0\x85U\x01b\x87Rq\x03(K\x01',
    whole(count),
    '\x85cnumpy\ndtype\nq\x04U\x02O8K\0K\x01\x87Rq\x05(K\x03U\x01|NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK?tb\x89',
  );
}

/** A list of whole numbers in Python 2's pickle, in batches of 1,000. */
export function pickleList(values: readonly number[], memo: number): Buffer {
  const put = Buffer.alloc(5);
  put.write('r');
  put.writeUInt32LE(memo, 1);
  const parts: (string | Buffer)[] = [']', put];
  if (values.length === 1) parts.push(whole(values[0]!), 'a');
  else {
    for (let i = 0; i < values.length; i += 1000) {
      parts.push('(', ...values.slice(i, i + 1000).map(whole), 'e');
    }
  }
  return bytes(...parts);
}

/** The object array of lists that `numpy.save` of Python 2 wrote: as in Keras' own files. */
export function pickle(rows: readonly (readonly number[])[]): Buffer {
  const parts: (string | Buffer)[] = [pickleStart(rows.length), ']q\x06'];
  for (let i = 0; i < rows.length; i += 1000) {
    parts.push('(', ...rows.slice(i, i + 1000).map((row, j) => pickleList(row, 7 + i + j)), 'e');
  }
  return bytes(...parts, 'tb.');
}

/** An npy file of lists, as in Keras' own files. */
export function sequencesNpy(rows: readonly (readonly number[])[]): Buffer {
  return npy(header('|O', `(${rows.length},)`), pickle(rows));
}
