import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { SparseMatrix } from '../../src/matrix/SparseMatrix';
import { predict } from '../../src/training/predict';
import { assertClose, classifier, dataset, free, withProgress } from './models';

const quiet = { verbose: 0, engine: 'tfjs' } as const;

describe('predict', () => {
  it("gives a row for each sample, equal to tf's own", async () => {
    const { x } = dataset(70, 4);
    const copy = structuredClone(x);
    const model = classifier(4);
    const tensor = tf.tensor2d(x);
    const theirs = model.predict(tensor);
    assert(!Array.isArray(theirs));
    const rows = await predict(model, x, quiet);
    assert.equal(rows.length, 70);
    assert(rows.every(row => Array.isArray(row) && row.length === 1));
    assertClose(rows.flat(), [...theirs.dataSync()], 1e-6);
    assert.deepEqual(await predict(model, tensor, quiet), rows);
    assert.deepEqual(x, copy);
    tf.dispose([tensor, theirs]);
    free(model);
  });

  it('takes sparse rows, empty ones included', async () => {
    const model = classifier(5);
    const sparse = new SparseMatrix({ shape: [3, 5], indptr: [0, 2, 2, 3], indices: [0, 4, 2] });
    assert.deepEqual(await predict(model, sparse, quiet), await predict(model, sparse.toArray(), quiet));
    free(model);
  });

  it('nests rows of rows', async () => {
    const model = tf.sequential({
      layers: [
        tf.layers.timeDistributed({
          layer: tf.layers.dense({ units: 2, kernelInitializer: 'ones' }),
          inputShape: [3, 1],
        }),
      ],
    });
    const x = [
      [[1], [2], [3]],
      [[4], [5], [6]],
    ];
    assert.deepEqual(
      await predict<number[][][]>(model, x, quiet),
      x.map(sample => sample.map(([value]) => [value, value])),
    );
    model.dispose();
  });

  it('shows a line without metrics', async () => {
    const model = classifier(4);
    const { lines } = await withProgress(() => predict(model, dataset(70, 4).x, { engine: 'tfjs' }));
    assert.match(lines.join('\n'), /^3\/3 ━{20} 0s \d+(us|ms)\/step$/);
    free(model);
  });
});
