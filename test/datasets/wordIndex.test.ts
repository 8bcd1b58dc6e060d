import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeSequence, encodeText, readWordIndex, textToWords } from '../../src/datasets/wordIndex';
import { golden } from './golden';

const plain = { numWords: null, skipTop: 0, startChar: 1, oovChar: 2, indexFrom: 3 };
const index = { the: 1, film: 2, good: 3, constructor: 4 };

describe('wordIndex', () => {
  it(`cuts texts into words as Keras ${golden.keras} does`, () => {
    for (const { text, words } of golden.words) assert.deepEqual(textToWords(text), words);
  });

  it('encodes as loadData would', () => {
    assert.deepEqual(encodeText('The FILM, good?', index, plain), [1, 4, 5, 6]);
    assert.deepEqual(encodeText('the unknown film', index, plain), [1, 4, 2, 5]);
    assert.deepEqual(encodeText('the unknown film', index, { ...plain, oovChar: null }), [1, 4, 5]);
    assert.deepEqual(encodeText('the good film', index, { ...plain, numWords: 6 }), [1, 4, 2, 5]);
    assert.deepEqual(encodeText('the good film', index, { ...plain, skipTop: 5 }), [2, 2, 6, 5]);
    assert.deepEqual(encodeText('the', index, { ...plain, startChar: null, indexFrom: 0 }), [1]);
    assert.deepEqual(encodeText('', index, plain), [1]);
  });

  it('is not deceived by what every object inherits', () => {
    assert.deepEqual(encodeText('constructor valueof', index, plain), [1, 7, 2]);
    assert.deepEqual(encodeText('constructor', { the: 1 }, plain), [1, 2]);
  });

  it('decodes, with ? for what is no word', () => {
    assert.equal(decodeSequence([1, 4, 2, 5, 0, 99], index, 3), '? the ? film ? ?');
    assert.equal(decodeSequence([1, 2], index, 0), 'the film');
    assert.equal(decodeSequence([], index, 3), '');
  });

  describe('reading', () => {
    const folder = mkdtempSync(join(tmpdir(), 'keras-primer-'));
    after(() => rmSync(folder, { recursive: true }));
    const read = (text: string) => {
      const path = join(folder, 'index.json');
      writeFileSync(path, text);
      return readWordIndex(path, 'index.json');
    };

    it('reads words of every kind', async () => {
      const got = await read('{"a": 1, "__proto__": 2, "é": 3}');
      assert.deepEqual(Object.entries(got), [
        ['a', 1],
        ['__proto__', 2],
        ['é', 3],
      ]);
      assert.equal(Object.getPrototypeOf(got), Object.prototype);
    });

    it('refuses what is no word index', async () => {
      const end =
        ' The file is damaged or of another kind: replace it, or remove it so that it is fetched again.';
      await assert.rejects(read('[1]'), {
        message: `Expected index.json to hold a JSON object of words and ranks, received another value.${end}`,
      });
      await assert.rejects(read('{"a": "b"}'), {
        message: `Expected index.json to hold a whole number for each word, received "b" for "a".${end}`,
      });
      await assert.rejects(
        read('{"a": 1'),
        /^Error: Expected index\.json to hold a JSON object of words and ranks, received /,
      );
    });
  });
});
