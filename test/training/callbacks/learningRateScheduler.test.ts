import assert from 'node:assert/strict';
import { learningRateScheduler } from '../../../src/training/callbacks/learningRateScheduler';
import { untyped } from '../../untyped';
import { free } from '../models';
import { drive, golden, oneWeight } from './golden';

describe('learningRateScheduler', () => {
  const schedules: Record<string, (epoch: number, learningRate: number) => number> = {
    halve: (_, learningRate) => learningRate / 2,
    step: epoch => (epoch < 2 ? 0.25 : 1e-5),
    keep: (_, learningRate) => learningRate,
  };

  it("sets, logs and says what Keras' does", async () => {
    assert.deepEqual(golden.schedules.map(({ name }) => name).sort(), Object.keys(schedules).sort());
    for (const { name, messages, logged } of golden.schedules) {
      const model = oneWeight(0.5);
      const seen = await drive(learningRateScheduler(schedules[name]!, { verbose: 1 }), model, [1, 1, 1, 1]);
      assert.deepEqual([seen.messages, seen.logged], [messages, logged]);
      free(model);
    }
  });

  it('refuses what is no learning rate', async () => {
    const model = oneWeight();
    for (const [given, text] of [
      [NaN, 'NaN'],
      [-1, '-1'],
      [undefined, 'undefined'],
    ]) {
      await assert.rejects(
        drive(
          learningRateScheduler(() => untyped(given)),
          model,
          [1],
        ),
        {
          message: `Expected the learning rate that schedule gives for epoch 0 to be a finite number of at least 0, received ${text}.`,
        },
      );
    }
    assert.throws(() => learningRateScheduler(untyped(0.1)), {
      message:
        'Expected schedule of learningRateScheduler to be a function such as (epoch, learningRate) => learningRate * 0.9, received 0.1.',
    });
    free(model);
  });
});
