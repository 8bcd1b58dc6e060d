import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { explainEngine } from '../../src/engines/explainEngine';

describe('explainEngine', () => {
  it('tells which engine, and why', () => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    assert.deepEqual(explainEngine(model, { engine: 'tfjs' }), {
      engine: 'tfjs',
      reason: 'tfjs was asked for.',
    });
    assert.match(explainEngine(model).reason, /^[a-z].*\.$/);
    assert.throws(
      () => Reflect.apply(explainEngine, undefined, [model, { engines: 1 }]),
      new TypeError(
        'Unknown option "engines" of explainEngine. Did you mean "engine"? Its options are: engine, batchSize, batchHooks.',
      ),
    );
    model.dispose();
  });
});
