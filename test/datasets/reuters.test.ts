import assert from 'node:assert/strict';
import { join } from 'node:path';
import { reuters } from '../../src/datasets/reuters';
import { fixtures, golden, hashesOf, hashText, pythonJson, sha256 } from './golden';
import { describeReal, withEnv } from './realData';
import { untyped } from '../untyped';

const small = join(fixtures, 'reuters_small.npz');

describe('reuters', () => {
  describe(`equals Keras ${golden.keras} on a small file of random numbers`, () => {
    for (const want of golden.reutersSmall) {
      it(JSON.stringify(want.options), async () => {
        const load = reuters.loadData({ ...want.options, path: small });
        if (want.parts === undefined) await assert.rejects(load, RangeError);
        else
          assert.deepEqual(
            await load,
            want.parts.map(part => [part.x, part.y]),
          );
      });
    }
  });

  describeReal(`equals Keras ${golden.keras} on the real files`, realHome => {
    const real = { KERAS_HOME: realHome, KERAS_PRIMER_DATA: undefined };
    for (const want of golden.reuters) {
      it(JSON.stringify(want.options), async () => {
        await withEnv(real, async () => {
          if (want.parts === undefined) await assert.rejects(reuters.loadData(want.options), RangeError);
          else {
            const got = hashText(await reuters.loadData(want.options));
            assert.deepEqual(got, hashesOf(want.parts));
          }
        });
      });
    }

    it('word index and decode', async () => {
      await withEnv(real, async () => {
        const index = await reuters.getWordIndex();
        assert.equal(Object.keys(index).length, golden.reutersWordIndex.size);
        assert.equal(sha256(pythonJson(index)), golden.reutersWordIndex.sha256);
        const [[x]] = await reuters.loadData({ numWords: 10000 });
        assert.match(await reuters.decode(x[0]!), /^\? \? \? /);
        delete index.the;
        assert.ok('the' in (await reuters.getWordIndex()), 'the index is a copy');
      });
    });
  });

  it('names the 46 topics', () => {
    assert.deepEqual(reuters.getLabelNames(), golden.reutersLabelNames);
    reuters.getLabelNames().length = 0;
    assert.equal(reuters.getLabelNames().length, 46);
  });

  it('says what is wrong', async () => {
    await assert.rejects(reuters.loadData(untyped({ testsplit: 0.1 })), {
      message:
        'Unknown option "testsplit" of reuters.loadData. Did you mean "testSplit"? ' +
        'Its options are: path, testSplit, numWords, skipTop, maxlen, seed, startChar, oovChar, indexFrom.',
    });
    await assert.rejects(reuters.loadData({ testSplit: NaN }), {
      message: 'Expected testSplit of reuters.loadData to be a finite number, received NaN.',
    });
    await assert.rejects(reuters.loadData({ path: small, maxlen: 1 }), {
      message:
        'Expected sequences shorter than maxlen=1 in reuters.loadData, received none. Increase maxlen or give numWords.',
    });
  });
});
