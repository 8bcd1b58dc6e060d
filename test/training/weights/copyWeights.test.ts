import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { copyWeights } from '../../../src/training/weights/copyWeights';
import { weights } from '../models';
import { models } from './models';

describe('copyWeights', () => {
  it('gives the weights back to the bit, constraints and moving statistics included, and leaves no tensor', async () => {
    const constrained = tf.sequential({
      layers: [
        tf.layers.dense({
          units: 3,
          inputShape: [4],
          kernelConstraint: tf.constraints.maxNorm({ maxValue: 1 }),
        }),
      ],
    });
    for (const model of [constrained, models.branches!()]) {
      const before = weights(model);
      const { numTensors } = tf.memory();
      const copy = await copyWeights(model);
      tf.tidy(() => model.setWeights(model.getWeights().map(tensor => tf.onesLike(tensor))));
      assert.notDeepEqual(weights(model), before);
      for (let again = 0; again < 2; again++) {
        copy.restore(model);
        assert.deepEqual(weights(model), before);
      }
      assert.equal(tf.memory().numTensors, numTensors);
      model.dispose();
    }
  });
});
