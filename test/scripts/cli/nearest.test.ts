import assert from 'node:assert/strict';
import { assert as check, property, stringMatching, uniqueArray } from 'fast-check';
import { describe, it } from 'mocha';
import { nearest } from '../../../scripts/cli/nearest.mjs';

describe('nearest', () => {
  it('finds what was meant, and nothing when nothing is near', () => {
    assert.equal(
      nearest('03-imbd.ipynb', ['01-tensors.ipynb', '03-imdb.ipynb', '04-reuters.ipynb']),
      '03-imdb.ipynb',
    );
    assert.equal(nearest('HELP', ['timeout', 'help']), 'help');
    assert.equal(nearest('zzzzzz', ['timeout', 'help']), null);
    assert.equal(nearest('x', []), null);
  });

  it('always finds a name that is known', () => {
    check(
      property(uniqueArray(stringMatching(/^[a-z-]{1,12}$/), { minLength: 1 }), names => {
        const [first = ''] = names;
        assert.equal(nearest(first, names), first);
      }),
    );
  });
});
