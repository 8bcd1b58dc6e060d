import { fixed } from '../../metrics/format';
import { checkBoolean } from '../../options/checkBoolean';
import { checkCount } from '../../options/checkCount';
import { checkNumber } from '../../options/checkNumber';
import { checkOptions } from '../../options/checkOptions';
import { describe } from '../../options/describe';
import type { Callback, Logs } from '../Callback';
import { exportWeights } from '../weights/exportWeights';
import { saveModel } from '../weights/saveModel';
import { trainingConfig } from '../weights/trainingConfig';
import { formatPath } from './formatPath';
import { Monitor, type MonitorMode } from './Monitor';
import { checkCallbackVerbose, say, type CallbackVerbose } from './say';
import { Subject } from './Subject';

/** Options of `modelCheckpoint`; those of Keras. */
export interface ModelCheckpointOptions {
  /** With `saveBestOnly`: the number in the logs to watch. Default `'val_loss'`. */
  monitor?: string;
  /** 1: say what it does. Default 0. */
  verbose?: CallbackVerbose;
  /** Whether to save only when the number is better than ever before. Default false. */
  saveBestOnly?: boolean;
  /** Whether to save the weights only, by `exportWeights`. Default false: the whole model, by `saveModel`. */
  saveWeightsOnly?: boolean;
  /** With `saveBestOnly`: whether less or more is better; `'auto'` (default) goes by the name of the number. */
  mode?: MonitorMode;
  /** `'epoch'` (default), or after how many batches to save; batches keep the compiled engine from being used. */
  saveFreq?: 'epoch' | number;
  /** With `saveBestOnly`: what the first value must be better than. Default none. */
  initialValueThreshold?: number | null;
}

/** What `modelCheckpoint` returns. */
export interface ModelCheckpoint extends Callback {
  /** With `saveBestOnly`: the best value so far, or `null`. */
  readonly best: number | null;
  /** What was saved last, or `null`. */
  readonly lastSaved: string | null;
}

const known: readonly (keyof ModelCheckpointOptions)[] = [
  'monitor',
  'verbose',
  'saveBestOnly',
  'saveWeightsOnly',
  'mode',
  'saveFreq',
  'initialValueThreshold',
];

/**
 * A callback that saves the model as it trains: `keras.callbacks.ModelCheckpoint`, with the same decisions. The best value is kept from one
 * `fit` to the next, as in Keras.
 *
 * @param filepath a folder for `saveModel`, or with `saveWeightsOnly` a file that ends in `.npz`. `{epoch:02d}`, `{val_loss:.2f}` and the like are
 * filled in; epochs are counted from 1 here.
 * @throws TypeError or RangeError for an option that does not fit or does nothing; at the end of the first epoch if `monitor` or a name in
 * `filepath` is not in the logs; at the beginning if TensorFlow.js cannot save how the model was compiled.
 * @example
 * const folder = require('node:fs').mkdtempSync(require('node:os').tmpdir() + '/checkpoint-');
 * const best = modelCheckpoint(`${folder}/best.npz`, { monitor: 'val_loss', saveBestOnly: true, saveWeightsOnly: true });
 * await fit(model, x, y, { epochs: 3, validationSplit: 0.25, callbacks: [best], verbose: 0 });
 * await importWeights(model, `${folder}/best.npz`);
 */
export function modelCheckpoint(filepath: string, options: ModelCheckpointOptions = {}): ModelCheckpoint {
  checkOptions('modelCheckpoint', options, known);
  const { monitor = 'val_loss', mode = 'auto', saveFreq = 'epoch', initialValueThreshold = null } = options;
  const saveBestOnly = checkBoolean('saveBestOnly of modelCheckpoint', options.saveBestOnly ?? false);
  const saveWeightsOnly = checkBoolean(
    'saveWeightsOnly of modelCheckpoint',
    options.saveWeightsOnly ?? false,
  );
  const verbose = checkCallbackVerbose('modelCheckpoint', options.verbose ?? 0);
  checkFilepath(filepath, saveWeightsOnly);
  if (saveFreq !== 'epoch') {
    if (typeof saveFreq !== 'number') {
      throw new TypeError(
        `Expected saveFreq of modelCheckpoint to be "epoch" or a number of batches, received ${describe(saveFreq)}.`,
      );
    }
    checkCount('saveFreq of modelCheckpoint', saveFreq, { min: 1 });
  }
  if (initialValueThreshold !== null) {
    checkNumber('initialValueThreshold of modelCheckpoint', initialValueThreshold);
  }
  if (!saveBestOnly) {
    for (const name of ['monitor', 'mode', 'initialValueThreshold'] as const) {
      if (options[name] !== undefined && options[name] !== null) {
        throw new TypeError(
          `The option "${name}" of modelCheckpoint does nothing without saveBestOnly. Set saveBestOnly: true or leave it out.`,
        );
      }
    }
  }
  const watched = new Monitor('modelCheckpoint', monitor, mode);
  const subject = new Subject('modelCheckpoint');
  let best: number | null = initialValueThreshold;
  let lastSaved: string | null = null;
  let currentEpoch = 0;
  let batches = 0;

  const isDue = (epoch: number, logs: Logs, target: string): boolean => {
    if (!saveBestOnly) {
      if (verbose) say(`Epoch ${epoch + 1}: saving model to ${target}`);
      return true;
    }
    const current = watched.value(logs, subject.model);
    const before = best === null ? 'None' : fixed(best, 5);
    if (!watched.isImprovement(current, best)) {
      if (verbose) say(`Epoch ${epoch + 1}: ${monitor} did not improve from ${before}`);
      return false;
    }
    if (verbose) {
      say(
        `Epoch ${epoch + 1}: ${monitor} improved from ${before} to ${fixed(current, 5)}, saving model to ${target}`,
      );
    }
    best = current;
    return true;
  };

  const save = async (epoch: number, logs: Logs, batch?: number): Promise<void> => {
    const numbers = { epoch: epoch + 1, ...(batch === undefined ? {} : { batch: batch + 1 }), ...logs };
    const target = formatPath(filepath, numbers);
    if (!isDue(epoch, logs, target)) return;
    await (saveWeightsOnly ? exportWeights(subject.model, target) : saveModel(subject.model, target));
    lastSaved = target;
    if (verbose) say(`Epoch ${epoch + 1}: finished saving model to ${target}`);
  };

  return {
    get best() {
      return best;
    },
    get lastSaved() {
      return lastSaved;
    },
    setModel: subject.set,
    onTrainBegin() {
      // Better now than after an hour.
      if (!saveWeightsOnly)
        trainingConfig(subject.model, 'set saveWeightsOnly: true and a filepath ending in .npz');
    },
    onEpochBegin(epoch) {
      currentEpoch = epoch;
    },
    async onEpochEnd(epoch, logs = {}) {
      if (saveFreq === 'epoch') await save(epoch, logs);
    },
    ...(saveFreq === 'epoch'
      ? {}
      : {
          async onBatchEnd(batch: number, logs: Logs = {}): Promise<void> {
            if (++batches < saveFreq) return;
            batches = 0;
            await save(currentEpoch, logs, batch);
          },
        }),
  };
}

function checkFilepath(filepath: unknown, weightsOnly: boolean): asserts filepath is string {
  if (typeof filepath !== 'string' || filepath === '') {
    throw new TypeError(`Expected filepath of modelCheckpoint to be a path, received ${describe(filepath)}.`);
  }
  if (weightsOnly && !filepath.endsWith('.npz')) {
    throw new TypeError(
      `Expected filepath of modelCheckpoint to end in .npz where saveWeightsOnly is set, received "${filepath}".`,
    );
  }
  if (!weightsOnly && /\.(npz|keras|h5|json)$/.test(filepath)) {
    throw new TypeError(
      `Expected filepath of modelCheckpoint to be a folder, received "${filepath}". ` +
        'A whole model is saved as a folder with model.json and weights.bin; set saveWeightsOnly: true to save .npz files.',
    );
  }
}
