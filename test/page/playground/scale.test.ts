import assert from 'node:assert/strict';
import { say } from '../../../src/page/playground/scale';

describe('say', () => {
  it('writes four significant digits', () => {
    assert.deepEqual([0, 1, 0.123456, 12345.6, 99999, -2.5].map(say), [
      '0',
      '1',
      '0.1235',
      '12350',
      '100000',
      '−2.5',
    ]);
  });

  it('writes very small and very large numbers with an exponent, as short as they are', () => {
    assert.deepEqual([1.5e15, 2e5, 1e20, 1.23456e30, -3e7, 1.5e-7, -1e-7].map(say), [
      '1.5e15',
      '2e5',
      '1e20',
      '1.235e30',
      '−3e7',
      '1.5e−7',
      '−1e−7',
    ]);
  });

  it('names what is no number', () => {
    assert.deepEqual([Infinity, -Infinity, NaN].map(say), ['∞', '−∞', 'no number']);
  });
});
