import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { metricNames } from '../../src/engines/metricNames';

describe('metricNames', () => {
  it("are Keras 3's, by name and by function", () => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
    const names = (metrics: unknown) => {
      const args = { optimizer: 'sgd', loss: 'meanSquaredError' };
      Object.assign(args, { metrics });
      model.compile(args);
      return metricNames(model);
    };
    function myOwnMetric(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
      return yTrue.sub(yPred);
    }
    assert.deepEqual(names(undefined), ['loss']);
    assert.deepEqual(names(['accuracy']), ['loss', 'accuracy']);
    assert.deepEqual(names('acc'), ['loss', 'accuracy']);
    assert.deepEqual(names(['mae', 'mse', 'MSE', 'binaryAccuracy']), [
      'loss',
      'mae',
      'mse',
      'mse_1',
      'binary_accuracy',
    ]);
    assert.deepEqual(names([tf.metrics.binaryAccuracy, tf.metrics.meanAbsoluteError]), [
      'loss',
      'binary_accuracy',
      'mean_absolute_error',
    ]);
    assert.deepEqual(names([myOwnMetric, 'accuracy', 'acc']), [
      'loss',
      'my_own_metric',
      'accuracy',
      'accuracy_1',
    ]);
    model.dispose();
  });
});
