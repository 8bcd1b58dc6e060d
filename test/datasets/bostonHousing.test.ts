import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bostonHousing, type TableData } from '../../src/datasets/bostonHousing';
import { untyped } from '../untyped';
import { golden, sha256 } from './golden';
import { describeReal, warnings, withEnv } from './realData';

function hashes(data: TableData): unknown[] {
  return data.map(([x, y]) => ({
    shape: [x.length, 13],
    dtype: 'float64',
    x: sha256(Float64Array.from(x.flat())),
    y: sha256(Float64Array.from(y)),
  }));
}

describe('bostonHousing', () => {
  const empty = mkdtempSync(join(tmpdir(), 'keras-primer-'));
  after(() => rmSync(empty, { recursive: true }));

  describe(`equals Keras ${golden.keras} bit for bit: the embedded table`, () => equalsKeras(empty));
  describeReal(`equals Keras ${golden.keras} bit for bit: the real file`, equalsKeras);

  function equalsKeras(home: string): void {
    for (const want of golden.bostonHousing) {
      it(JSON.stringify(want.options), async () => {
        await withEnv({ KERAS_HOME: home }, async () => {
          await warnings(async () => {
            if (want.parts === undefined)
              await assert.rejects(bostonHousing.loadData(want.options), RangeError);
            else assert.deepEqual(hashes(await bostonHousing.loadData(want.options)), want.parts);
          });
          const path = home === empty ? null : join(home, 'datasets', 'boston_housing.npz');
          assert.deepEqual(bostonHousing.source(), { kind: 'real', path });
        });
      });
    }
  }

  it('has the values of the chapter', async () => {
    await withEnv({ KERAS_HOME: empty }, async () => {
      const [[, yTrain], [xTest, yTest]] = await bostonHousing.loadData();
      assert.equal(yTrain.length, 404);
      assert.equal(xTest.length, 102);
      assert.deepEqual(yTest.slice(0, 4), [7.2, 18.8, 19, 27]);
      assert.equal((yTest.reduce((sum, y) => sum + y, 0) / yTest.length).toFixed(6), '23.078431');
    });
  });

  it('says what is wrong', async () => {
    await assert.rejects(bostonHousing.loadData({ testSplit: 1 }), {
      message: 'Expected testSplit of bostonHousing.loadData to be less than 1, received 1.',
    });
    await assert.rejects(bostonHousing.loadData({ testSplit: -0.1 }), {
      message:
        'Expected testSplit of bostonHousing.loadData to be a finite number of at least 0, received -0.1.',
    });
    await assert.rejects(bostonHousing.loadData(untyped({ numWords: 1 })), {
      message: 'Unknown option "numWords" of bostonHousing.loadData. Its options are: path, testSplit, seed.',
    });
  });
});
