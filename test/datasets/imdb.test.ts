import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { imdb } from '../../src/datasets/imdb';
import { provenance } from '../../src/provenance/provenance';
import { fixtures, golden, hashesOf, hashText, pythonJson, sha256 } from './golden';
import { describeReal, withEnv } from './realData';
import { untyped } from '../untyped';

const small = join(fixtures, 'imdb_small.npz');

describe('imdb', () => {
  describe(`equals Keras ${golden.keras} on a small file of random numbers`, () => {
    for (const want of golden.imdbSmall) {
      it(JSON.stringify(want.options), async () => {
        const load = imdb.loadData({ ...want.options, path: small });
        if (want.parts === undefined) {
          await assert.rejects(load, RangeError);
          return;
        }
        assert.deepEqual(
          await load,
          want.parts.map(part => [part.x, part.y]),
        );
        assert.deepEqual(imdb.source(), { kind: 'own', path: small });
      });
    }
  });

  describeReal(`equals Keras ${golden.keras} on the real files`, realHome => {
    const real = { KERAS_HOME: realHome, KERAS_PRIMER_DATA: undefined };
    for (const want of golden.imdb) {
      it(JSON.stringify(want.options), async () => {
        await withEnv(real, async () => {
          if (want.parts === undefined) await assert.rejects(imdb.loadData(want.options), RangeError);
          else {
            const got = hashText(await imdb.loadData(want.options));
            const { parts } = want;
            assert.deepEqual(got, hashesOf(parts));
          }
        });
      });
    }

    it('word index, decode and encode', async () => {
      await withEnv(real, async () => {
        const index = await imdb.getWordIndex();
        assert.equal(Object.keys(index).length, golden.imdbWordIndex.size);
        assert.equal(sha256(pythonJson(index)), golden.imdbWordIndex.sha256);
        const [[x]] = await imdb.loadData({ numWords: 10000 });
        const file = join(real.KERAS_HOME, 'datasets', 'imdb.npz');
        assert.deepEqual(imdb.source(), { kind: 'real', path: file });
        assert.ok(provenance().some(entry => entry.name === 'imdb' && entry.detail === 'real'));
        for (const review of x.slice(0, 200)) {
          const text = await imdb.decode(review);
          assert.equal(text.split(' ').length, review.length);
          const back = await imdb.encode(text.replaceAll('?', 'zzqx'), { numWords: 10000, startChar: null });
          // A few words of the index hold characters at which Keras' filters cut.
          if (back.length === review.length) assert.deepEqual(back.slice(1), review.slice(1));
        }
      });
    });
  });

  it('asks for the words of data that are your own', async () => {
    await imdb.loadData({ path: small });
    const message =
      `Expected path for imdb.decode, since ${small} is your own and may have words of its own, received none. ` +
      'Give the absolute path of its word index, or "imdb_word_index.json" if it has the ids of Keras\' file.';
    await assert.rejects(imdb.decode([1, 4]), { message });
    await assert.rejects(imdb.encode('a'), { message: message.replace('decode', 'encode') });
    const folder = mkdtempSync(join(tmpdir(), 'keras-primer-index-'));
    const path = join(folder, 'own.json');
    writeFileSync(path, '{"one": 1}');
    assert.equal(await imdb.decode([1, 4, 5], { path }), '? one ?');
    assert.deepEqual(await imdb.encode('one two', { path }), [1, 4, 2]);
    // Read again once it has changed.
    writeFileSync(path, '{"one": 1, "two": 2}');
    assert.deepEqual(await imdb.getWordIndex({ path }), { one: 1, two: 2 });
    assert.equal(await imdb.decode([1, 4, 5], { path }), '? one two');
    // Many at once read it once.
    writeFileSync(path, '{"three": 3}');
    assert.deepEqual(await Promise.all([1, 2, 3].map(() => imdb.decode([6], { path }))), [
      'three',
      'three',
      'three',
    ]);
    rmSync(folder, { recursive: true });
  });

  it('gives plain arrays that hold no data of another call', async () => {
    const first = await imdb.loadData({ path: small });
    const again = await imdb.loadData({ path: small });
    assert.deepEqual(first, again);
    first[0][0][0]!.push(99);
    first[0][1].length = 0;
    assert.deepEqual(await imdb.loadData({ path: small }), again);
    assert.ok(Array.isArray(again[0][0][0]) && Array.isArray(again[0][1]));
  });

  it('says what is wrong', async () => {
    const cases: [Record<string, unknown>, string][] = [
      [
        { numWord: 10000 },
        'Unknown option "numWord" of imdb.loadData. Did you mean "numWords"? ' +
          'Its options are: path, numWords, skipTop, maxlen, seed, startChar, oovChar, indexFrom.',
      ],
      [
        { numWords: 1.5 },
        'Expected numWords of imdb.loadData to be a whole number from -1073741824 to 1073741824, received 1.5.',
      ],
      [
        { maxlen: '100' },
        'Expected maxlen of imdb.loadData to be a whole number from -1073741824 to 1073741824, received "100".',
      ],
      [{ seed: -1 }, 'Expected seed to be a whole number from 0 to 4294967295, received -1.'],
      [{ path: '' }, 'Expected path of imdb.loadData to be a file name or an absolute path, received "".'],
      [{ path: 5 }, 'Expected path of imdb.loadData to be a file name or an absolute path, received 5.'],
      [
        { path: small, maxlen: 1 },
        'Expected reviews shorter than maxlen=1 in imdb.loadData, received none. Increase maxlen.',
      ],
      [
        { path: '/no/such/imdb.npz' },
        'Expected path of imdb.loadData to be a file, received "/no/such/imdb.npz", where there is none. ' +
          'Give the place of imdb.npz, or leave path out so that it is found or fetched.',
      ],
      [
        { path: join(fixtures, 'reuters_small.npz') },
        'Expected reuters_small.npz to hold one member "x_train.npy", received only "x.npy", "y.npy". ' +
          'The file is damaged or of another kind: replace it, or remove it so that it is fetched again.',
      ],
    ];
    for (const [options, message] of cases) await assert.rejects(imdb.loadData(options), { message });
    await withEnv({ KERAS_HOME: '/k' }, async () => {
      for (const path of ['../imdb.npz', 'a/b.npz', 'a\\b.npz', 'C:b.npz', '..', 'a\0b']) {
        await assert.rejects(imdb.loadData({ path }), {
          message: `Expected path of imdb.loadData to be a name inside /k/datasets or an absolute path, received ${JSON.stringify(path)}.`,
        });
      }
    });
    await assert.rejects(imdb.decode(untyped([[1, 2]])), {
      message:
        'Expected imdb.decode to be given whole numbers, received an array of length 2 at 0. Decode the sequences one at a time.',
    });
    await assert.rejects(imdb.decode(untyped(5)), {
      message: 'Expected imdb.decode to be given one sequence of word ids, received 5.',
    });
    await assert.rejects(imdb.encode(untyped(5)), {
      message: 'Expected imdb.encode to be given a text, received 5.',
    });
    await assert.rejects(imdb.encode('a', untyped({ maxlen: 3 })), {
      message:
        'Unknown option "maxlen" of imdb.encode. Its options are: numWords, skipTop, startChar, oovChar, indexFrom, path.',
    });
  });
});
