import assert from 'node:assert/strict';
import { deflateRawSync } from 'node:zlib';
import * as fc from 'fast-check';
import { readNpy } from '../../../src/datasets/files/readNpy';
import { readPickle } from '../../../src/datasets/files/readPickle';
import { Npz } from '../../../src/datasets/files/readNpz';
import { ZipArchive } from '../../../src/datasets/files/ZipArchive';
import { bytes, header, npy, pickle, pickleList, pickleStart, sequencesNpy, zip } from './write';

const end = ' The file is damaged or of another kind: replace it, or remove it so that it is fetched again.';
const refuses = (run: () => unknown, message: string): void => assert.throws(run, { message: message + end });
const rowsOf = (data: Buffer, count: number): number[][] => {
  const { ids, starts, ends } = readPickle(data, count, 'p');
  return Array.from(starts, (from, i) => Array.from(ids.subarray(from, ends[i])));
};

describe('readPickle', () => {
  it('reads what Python 2 writes', () => {
    const row = fc.array(fc.oneof(fc.nat(255), fc.nat(65535), fc.integer()), { maxLength: 30 });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 20 }), rows => {
        assert.deepEqual(rowsOf(pickle(rows), rows.length), rows);
      }),
      { numRuns: 300, seed: 1 },
    );
    const long = [
      Array.from({ length: 3001 }, (_, i) => i),
      [1],
      [],
      Array.from({ length: 1000 }, () => 70000),
    ];
    assert.deepEqual(rowsOf(pickle(long), 4), long);
    const many = Array.from({ length: 2500 }, (_, i) => [i, i + 1]);
    assert.deepEqual(rowsOf(pickle(many), 2500), many);
  });

  const list = (inside: Buffer | string): Buffer => bytes(pickleStart(1), ']q\x06', inside, 'tb.');
  const one = pickleList([1, 2, 3], 7);
  const cases: [string, Buffer, number, string][] = [
    [
      'os.system',
      bytes('\x80\x02cos\nsystem\n(U\x02lstR.'),
      1,
      'the names numpy.ndarray, numpy.dtype and multiarray._reconstruct (pickle, byte 2), received "os system".',
    ],
    [
      'builtins.eval by stack',
      bytes('\x80\x04\x8c\x08builtins\x8c\x04eval\x93.'),
      1,
      'the names numpy.ndarray, numpy.dtype and multiarray._reconstruct (pickle, byte 18), received "builtins eval".',
    ],
    [
      'a name that objects inherit',
      bytes('\x80\x02c__proto__\nconstructor\n.'),
      1,
      'the names numpy.ndarray, numpy.dtype and multiarray._reconstruct (pickle, byte 2), received "__proto__ constructor".',
    ],
    [
      'INST',
      bytes('\x80\x02(ios\nsystem\n.'),
      1,
      'an object array of lists of whole numbers (pickle, byte 3), received opcode 0x69.',
    ],
    [
      'OBJ',
      bytes('\x80\x02(o.'),
      1,
      'an object array of lists of whole numbers (pickle, byte 3), received opcode 0x6f.',
    ],
    [
      'NEWOBJ',
      bytes('\x80\x02\x81.'),
      1,
      'an object array of lists of whole numbers (pickle, byte 2), received opcode 0x81.',
    ],
    [
      'EXT1',
      bytes('\x80\x02\x82\x01.'),
      1,
      'an object array of lists of whole numbers (pickle, byte 2), received opcode 0x82.',
    ],
    [
      'PERSID',
      bytes('\x80\x02Px\n.'),
      1,
      'an object array of lists of whole numbers (pickle, byte 2), received opcode 0x50.',
    ],
    [
      'a dict',
      bytes('\x80\x02}.'),
      1,
      'an object array of lists of whole numbers (pickle, byte 2), received opcode 0x7d.',
    ],
    [
      'nothing',
      Buffer.alloc(0),
      1,
      'the end of the pickle (pickle, byte 0), received the end of the file before it.',
    ],
    ['protocol 1', bytes('\x80\x01.'), 1, 'pickle protocol 2 to 5 (pickle, byte 0), received 1.'],
    ['a bare stop', bytes('\x80\x02.'), 1, 'a value on the stack (pickle, byte 2), received none.'],
    [
      'a number as a result',
      bytes('\x80\x02K\x05.'),
      1,
      'one object array (pickle, byte 4), received a int.',
    ],
    [
      'more after the end',
      bytes(pickle([[1]]), 'x'),
      1,
      'the end of the file (pickle, byte 140), received 1 more bytes.',
    ],
    [
      'more lists than said',
      pickle([[1], [2]]),
      1,
      '1 lists, as the header says (pickle, byte 148), received shape (2,) and 2 lists.',
    ],
    [
      'a list of numbers',
      list('(K\x01K\x02e'),
      1,
      'a list of lists (pickle, byte 134), received a list of numbers.',
    ],
    [
      'a list of texts',
      list(bytes(']U\x01aa')),
      1,
      'lists of whole numbers (pickle, byte 131), received a text in one.',
    ],
    [
      'deeper lists',
      list(bytes(']]]K\x01aaa')),
      1,
      'lists of whole numbers only (pickle, byte 134), received deeper lists.',
    ],
    [
      'a list in itself',
      list('h\x06a'),
      1,
      'each list in one place (pickle, byte 127), received the same list in two.',
    ],
    [
      'one list twice',
      list(bytes(one, 'ah\x07a')),
      1,
      'each list in one place (pickle, byte 142), received the same list in two.',
    ],
    [
      'a float',
      list(bytes(']G', Buffer.alloc(8), 'aa')),
      1,
      'an object array of lists of whole numbers (pickle, byte 128), received opcode 0x47.',
    ],
    [
      'a long',
      list(bytes(']\x8a\x01\x05aa')),
      1,
      'an object array of lists of whole numbers (pickle, byte 128), received opcode 0x8a.',
    ],
    [
      'a huge text',
      bytes('\x80\x02X\xff\xff\xff\xff'),
      1,
      'texts of at most 64 bytes (pickle, byte 2), received one of 4294967295.',
    ],
    [
      'another array type',
      bytes('\x80\x02cnumpy\ndtype\nU\x02i8K\0K\x01\x87R.'),
      1,
      'the type of objects (O8) (pickle, byte 24), received "i8".',
    ],
    [
      'a dtype that calls',
      bytes('\x80\x02cnumpy\nndarray\nK\x01\x85R.'),
      1,
      'a call of numpy._reconstruct or numpy.dtype (pickle, byte 20), received a global called.',
    ],
    [
      'marks without end',
      bytes('\x80\x02', '('.repeat(5000)),
      1,
      'a shallow pickle (pickle, byte 4098), received more than 4096 open values.',
    ],
  ];
  for (const [what, data, count, message] of cases) {
    it(`refuses ${what}`, () => {
      assert.throws(
        () => readPickle(data, count, 'p'),
        (error: unknown) => {
          assert.ok(error instanceof Error);
          assert.equal(error.message, `Expected p to hold ${message}${end}`);
          return true;
        },
      );
    });
  }

  it('refuses every part of a pickle that is not the whole', () => {
    const whole = pickle([[1, 300, 70000], [], [5], [9, 9]]);
    for (let length = 0; length < whole.length; length++) {
      assert.throws(() => readPickle(whole.subarray(0, length), 4, 'p'), /^Error: Expected p to hold /);
    }
  });
});

describe('readNpy with hostile headers', () => {
  const cases: [string, Buffer, string][] = [
    [
      'another kind of file',
      Buffer.from('<!DOCTYPE html><html>'),
      'an npy array, received 21 bytes that do not begin as one.',
    ],
    ['an empty file', Buffer.alloc(0), 'an npy array, received 0 bytes that do not begin as one.'],
    ['version 4', bytes('\x93NUMPY\x04\0\0\0\0\0'), 'npy version 1.0, 2.0 or 3.0, received 4.0.'],
    [
      'a header longer than the file',
      bytes('\x93NUMPY\x01\0\xff\x10'),
      'a header of at most 10000 bytes, received a claim of 4351 in 10.',
    ],
    [
      'a header of 4 GB',
      bytes('\x93NUMPY\x02\0\xff\xff\xff\xff'),
      'a header of at most 10000 bytes, received a claim of 4294967295 in 12.',
    ],
    [
      'a huge shape',
      npy(header('<f8', '(9007199254740991, 1024)'), Buffer.alloc(8)),
      '73786976294838200000 bytes of data for shape (9007199254740991, 1024) of <f8, received 8.',
    ],
    [
      'too little data',
      npy(header('<f8', '(3,)'), Buffer.alloc(20)),
      '24 bytes of data for shape (3,) of <f8, received 20.',
    ],
    [
      'too much data',
      npy(header('<f8', '(3,)'), Buffer.alloc(25)),
      '24 bytes of data for shape (3,) of <f8, received 25.',
    ],
    [
      'strings of no width',
      npy(header('|S0', '(999999999,)'), Buffer.alloc(0)),
      'strings of some width, received 999999999 of none.',
    ],
    [
      'a shape that is no tuple',
      npy(header('<f8', '(3)'), Buffer.alloc(24)),
      `a header {'descr': …, 'fortran_order': …, 'shape': …}, received "{'descr': '<f8', 'fortran_order': False, 'shape': (3), }                        ".`,
    ],
    [
      'code in the header',
      npy(header('<f8', '__import__("os").system("ls")'), Buffer.alloc(24)),
      `a header {'descr': …, 'fortran_order': …, 'shape': …}, received "{'descr': '<f8', 'fortran_order': False, 'shape': __import__(\\"os\\").system(\\"ls\\"),".`,
    ],
    ['65 axes', npy(header('|u1', `(${'1,'.repeat(65)})`), Buffer.alloc(1)), 'at most 64 axes, received 65.'],
  ];
  for (const [what, data, message] of cases) {
    it(`refuses ${what}`, () => refuses(() => readNpy(data, 'n'), `Expected n to hold ${message}`));
  }

  it('refuses a negative length', () => {
    assert.throws(
      () => readNpy(npy(header('<f8', '(-3,)'), Buffer.alloc(24)), 'n'),
      /^Error: Expected n to hold a header/,
    );
  });
});

describe('ZipArchive', () => {
  const data = Buffer.from('twelve bytes');

  it('reads stored and deflated members, names, comments', () => {
    const archive = new ZipArchive(
      zip(
        [
          { name: 'a', bytes: data },
          { name: '../../etc/x', bytes: data, stored: true },
          { name: 'empty', bytes: Buffer.alloc(0) },
        ],
        'PK\x05\x06 in a comment',
      ),
      'z',
    );
    assert.deepEqual(archive.names, ['a', '../../etc/x', 'empty']);
    for (const name of ['a', '../../etc/x']) assert.deepEqual(archive.read(name), data);
    assert.equal(archive.read('empty').length, 0);
  });

  const cases: [string, Buffer, string][] = [
    [
      'a member that is not there',
      zip([{ name: 'b', bytes: data }]),
      'z to hold one member "a", received only "b".',
    ],
    [
      'two members of one name',
      zip([
        { name: 'a', bytes: data },
        { name: 'a', bytes: data },
      ]),
      'z to hold one member "a", received 2 of this name.',
    ],
    [
      'a wrong checksum',
      zip([{ name: 'a', bytes: data, crc: 1 }]),
      'a in z to hold bytes that fit its checksum, received others.',
    ],
    [
      'a size too small',
      zip([{ name: 'a', bytes: data, size: 11 }]),
      'a in z to hold 11 deflated bytes, received Cannot create a Buffer larger than 11 bytes.',
    ],
    [
      'a size too large',
      zip([{ name: 'a', bytes: data, size: 13 }]),
      'a in z to hold 13 bytes, received 12.',
    ],
    [
      'a stored size that lies',
      zip([{ name: 'a', bytes: data, size: 13, stored: true }]),
      'a in z to hold at most 12 bytes, received a claim of 13.',
    ],
    [
      'a claim of 4 GB',
      zip([{ name: 'a', bytes: data, size: 2 ** 32 - 1 }]),
      `a in z to hold at most ${1032 * 14} bytes, received a claim of 4294967295.`,
    ],
    [
      'an encrypted member',
      zip([{ name: 'a', bytes: data, flags: 1 }]),
      'z to hold plain members, received an encrypted one, "a".',
    ],
    [
      'another compression',
      zip([{ name: 'a', bytes: data, method: 12 }]),
      'z to hold members stored (0) or deflated (8), received method 12 for "a".',
    ],
    [
      'a header elsewhere',
      zip([{ name: 'a', bytes: data, offset: 5 }]),
      'a in z to hold a local header where the directory says, received other bytes.',
    ],
    [
      'a header beyond the end',
      zip([{ name: 'a', bytes: data, offset: 2 ** 31 }]),
      'a in z to hold a local header where the directory says, received other bytes.',
    ],
    [
      'another kind of file',
      Buffer.from('x'.repeat(100)),
      'z to hold a zip archive, received 100 bytes without the end of one.',
    ],
    ['an empty file', Buffer.alloc(0), 'z to hold a zip archive, received 0 bytes without the end of one.'],
  ];
  for (const [what, archive, message] of cases) {
    it(`refuses ${what}`, () => refuses(() => new ZipArchive(archive, 'z').read('a'), `Expected ${message}`));
  }

  it('refuses a bomb before it takes memory', () => {
    // 300 MB of zeros in 300 kB, under its true size and under a small one.
    const zeros = deflateRawSync(Buffer.alloc(3e8), { level: 1 });
    const before = process.memoryUsage().rss;
    for (const size of [3e8, 1000]) {
      const archive = zip([{ name: 'a', bytes: zeros, stored: true, method: 8, size }]);
      assert.throws(() => new ZipArchive(archive, 'z').read('a'), /^Error: Expected a in z to hold /);
    }
    assert.ok(process.memoryUsage().rss - before < 5e7);
  });

  it('never takes names of members for paths or properties', () => {
    const archive = zip([
      { name: '__proto__.npy', bytes: npy(header('<i2', '()'), Buffer.of(7, 0)) },
      { name: 'constructor.npy', bytes: npy(header('<i2', '()'), Buffer.of(8, 0)) },
    ]);
    const npz = new Npz(archive, 'z');
    assert.deepEqual(npz.numbers('__proto__', 0).values, [7]);
    assert.deepEqual(npz.numbers('constructor', 0).values, [8]);
    assert.throws(() => npz.array('toString'), /^Error: Expected z to hold one member "toString\.npy"/);
  });

  it('finds any single changed byte of an archive, or reads what was there', () => {
    const rows = [[1, 2, 300], [], [70000]];
    const whole = zip([{ name: 'x.npy', bytes: sequencesNpy(rows) }]);
    for (let at = 0; at < whole.length; at++) {
      for (const change of [1, 0x80, 0xff]) {
        const changed = Buffer.from(whole);
        changed[at]! ^= change;
        let got: ReturnType<Npz['sequences']>;
        try {
          got = new Npz(changed, 'z').sequences('x');
        } catch (error) {
          assert.ok(error instanceof Error && error.message.startsWith('Expected '), String(error));
          continue;
        }
        assert.deepEqual([...got.ids], [1, 2, 300, 70000], `byte ${at}`);
      }
    }
  });
});
