import assert from 'node:assert/strict';
import { checkBoolean } from '../../src/options/checkBoolean';
import { checkChoice } from '../../src/options/checkChoice';
import { checkCount } from '../../src/options/checkCount';
import { checkNumber } from '../../src/options/checkNumber';

describe('checkCount', () => {
  it('returns what fits', () => {
    assert.equal(checkCount('epochs', 0), 0);
    assert.equal(checkCount('seed', 2 ** 32 - 1, { max: 2 ** 32 - 1 }), 2 ** 32 - 1);
  });
  it('says what was expected', () => {
    assert.throws(() => checkCount('batchSize', 0, { min: 1 }), {
      name: 'RangeError',
      message: 'Expected batchSize to be a whole number of at least 1, received 0.',
    });
    assert.throws(() => checkCount('seed', -1, { max: 10 }), {
      name: 'RangeError',
      message: 'Expected seed to be a whole number from 0 to 10, received -1.',
    });
    for (const bad of [1.5, NaN, Infinity]) assert.throws(() => checkCount('epochs', bad), RangeError);
    assert.throws(() => checkCount('epochs', '20'), {
      name: 'TypeError',
      message: 'Expected epochs to be a whole number of at least 0, received "20".',
    });
    assert.throws(() => checkCount('epochs', 20n), { message: /received 20n\.$/ });
    assert.throws(() => checkCount('epochs', undefined), TypeError);
  });
});

describe('checkNumber', () => {
  it('returns what fits', () => assert.equal(checkNumber('x', -0.5), -0.5));
  it('says what was expected', () => {
    assert.throws(() => checkNumber('x', NaN), {
      message: 'Expected x to be a finite number, received NaN.',
    });
    assert.throws(() => checkNumber('x', -1, { min: 0 }), {
      message: 'Expected x to be a finite number of at least 0, received -1.',
    });
    assert.throws(() => checkNumber('x', 2, { max: 1 }), {
      message: 'Expected x to be a finite number of at most 1, received 2.',
    });
    assert.throws(() => checkNumber('x', 2, { min: 0, max: 1 }), {
      message: 'Expected x to be a finite number from 0 to 1, received 2.',
    });
    assert.throws(() => checkNumber('x', '1'), {
      name: 'TypeError',
      message: 'Expected x to be a finite number, received "1".',
    });
  });
});

describe('checkBoolean', () => {
  it('takes true and false only', () => {
    assert.equal(checkBoolean('shuffle', false), false);
    assert.throws(() => checkBoolean('shuffle', 'false'), {
      name: 'TypeError',
      message: 'Expected shuffle to be true or false, received "false".',
    });
  });
});

describe('checkChoice', () => {
  it('takes one of the names', () => {
    assert.equal(checkChoice('padding', 'post', ['pre', 'post']), 'post');
    assert.throws(() => checkChoice('padding', 'psot', ['pre', 'post']), {
      name: 'TypeError',
      message: 'Expected padding to be "pre" or "post", received "psot". Did you mean "post"?',
    });
    assert.throws(() => checkChoice('padding', () => 1, ['pre', 'post']), {
      message: 'Expected padding to be "pre" or "post", received a function.',
    });
  });
});
