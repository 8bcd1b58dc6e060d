import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { packFloats, unpackFloats } from '../../src/playground/floats';

describe('packFloats', () => {
  it('is little-endian base64, as NumPy writes it', () => {
    assert.equal(
      packFloats(Float32Array.of(1, -2)),
      Buffer.from([0, 0, 128, 63, 0, 0, 0, 192]).toString('base64'),
    );
  });

  it('comes back bit for bit', () => {
    fc.assert(
      fc.property(fc.float32Array(), values => {
        assert.deepEqual(unpackFloats(packFloats(values)), values);
      }),
    );
  });
});
