import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { History } from '../../src/training/History';

function history(...logs: Record<string, number>[]): History {
  const params = { epochs: 2, steps: 3, verbose: 0, batchSize: 4, samples: 12 };
  const made = new History({ engine: 'tfjs', backend: 'wasm', seed: 1, params });
  logs.forEach((log, epoch) => made.add(epoch, log));
  return made;
}

describe('History', () => {
  it('holds a value an epoch for each key', () => {
    const made = history({ accuracy: 0.5, loss: 1 }, { accuracy: 0.75, loss: 0.5 });
    assert.deepEqual({ ...made.history }, { accuracy: [0.5, 0.75], loss: [1, 0.5] });
    assert.deepEqual(made.epoch, [0, 1]);
    assert.deepEqual(Object.keys(made.history), ['accuracy', 'loss']);
  });

  it('has NaN where a callback gave no value', () => {
    const made = history({ loss: 1 }, { loss: 0.5, test: 3 }, { loss: 0.25 });
    assert.deepEqual({ ...made.history }, { loss: [1, 0.5, 0.25], test: [NaN, 3, NaN] });
  });

  it('names the keys it has when asked for one that it has not', () => {
    const made = history({ accuracy: 0.5, loss: 1, val_accuracy: 0.5, val_loss: 1 });
    const has = "Expected one of the history's keys (accuracy, loss, val_accuracy, val_loss), received";
    assert.throws(() => made.history.acc, new RangeError(`${has} "acc". Did you mean "accuracy"?`));
    assert.throws(
      () => made.history.val_acc,
      new RangeError(`${has} "val_acc". Did you mean "val_accuracy"?`),
    );
    assert.throws(() => made.history.valLoss, new RangeError(`${has} "valLoss". Did you mean "val_loss"?`));
    assert.throws(() => made.history.mae, new RangeError(`${has} "mae".`));
    assert.throws(
      () => history({ binary_accuracy: 1, loss: 1 }).history.acc,
      /received "acc"\. Did you mean "binary_accuracy"\?$/,
    );
    assert.throws(
      () => history({ loss: 1 }).history.val_loss,
      new RangeError(
        'Expected one of the history\'s keys (loss), received "val_loss". ' +
          'Give fit validationData or validationSplit to have val_ keys.',
      ),
    );
    assert.throws(
      () => history().history.loss,
      new RangeError('Expected one of the history\'s keys (there are none), received "loss".'),
    );
  });

  it('leaves promises, JSON and consoles alone', async () => {
    const made = history({ loss: 1 });
    assert.equal(await Promise.resolve(made.history), made.history);
    assert.equal(JSON.stringify(made.history), '{"loss":[1]}');
    assert.equal(inspect(made.history), '{ loss: [ 1 ] }');
    assert.equal(Object.prototype.toString.call(made.history), '[object Object]');
    assert.deepEqual({ ...made.history }, { loss: [1] });
  });
});
