import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import * as tf from '@tensorflow/tfjs';
import { tensorBoard } from '../../../src/training/callbacks/tensorBoard';
import { fit } from '../../../src/training/fit';
import { untyped } from '../../untyped';
import { classifier, dataset, free } from '../models';

const load = createRequire(__filename);
const name = load.resolve('@tensorflow/tfjs-node');

describe('tensorBoard', () => {
  let before: NodeJS.Module | undefined;
  beforeEach(() => (before = load.cache[name]));
  afterEach(() => {
    if (before) load.cache[name] = before;
    else delete load.cache[name];
  });
  /** Put something in the place of tfjs-node. */
  const install = (exports: unknown): void => {
    load.cache[name] = untyped({ id: name, filename: name, loaded: true, exports });
  };

  it('says what to install where there is no tfjs-node', () => {
    install({});
    assert.throws(() => tensorBoard('logs'), {
      message:
        'Expected @tensorflow/tfjs-node for tensorBoard, received none: it writes the event files with its native library. Install @tensorflow/tfjs-node 4.22.0, or use csvLogger, which needs nothing.',
    });
  });

  for (const updateFreq of ['epoch', 'batch'] as const) {
    it(`calls that of tfjs-node after each ${updateFreq}`, async () => {
      const calls: unknown[] = [];
      // Built as tfjs-node's: a CustomCallback with the hooks of both.
      class Writer extends tf.CustomCallback {
        constructor(...args: unknown[]) {
          super({
            onBatchEnd: batch => void calls.push(['batch', batch]),
            onEpochEnd: (epoch, logs) => void calls.push(['epoch', epoch, Object.keys(logs ?? {})]),
            onTrainEnd: () => void calls.push(['end']),
          });
          calls.push(args);
        }
      }
      install({ node: { tensorBoard: (...args: unknown[]) => new Writer(...args) } });
      const { x, y } = dataset(6, 2);
      const model = classifier(2);
      const history = await fit(model, x, y, {
        batchSize: 3,
        verbose: 0,
        callbacks: tensorBoard('logs', { updateFreq, histogramFreq: 2 }),
      });
      const batches = updateFreq === 'batch' ? [0, 1].map(batch => ['batch', batch]) : [];
      assert.deepEqual(calls, [
        ['logs', { updateFreq, histogramFreq: 2 }],
        ...batches,
        ['epoch', 0, ['accuracy', 'loss']],
        ['end'],
      ]);
      assert.equal(history.engine, updateFreq === 'batch' ? 'tfjs' : 'compiled');
      free(model);
    });
  }

  it('refuses what it does not know', () => {
    assert.throws(() => tensorBoard(''), {
      message: 'Expected logDir of tensorBoard to be a path, received "".',
    });
    assert.throws(() => tensorBoard('logs', untyped({ updateFreq: 'epochs' })), {
      message:
        'Expected updateFreq of tensorBoard to be "epoch" or "batch", received "epochs". Did you mean "epoch"?',
    });
  });
});
