import assert from 'node:assert/strict';
import { checkOptions } from '../../src/options/checkOptions';

const known = ['path', 'numWords', 'skipTop', 'maxlen', 'seed'];

describe('checkOptions', () => {
  it('accepts known options and none at all', () => {
    checkOptions('imdb.loadData', { numWords: 10000, seed: undefined }, known);
    checkOptions('imdb.loadData', {}, known);
    checkOptions('imdb.loadData', undefined, known);
  });

  it('names the nearest known option', () => {
    for (const wrong of ['numWord', 'num_words', 'NumWords', 'nmuWords']) {
      assert.throws(() => checkOptions('imdb.loadData', { [wrong]: 1 }, known), {
        name: 'TypeError',
        message:
          `Unknown option "${wrong}" of imdb.loadData. Did you mean "numWords"? ` +
          'Its options are: path, numWords, skipTop, maxlen, seed.',
      });
    }
  });

  it('suggests nothing when nothing is near', () => {
    assert.throws(() => checkOptions('imdb.loadData', { colour: 1 }, known), {
      message:
        'Unknown option "colour" of imdb.loadData. Its options are: path, numWords, skipTop, maxlen, seed.',
    });
  });

  it('is not deceived by names that every object inherits', () => {
    assert.throws(() => checkOptions('f', { toString: 1 }, ['seed']), {
      message: 'Unknown option "toString" of f. Its options are: seed.',
    });
    assert.throws(() => checkOptions('f', JSON.parse('{"__proto__": 1}'), ['seed']), {
      message: 'Unknown option "__proto__" of f. Its options are: seed.',
    });
  });

  it('refuses what is not an object of options', () => {
    const say = (what: string) => ({
      name: 'TypeError',
      message: `Expected an object of options for f, received ${what}. Its options are: seed.`,
    });
    assert.throws(() => checkOptions('f', 10000, ['seed']), say('10000'));
    assert.throws(() => checkOptions('f', null, ['seed']), say('null'));
    assert.throws(() => checkOptions('f', [1, 2], ['seed']), say('an array of length 2'));
    assert.throws(() => checkOptions('f', new Float32Array(3), ['seed']), say('a Float32Array of length 3'));
    assert.throws(() => checkOptions('f', 'seed', ['seed']), say('"seed"'));
    assert.throws(() => checkOptions('f', new Map([['seed', 1]]), ['seed']), say('an object of class Map'));
    assert.throws(() => checkOptions('f', Promise.resolve({}), ['seed']), say('an object of class Promise'));
  });
});
