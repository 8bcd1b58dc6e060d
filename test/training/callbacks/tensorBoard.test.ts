import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { reduceLROnPlateau } from '../../../src/training/callbacks/reduceLROnPlateau';
import { tensorBoard } from '../../../src/training/callbacks/tensorBoard';
import { fit } from '../../../src/training/fit';
import { untyped } from '../../untyped';
import { classifier, dataset, free, weights } from '../models';
import { readEvents, type BoardEvent } from './events/readEvents';

describe('tensorBoard', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'keras-primer-board-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  /** The events of one of its folders, file by file, without those that begin files. */
  const events = (part: string): BoardEvent[] =>
    readdirSync(path.join(folder, part))
      .toSorted()
      .flatMap(file => readEvents(readFileSync(path.join(folder, part, file))).slice(1));
  const scalars = (part: string) =>
    events(part).flatMap(({ step, values }) =>
      values.filter(({ scalar }) => scalar !== undefined).map(({ tag, scalar }) => [step, tag, scalar]),
    );

  for (const engine of ['compiled', 'tfjs'] as const) {
    it(`writes losses, metrics, learning rates and weights of ${engine} under Keras' names`, async () => {
      const { x, y } = dataset(30, 4);
      const model = classifier(4);
      const ends: number[][][] = [];
      const history = await fit(model, x, y, {
        epochs: 3,
        batchSize: 10,
        validationSplit: 0.3,
        seed: 1,
        verbose: 0,
        engine,
        callbacks: [
          { onEpochEnd: () => void ends.push(weights(model)) },
          tensorBoard(folder, { histogramFreq: 2 }),
        ],
      });
      assert.equal(history.engine, engine);
      const rate = Number(model.optimizer.getConfig().learningRate);
      const { accuracy, loss, val_accuracy: valAccuracy, val_loss: valLoss } = history.history;
      assert.deepEqual(
        scalars('train'),
        [0, 1, 2].flatMap(epoch => [
          [epoch, 'epoch_accuracy', accuracy![epoch]],
          [epoch, 'epoch_loss', loss![epoch]],
          [epoch, 'epoch_learning_rate', rate],
        ]),
      );
      assert.deepEqual(
        scalars('validation'),
        [0, 1, 2].flatMap(epoch => [
          [epoch, 'epoch_accuracy', valAccuracy![epoch]],
          [epoch, 'epoch_loss', valLoss![epoch]],
        ]),
      );
      const histograms = events('train').flatMap(({ step, values }) =>
        values.filter(({ histogram }) => histogram).map(({ tag, histogram }) => ({ step, tag, histogram })),
      );
      const names = ['0_dense/kernel', '0_dense/bias', '1_dense/kernel', '1_dense/bias'];
      assert.deepEqual(
        histograms.map(({ step, tag }) => [step, tag]),
        [0, 2].flatMap(epoch => names.map(name => [epoch, `${name}/histogram`])),
      );
      for (const [i, { step, histogram = [] }] of histograms.entries()) {
        const numbers = ends[step]![i % 4]!;
        assert.equal(histogram[0]![0], Math.min(...numbers));
        assert.equal(histogram.at(-1)![1], Math.max(...numbers));
        assert.equal(
          histogram.reduce((sum, [, , count]) => sum + count!, 0),
          numbers.length,
        );
      }
      free(model);
    });
  }

  it('writes the numbers of batches, of each or of some, from tfjs', async () => {
    const { x, y } = dataset(12, 2);
    for (const [updateFreq, steps] of [
      ['batch', [1, 2, 3, 4, 5, 6, 7, 8]],
      [3, [3, 6]],
    ] as const) {
      const model = classifier(2);
      const history = await fit(model, x, y, {
        batchSize: 3,
        epochs: 2,
        verbose: 0,
        callbacks: tensorBoard(path.join(folder, String(updateFreq)), { updateFreq }),
      });
      assert.equal(history.engine, 'tfjs');
      const written = scalars(`${updateFreq}/train`).filter(([, tag]) => tag === 'batch_loss');
      assert.deepEqual(
        written.map(([step]) => step),
        steps,
      );
      assert(written.every(([, , loss]) => Number(loss) > 0));
      free(model);
    }
  });

  it('begins files of its own with each run, and none for validation where there is none', async () => {
    const { x, y } = dataset(12, 2);
    const model = classifier(2);
    const board = tensorBoard(folder);
    for (let run = 0; run < 2; run++) await fit(model, x, y, { verbose: 0, callbacks: [board] });
    assert.equal(readdirSync(path.join(folder, 'train')).length, 2);
    assert(!existsSync(path.join(folder, 'validation')));
    free(model);
  });

  it('sees what callbacks before it add, and adds nothing to the history itself', async () => {
    const { x, y } = dataset(12, 2);
    const model = classifier(2);
    const adds = { onEpochEnd: (_: number, logs = {}) => void Object.assign(logs, { swing: 0.5 }) };
    const history = await fit(model, x, y, {
      verbose: 0,
      callbacks: [adds, tensorBoard(folder), reduceLROnPlateau({ monitor: 'loss' })],
    });
    assert.deepEqual(
      scalars('train').filter(([, tag]) => tag === 'epoch_swing'),
      [[0, 'epoch_swing', 0.5]],
    );
    assert.deepEqual(Object.keys(history.history), ['accuracy', 'loss', 'swing', 'learning_rate']);
    free(model);
  });

  it('refuses what it does not know', () => {
    assert.throws(() => tensorBoard(''), {
      message: 'Expected logDir of tensorBoard to be a path, received "".',
    });
    assert.throws(() => tensorBoard('logs', untyped({ updateFreq: 'epochs' })), {
      message:
        'Expected updateFreq of tensorBoard to be "epoch" or "batch", received "epochs". Did you mean "epoch"?',
    });
    assert.throws(() => tensorBoard('logs', { updateFreq: 0 }), {
      message: 'Expected updateFreq of tensorBoard to be a whole number of at least 1, received 0.',
    });
    assert.throws(() => tensorBoard('logs', untyped({ writeGraph: true })), {
      message: 'Unknown option "writeGraph" of tensorBoard. Its options are: histogramFreq, updateFreq.',
    });
  });
});
