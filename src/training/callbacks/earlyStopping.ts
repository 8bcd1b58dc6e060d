import { checkBoolean } from '../../options/checkBoolean';
import { checkCount } from '../../options/checkCount';
import { checkNumber } from '../../options/checkNumber';
import { checkOptions } from '../../options/checkOptions';
import type { Callback } from '../Callback';
import { copyWeights, type WeightCopy } from '../weights/copyWeights';
import { Monitor, type MonitorMode } from './Monitor';
import { checkCallbackVerbose, say, type CallbackVerbose } from './say';
import { Subject } from './Subject';

/** Options of `earlyStopping`; those of Keras. */
export interface EarlyStoppingOptions {
  /** The number in the logs to watch. Default `'val_loss'`. */
  monitor?: string;
  /** A change of less than this does not count as better. Default 0. */
  minDelta?: number;
  /** How many epochs without improvement to wait. Default 0. */
  patience?: number;
  /** 1: say what it does. Default 0. */
  verbose?: CallbackVerbose;
  /** Whether less or more is better; `'auto'` (default) goes by the name of the number. */
  mode?: MonitorMode;
  /** Improvements count for patience only beyond this. Default none. */
  baseline?: number | null;
  /** Whether to end with the weights of the best epoch, not of the last. Default false. */
  restoreBestWeights?: boolean;
  /** Epochs before this one (from 0) are not watched. Default 0. */
  startFromEpoch?: number;
}

/** What `earlyStopping` returns. */
export interface EarlyStopping extends Callback {
  /** The best value so far, or `null`. */
  readonly best: number | null;
  /** The epoch of the best value, from 0. */
  readonly bestEpoch: number;
  /** The epoch after which it stopped the run, from 0; 0 if it did not. */
  readonly stoppedEpoch: number;
}

const known: readonly (keyof EarlyStoppingOptions)[] = [
  'monitor',
  'minDelta',
  'patience',
  'verbose',
  'mode',
  'baseline',
  'restoreBestWeights',
  'startFromEpoch',
];

/**
 * A callback that stops training when a number no longer gets better: `keras.callbacks.EarlyStopping`, with the same decisions. It begins anew
 * with each `fit`. With `restoreBestWeights` the model ends with the weights of the best epoch also when the run was not stopped.
 *
 * @throws TypeError or RangeError for an option that does not fit; at the end of the first epoch if `monitor` is not in the logs (Keras warns),
 * or if `mode` is `'auto'` and the name does not tell.
 * @example
 * const stopping = earlyStopping({ monitor: 'val_loss', patience: 2, restoreBestWeights: true });
 * await fit(model, x, y, { epochs: 5, validationSplit: 0.25, callbacks: [stopping], verbose: 0 });
 * stopping.bestEpoch <= 4; // true
 */
export function earlyStopping(options: EarlyStoppingOptions = {}): EarlyStopping {
  checkOptions('earlyStopping', options, known);
  const { monitor = 'val_loss', minDelta = 0, patience = 0, mode = 'auto', baseline = null } = options;
  const { restoreBestWeights = false, startFromEpoch = 0 } = options;
  checkNumber('minDelta of earlyStopping', minDelta);
  checkCount('patience of earlyStopping', patience);
  if (baseline !== null) checkNumber('baseline of earlyStopping', baseline);
  checkBoolean('restoreBestWeights of earlyStopping', restoreBestWeights);
  checkCount('startFromEpoch of earlyStopping', startFromEpoch);
  const verbose = checkCallbackVerbose('earlyStopping', options.verbose ?? 0);
  const watched = new Monitor('earlyStopping', monitor, mode, minDelta);
  const subject = new Subject('earlyStopping');
  let wait = 0;
  let best: number | null = null;
  let bestEpoch = 0;
  let stoppedEpoch = 0;
  let bestWeights: WeightCopy | undefined;

  return {
    get best() {
      return best;
    },
    get bestEpoch() {
      return bestEpoch;
    },
    get stoppedEpoch() {
      return stoppedEpoch;
    },
    setModel: subject.set,
    onTrainBegin() {
      wait = 0;
      best = null;
      bestEpoch = 0;
      stoppedEpoch = 0;
      bestWeights = undefined;
    },
    async onEpochEnd(epoch, logs = {}) {
      const { model } = subject;
      const current = watched.value(logs, model);
      if (epoch < startFromEpoch) return;
      wait++;
      if (watched.isImprovement(current, best)) {
        best = current;
        bestEpoch = epoch;
        if (restoreBestWeights) bestWeights = await copyWeights(model);
        if (baseline === null || watched.isImprovement(current, baseline)) wait = 0;
      } else if (wait >= patience && epoch > 0) {
        stoppedEpoch = epoch;
        model.stopTraining = true;
      }
    },
    onTrainEnd() {
      if (stoppedEpoch > 0 && verbose) say(`Epoch ${stoppedEpoch + 1}: early stopping`);
      if (bestWeights === undefined) return;
      if (verbose) say(`Restoring model weights from the end of the best epoch: ${bestEpoch + 1}.`);
      bestWeights.restore(subject.model);
      bestWeights = undefined;
    },
  };
}
