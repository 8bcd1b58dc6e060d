import assert from 'node:assert/strict';
import { terminateOnNaN } from '../../../src/training/callbacks/terminateOnNaN';
import { fit } from '../../../src/training/fit';
import { free, withProgress } from '../models';
import { golden, oneWeight } from './golden';

describe('terminateOnNaN', () => {
  const x = golden.fits.x.map(row => [row[0]!]);
  const y = golden.fits.yBroken;

  it('ends the epoch after the batch on tfjs, which counts as finished', async () => {
    const model = oneWeight();
    const batches: number[] = [];
    const ends: string[] = [];
    const { lines } = await withProgress(async () => {
      const history = await fit(model, x, y, {
        epochs: 3,
        batchSize: 5,
        shuffle: false,
        engine: 'tfjs',
        verbose: 0,
        callbacks: [
          terminateOnNaN(),
          { onBatchEnd: batch => void batches.push(batch), onTrainEnd: () => void ends.push('end') },
        ],
      });
      assert.deepEqual([history.epoch, history.history.loss, history.interrupted], [[0], [Infinity], false]);
    });
    assert.deepEqual(
      [batches, ends, lines],
      [[0, 1], ['end'], ['Batch 1: Invalid loss, terminating training']],
    );
    free(model);
  });

  it('leaves the compiled engine in use, and ends the run after the epoch', async () => {
    const model = oneWeight();
    const { lines } = await withProgress(async () => {
      const history = await fit(model, x, y, {
        epochs: 3,
        batchSize: 5,
        shuffle: false,
        verbose: 0,
        callbacks: terminateOnNaN(),
      });
      assert.equal(history.engine, 'compiled');
      assert.deepEqual(history.epoch, [0]);
      assert.equal(Number.isFinite(history.history.loss![0]), false);
    });
    assert.deepEqual(lines, ['Epoch 1: Invalid loss, terminating training']);
    free(model);
  });

  it('makes fit fail where it is asked to', async () => {
    const model = oneWeight();
    const options = {
      batchSize: 5,
      shuffle: false,
      verbose: 0,
      callbacks: terminateOnNaN({ raiseError: true }),
    } as const;
    await assert.rejects(fit(model, x, y, { ...options, engine: 'tfjs' }), {
      message: 'NaN or Inf loss encountered at batch 1. Loss value: inf. Terminating training immediately.',
    });
    await assert.rejects(
      fit(model, x, y, { ...options, engine: 'compiled' }),
      /^Error: NaN or Inf loss encountered at epoch 1\. Loss value: (inf|nan)\. Terminating training immediately\.$/,
    );
    free(model);
  });

  it('does nothing where all is well', async () => {
    const model = oneWeight();
    const history = await fit(model, x, golden.fits.y, {
      epochs: 3,
      verbose: 0,
      callbacks: terminateOnNaN(),
    });
    assert.deepEqual(history.epoch, [0, 1, 2]);
    free(model);
  });
});
