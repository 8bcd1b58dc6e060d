import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { Npz } from '../../../src/datasets/files/readNpz';
import { writeNpz, type NpzArray } from '../../../src/datasets/files/writeNpz';

const values = (size: number): fc.Arbitrary<NpzArray['values']> =>
  fc.oneof(
    fc.float32Array({ minLength: size, maxLength: size }),
    fc.float64Array({ minLength: size, maxLength: size }),
    fc.int32Array({ minLength: size, maxLength: size }),
    fc.uint8Array({ minLength: size, maxLength: size }),
  );
const array = fc
  .array(fc.nat(4), { maxLength: 4 })
  .chain(shape =>
    values(shape.reduce((product, axis) => product * axis, 1)).map(all => ({ shape, values: all })),
  );

describe('writeNpz', () => {
  // That NumPy reads such files, test/reference/keras/weights.py shows.
  it('writes what readNpz reads, of any shape and type, in order', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z][a-z_/]{0,30}$/), array, { maxKeys: 6 }), arrays => {
        const npz = new Npz(Buffer.from(writeNpz(arrays)), 'a.npz');
        assert.deepEqual(npz.names, Object.keys(arrays));
        for (const [name, { shape, values: all }] of Object.entries(arrays)) {
          const content = npz.array(name);
          assert(content.kind === 'numbers');
          assert.deepEqual([content.shape, content.values], [shape, Array.from(all)]);
        }
      }),
    );
  });

  it('writes the same bytes whenever and wherever', () => {
    const bytes = writeNpz({ a: { shape: [2], values: Float32Array.of(1, 2) } });
    const { TZ } = process.env;
    process.env.TZ = 'Pacific/Auckland';
    const elsewhere = writeNpz({ a: { shape: [2], values: Float32Array.of(1, 2) } });
    if (TZ === undefined) delete process.env.TZ;
    else process.env.TZ = TZ;
    assert.deepEqual(elsewhere, bytes);
  });

  it('refuses values that do not fill the shape, and too many arrays', () => {
    assert.throws(() => writeNpz({ a: { shape: [2, 3], values: new Float32Array(5) } }), {
      message: 'Expected 6 values for "a" of shape (2, 3), received 5.',
    });
    const one = { shape: [], values: new Uint8Array(1) };
    assert.throws(
      () => writeNpz(Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`a${i}`, one]))),
      {
        message: 'Expected at most 1000 arrays for an npz file, received 1001.',
      },
    );
  });
});
