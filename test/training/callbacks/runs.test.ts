import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import type { Callback } from '../../../src/training/Callback';
import { earlyStopping } from '../../../src/training/callbacks/earlyStopping';
import { learningRateScheduler } from '../../../src/training/callbacks/learningRateScheduler';
import { reduceLROnPlateau } from '../../../src/training/callbacks/reduceLROnPlateau';
import { terminateOnNaN } from '../../../src/training/callbacks/terminateOnNaN';
import { fit } from '../../../src/training/fit';
import { assertClose, free, weights, withProgress } from '../models';
import { golden, number } from './golden';

const runs: Record<string, () => Callback[]> = {
  earlyStopping: () => [earlyStopping({ patience: 3, restoreBestWeights: true })],
  bestAtEnd: () => [earlyStopping({ monitor: 'loss', restoreBestWeights: true })],
  accuracyLike: () => [earlyStopping({ monitor: 'val_mae', patience: 2, minDelta: 0.001 })],
  reduceLROnPlateau: () => [reduceLROnPlateau({ patience: 2, factor: 0.5, cooldown: 1, minLr: 0.02 })],
  learningRateScheduler: () => [learningRateScheduler((epoch, rate) => (epoch === 0 ? 0.2 : rate * 0.8))],
  both: () => [reduceLROnPlateau({ patience: 1, factor: 0.25 }), earlyStopping({ patience: 5 })],
  terminateOnNaN: () => [terminateOnNaN()],
};

describe('callbacks in whole runs', () => {
  const { fits } = golden;
  it('are those that Keras ran', () => {
    assert.deepEqual(Object.keys(fits.runs).sort(), Object.keys(runs).sort());
  });

  for (const engine of ['compiled', 'tfjs'] as const) {
    for (const [name, expected] of Object.entries(fits.runs)) {
      it(`${name} gives the history and weights of Keras on ${engine}`, async () => {
        const broken = name === 'terminateOnNaN';
        const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [3] })] });
        model.compile({
          optimizer: tf.train.sgd(expected.learningRate),
          loss: 'meanSquaredError',
          metrics: ['mae'],
        });
        tf.tidy(() => model.setWeights([tf.tensor2d([[0.2], [-0.1], [0.4]]), tf.zeros([1])]));
        const { lines } = await withProgress(async () => {
          const history = await fit(model, fits.x, broken ? fits.yBroken : fits.y, {
            epochs: expected.epochs,
            batchSize: 5,
            shuffle: false,
            validationData: [fits.valX, fits.valY],
            verbose: 0,
            engine,
            callbacks: runs[name]!(),
          });
          assert.deepEqual(history.epoch, expected.epoch);
          assert.deepEqual(Object.keys(history.history), Object.keys(expected.history));
          if (broken && engine === 'compiled') return;
          for (const [key, values] of Object.entries(expected.history)) {
            const wanted = values.map(number);
            const own = history.history[key]!;
            assert.deepEqual(own.map(Number.isFinite), wanted.map(Number.isFinite), key);
            assertClose(own.filter(Number.isFinite), wanted.filter(Number.isFinite), 1e-5);
          }
          weights(model).forEach((values, i) => assertClose(values, expected.weights[i]!.map(number), 1e-5));
        });
        // The compiled engine is asked after the epoch.
        if (!(broken && engine === 'compiled')) assert.deepEqual(lines, expected.messages);
        free(model);
      });
    }
  }
});
