import assert from 'node:assert/strict';
import { earlyStopping } from '../../../src/training/callbacks/earlyStopping';
import { fit } from '../../../src/training/fit';
import { untyped } from '../../untyped';
import { classifier, dataset, free, weights } from '../models';
import { camelCase, drive, golden, number, oneWeight } from './golden';

describe('earlyStopping', () => {
  it("decides as Keras' on 300 series: stop, best epoch, weights, messages", async () => {
    assert.equal(golden.earlyStopping.length, 300);
    const model = oneWeight();
    for (const [i, expected] of golden.earlyStopping.entries()) {
      const callback = earlyStopping(camelCase(expected.options));
      const seen = await drive(callback, model, expected.values, expected.first);
      assert.deepEqual(
        {
          stop: seen.stop,
          last: seen.last,
          best: callback.best,
          bestEpoch: callback.bestEpoch,
          stoppedEpoch: callback.stoppedEpoch,
          weights: seen.weight,
          messages: seen.messages,
        },
        {
          stop: expected.stop,
          last: expected.last,
          best: expected.best === null ? null : number(expected.best),
          bestEpoch: expected.bestEpoch,
          stoppedEpoch: expected.stoppedEpoch,
          weights: expected.weights,
          messages: expected.messages,
        },
        `case ${i}: ${JSON.stringify(expected)}`,
      );
    }
    free(model);
  });

  it('begins anew with each run', async () => {
    const model = oneWeight();
    const callback = earlyStopping({ restoreBestWeights: true, patience: 1 });
    for (let again = 0; again < 2; again++) {
      const { last, weight } = await drive(callback, model, [3, 2, 2.5, 1]);
      assert.deepEqual([last, weight, callback.best], [2, 1, 2]);
    }
    free(model);
  });

  for (const engine of ['compiled', 'tfjs'] as const) {
    it(`restores the weights of the best epoch on ${engine}, to the bit`, async () => {
      const { x, y } = dataset(60, 4);
      const model = classifier(4);
      const ends: number[][][] = [];
      const stopping = earlyStopping({ monitor: 'val_loss', patience: 2, restoreBestWeights: true });
      const history = await fit(
        model,
        x,
        dataset(60, 4, 9).y.map((label, i) => (i < 40 ? label : y[i]!)),
        {
          epochs: 40,
          batchSize: 4,
          validationSplit: 0.3,
          seed: 1,
          verbose: 0,
          engine,
          callbacks: [{ onEpochEnd: () => void ends.push(weights(model)) }, stopping],
        },
      );
      const losses = history.history.val_loss!;
      const best = losses.indexOf(Math.min(...losses));
      assert.equal(history.engine, engine);
      assert.equal(stopping.bestEpoch, best);
      assert.equal(stopping.stoppedEpoch, best + 2);
      assert.equal(losses.length, best + 3);
      assert.deepEqual(weights(model), ends[best]);
      assert.notDeepEqual(weights(model), ends.at(-1));
      free(model);
    });
  }

  it('refuses what it does not know', async () => {
    const refused: [unknown, string][] = [
      [
        { mode: 'mni' },
        'Expected mode of earlyStopping to be "auto" or "min" or "max", received "mni". Did you mean "min"?',
      ],
      [
        { patiense: 2 },
        'Unknown option "patiense" of earlyStopping. Did you mean "patience"? Its options are: monitor, minDelta, patience, verbose, mode, baseline, restoreBestWeights, startFromEpoch.',
      ],
      [{ monitor: 3 }, 'Expected monitor of earlyStopping to be a name, received 3.'],
      [
        { patience: -1 },
        'Expected patience of earlyStopping to be a whole number of at least 0, received -1.',
      ],
      [{ minDelta: NaN }, 'Expected minDelta of earlyStopping to be a finite number, received NaN.'],
      [{ baseline: '1' }, 'Expected baseline of earlyStopping to be a finite number, received "1".'],
      [{ verbose: 2 }, 'Expected verbose of earlyStopping to be 0 or 1, received 2.'],
      [
        { restoreBestWeights: 1 },
        'Expected restoreBestWeights of earlyStopping to be true or false, received 1.',
      ],
      [
        { startFromEpoch: 0.5 },
        'Expected startFromEpoch of earlyStopping to be a whole number of at least 0, received 0.5.',
      ],
    ];
    for (const [options, message] of refused)
      assert.throws(() => earlyStopping(untyped(options)), { message });

    const { x, y } = dataset(12, 4);
    const model = classifier(4);
    const run = (options: Parameters<typeof earlyStopping>[0], more = {}) =>
      fit(model, x, y, { epochs: 2, verbose: 0, callbacks: [earlyStopping(options)], ...more });
    await assert.rejects(run({}), {
      name: 'RangeError',
      message:
        'Expected monitor of earlyStopping to be one of accuracy, loss, received "val_loss". Give fit validationData or validationSplit to have val_ numbers.',
    });
    await assert.rejects(run({ monitor: 'val_acc' }, { validationSplit: 0.5 }), {
      message:
        'Expected monitor of earlyStopping to be one of accuracy, loss, val_accuracy, val_loss, received "val_acc". Did you mean "val_accuracy"?',
    });
    const adds = { onEpochEnd: (_: number, logs = {}) => void Object.assign(logs, { swing: 1 }) };
    await assert.rejects(
      fit(model, x, y, { verbose: 0, callbacks: [adds, earlyStopping({ monitor: 'swing' })] }),
      {
        message:
          'Expected mode of earlyStopping to be "min" or "max" for monitor "swing", received "auto", and the name does not say which is better. Set mode.',
      },
    );
    // The model can be trained after such errors.
    await run({ monitor: 'loss' });
    free(model);
  });

  it('says what is wrong when model.fit of TensorFlow.js calls it', async () => {
    const model = oneWeight();
    const callback = earlyStopping({ monitor: 'loss' });
    await assert.rejects(async () => callback.onEpochEnd?.(0, { loss: 1 }), {
      message:
        'Expected earlyStopping to be told its model, but setModel was not called. Give the callback to fit(model, x, y, { callbacks }) of this package, not to model.fit.',
    });
    free(model);
  });
});
