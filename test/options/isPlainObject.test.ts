import assert from 'node:assert/strict';
import { runInNewContext } from 'node:vm';
import { isPlainObject } from '../../src/options/isPlainObject';

describe('isPlainObject', () => {
  it('takes bare objects, of other realms too', () => {
    for (const value of [{}, { a: 1 }, Object.create(null), runInNewContext('({ a: 1 })')]) {
      assert.equal(isPlainObject(value), true);
    }
  });

  it('takes nothing else', () => {
    class Own {
      a = 1;
    }
    for (const value of [
      null,
      undefined,
      1,
      'a',
      () => 1,
      [],
      new Map(),
      new Own(),
      Promise.resolve(1),
      new Date(),
      Float32Array.of(1),
    ]) {
      assert.equal(isPlainObject(value), false);
    }
  });
});
