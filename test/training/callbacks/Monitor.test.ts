import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import * as tf from '@tensorflow/tfjs';
import { Monitor } from '../../../src/training/callbacks/Monitor';
import { apply, free } from '../models';
import { golden, oneWeight } from './golden';

describe('Monitor', () => {
  it("takes the way of Keras' metrics in mode auto, validation and numbered names included", () => {
    assert(Object.keys(golden.directions).length >= 18);
    const model = oneWeight();
    for (const [name, direction] of Object.entries(golden.directions)) {
      for (const key of [name, `val_${name}`, `val_${name}_1`]) {
        const monitor = new Monitor('earlyStopping', key, 'auto');
        monitor.value({ [key]: 1 }, model);
        assert.equal(monitor.isImprovement(2, 1), direction === 'max', key);
        assert.equal(monitor.isImprovement(0, 1), direction === 'min', key);
      }
    }
    free(model);
  });

  it('knows the numbers of single outputs, which Keras does not', () => {
    const input = tf.input({ shape: [2] });
    const outputs = ['a', 'b_c'].map(name => apply(tf.layers.dense({ units: 1, name }), input));
    const model = tf.model({ inputs: input, outputs });
    for (const [key, up] of [
      ['b_c_loss', false],
      ['val_a_accuracy', true],
      ['val_b_c_mae', false],
    ] as const) {
      const monitor = new Monitor('earlyStopping', key, 'auto');
      monitor.value({ [key]: 1 }, model);
      assert.equal(monitor.isImprovement(2, 1), up, key);
    }
    model.dispose();
  });

  it('calls nothing better than itself, and no two numbers better than each other', () => {
    const model = oneWeight();
    fc.assert(
      fc.property(
        fc.double(),
        fc.double(),
        fc.constantFrom('min', 'max'),
        fc.double({ min: 0, max: 1 }),
        (a, b, mode, delta) => {
          const monitor = new Monitor('earlyStopping', 'loss', mode, delta);
          assert.equal(monitor.isImprovement(a, a), false);
          assert(!(monitor.isImprovement(a, b) && monitor.isImprovement(b, a)));
          assert.equal(monitor.isImprovement(a, null), true);
        },
      ),
    );
    free(model);
  });
});
