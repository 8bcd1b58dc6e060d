import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { modelCheckpoint } from '../../../src/training/callbacks/modelCheckpoint';
import { fit } from '../../../src/training/fit';
import { predict } from '../../../src/training/predict';
import { importWeights } from '../../../src/training/weights/importWeights';
import { loadModel } from '../../../src/training/weights/loadModel';
import { untyped } from '../../untyped';
import { classifier, dataset, free, weights } from '../models';
import { camelCase, drive, golden, number, oneWeight } from './golden';

describe('modelCheckpoint', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'keras-primer-checkpoint-'));
  after(() => rmSync(folder, { recursive: true }));

  it("decides as Keras' on 120 series: what is saved, under what name, what is said", async () => {
    assert.equal(golden.modelCheckpoint.length, 120);
    const model = oneWeight();
    for (const [i, expected] of golden.modelCheckpoint.entries()) {
      const own = path.join(folder, `series${i}`);
      const ending = expected.options.save_weights_only ? '.npz' : '';
      const callback = modelCheckpoint(`${own}/${expected.pattern}${ending}`, camelCase(expected.options));
      const { messages, last } = await drive(callback, model, expected.values);
      const plain = messages.map(text => text.replaceAll(`${own}/`, '').replaceAll(ending || '\0', ''));
      const names = existsSync(own)
        ? readdirSync(own).map(name => name.slice(0, name.length - ending.length))
        : [];
      assert.deepEqual(
        { messages: plain, names: names.sort(), last, lastSaved: callback.lastSaved, best: callback.best },
        {
          messages: expected.messages,
          names: [...new Set(expected.saved)].sort(),
          last: expected.values.length - 1,
          lastSaved: expected.saved.length > 0 ? `${own}/${expected.saved.at(-1)}${ending}` : null,
          best: expected.best === null ? null : number(expected.best),
        },
        `case ${i}: ${JSON.stringify(expected)}`,
      );
    }
    free(model);
  });

  it("saves after as many batches as Keras', on tfjs", async () => {
    for (const [i, { epochs, steps, saveFreq, saved }] of golden.checkpointBatches.entries()) {
      const own = path.join(folder, `batches${i}`);
      const model = classifier(2);
      const { x, y } = dataset(2 * steps, 2);
      const callbacks = modelCheckpoint(`${own}/{epoch}-{batch:03d}`, { saveFreq });
      const history = await fit(model, x, y, { epochs, batchSize: 2, verbose: 0, callbacks });
      assert.equal(history.engine, 'tfjs');
      assert.deepEqual(existsSync(own) ? readdirSync(own).sort() : [], saved.toSorted());
      free(model);
    }
  });

  for (const engine of ['compiled', 'tfjs'] as const) {
    it(`saves the best model and the weights of each epoch on ${engine}`, async () => {
      const own = path.join(folder, engine);
      const { x, y } = dataset(60, 4);
      const model = classifier(4);
      const ends: number[][][] = [];
      const history = await fit(model, x, y, {
        epochs: 6,
        batchSize: 4,
        validationSplit: 0.3,
        seed: 1,
        verbose: 0,
        engine,
        callbacks: [
          { onEpochEnd: () => void ends.push(weights(model)) },
          modelCheckpoint(`${own}/best`, { saveBestOnly: true, monitor: 'val_accuracy' }),
          modelCheckpoint(`${own}/epoch-{epoch:02d}.npz`, { saveWeightsOnly: true }),
        ],
      });
      const scores = history.history.val_accuracy!;
      const best = scores.indexOf(Math.max(...scores));
      const saved = await loadModel(`${own}/best`);
      assert.deepEqual(weights(saved), ends[best]);
      await importWeights(saved, `${own}/epoch-02.npz`);
      assert.deepEqual(weights(saved), ends[1]);
      await importWeights(saved, `${own}/epoch-06.npz`);
      assert.deepEqual(await predict(saved, x, { verbose: 0 }), await predict(model, x, { verbose: 0 }));
      assert.deepEqual(
        readdirSync(own).sort(),
        ['best', ...[1, 2, 3, 4, 5, 6].map(epoch => `epoch-0${epoch}.npz`)].sort(),
      );
      free(model, saved);
    });
  }

  it('refuses what would do nothing or fail later', async () => {
    const refused: [string, unknown, string][] = [
      [
        'a.h5',
        { saveWeightsOnly: true },
        'Expected filepath of modelCheckpoint to end in .npz where saveWeightsOnly is set, received "a.h5".',
      ],
      [
        'a.keras',
        {},
        'Expected filepath of modelCheckpoint to be a folder, received "a.keras". A whole model is saved as a folder with model.json and weights.bin; set saveWeightsOnly: true to save .npz files.',
      ],
      ['', {}, 'Expected filepath of modelCheckpoint to be a path, received "".'],
      [
        'a',
        { monitor: 'loss' },
        'The option "monitor" of modelCheckpoint does nothing without saveBestOnly. Set saveBestOnly: true or leave it out.',
      ],
      [
        'a',
        { saveFreq: 'batch' },
        'Expected saveFreq of modelCheckpoint to be "epoch" or a number of batches, received "batch".',
      ],
      [
        'a',
        { saveFreq: 0 },
        'Expected saveFreq of modelCheckpoint to be a whole number of at least 1, received 0.',
      ],
      [
        'a',
        { saveBestOnly: true, initialValueThreshold: NaN },
        'Expected initialValueThreshold of modelCheckpoint to be a finite number, received NaN.',
      ],
    ];
    for (const [filepath, options, message] of refused)
      assert.throws(() => modelCheckpoint(filepath, untyped(options)), { message });

    const { x, y } = dataset(12, 2);
    const model = classifier(2);
    await assert.rejects(
      fit(model, x, y, { verbose: 0, callbacks: modelCheckpoint(`${folder}/no-{val_loss:.2f}`) }),
      {
        message: `Expected {val_loss} in the filepath "${folder}/no-{val_loss:.2f}" to be one of epoch, accuracy, loss, received "val_loss". Give fit validationData or validationSplit to have val_ numbers.`,
      },
    );
    const own = (yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor => tf.losses.absoluteDifference(yTrue, yPred);
    free(model);
    const other = classifier(2);
    other.compile({ optimizer: 'sgd', loss: own });
    let epochs = 0;
    await assert.rejects(
      fit(other, x, y, {
        verbose: 0,
        callbacks: [modelCheckpoint(`${folder}/no`), { onEpochEnd: () => void epochs++ }],
      }),
      /^Error: Expected a loss that TensorFlow\.js can find by its name, received "own", which it could not load again\. Compile the model with one of meanSquaredError, .*, or set saveWeightsOnly: true and a filepath ending in \.npz\.$/,
    );
    assert.equal(epochs, 0);
    assert.equal(existsSync(`${folder}/no`), false);
    other.dispose();
  });
});
