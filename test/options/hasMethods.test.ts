import assert from 'node:assert/strict';
import { hasMethods } from '../../src/options/hasMethods';

describe('hasMethods', () => {
  it('looks for all of them, those of the class too', () => {
    assert.equal(hasMethods({ fit: () => 1, transform: () => 2 }, 'fit', 'transform'), true);
    assert.equal(hasMethods(new Map(), 'get', 'set'), true);
    assert.equal(hasMethods({ fit: () => 1, transform: 2 }, 'fit', 'transform'), false);
    assert.equal(hasMethods({ fit: () => 1 }, 'fit', 'transform'), false);
  });

  it('takes objects only', () => {
    for (const value of [null, undefined, 1, 'text', () => 1])
      assert.equal(hasMethods(value, 'toString'), false);
  });
});
