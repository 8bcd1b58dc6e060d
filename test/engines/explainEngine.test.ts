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
    assert.deepEqual(explainEngine(model), {
      engine: 'compiled',
      reason: 'compiled computes the same as TensorFlow.js for this model.',
    });
    assert.deepEqual(explainEngine(model, { batchHooks: true }), {
      engine: 'tfjs',
      reason:
        'compiled is not used because a callback watches single batches (onBatchBegin, onBatchEnd), which the compiled engine takes many at a time.',
    });
    assert.throws(
      () => explainEngine(model, { engine: 'compiled', batchHooks: true }),
      /^Error: Expected a model and options that the compiled engine can take, but a callback watches single batches/,
    );
    assert.throws(
      () => Reflect.apply(explainEngine, undefined, [model, { batchHooks: 'no' }]),
      new TypeError('Expected batchHooks to be true or false, received "no".'),
    );
    assert.throws(
      () => Reflect.apply(explainEngine, undefined, [model, { engines: 1 }]),
      new TypeError(
        'Unknown option "engines" of explainEngine. Did you mean "engine"? Its options are: engine, batchHooks.',
      ),
    );
    model.dispose();
  });
});
