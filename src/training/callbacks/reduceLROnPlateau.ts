import { floatText } from '../../metrics/format';
import { checkCount } from '../../options/checkCount';
import { checkNumber } from '../../options/checkNumber';
import { checkOptions } from '../../options/checkOptions';
import type { Callback } from '../Callback';
import { getLearningRate, setLearningRate } from './learningRate';
import { Monitor, type MonitorMode } from './Monitor';
import { checkCallbackVerbose, say, type CallbackVerbose } from './say';
import { Subject } from './Subject';

/** Options of `reduceLROnPlateau`; those of Keras. */
export interface ReduceLROnPlateauOptions {
  /** The number in the logs to watch. Default `'val_loss'`. */
  monitor?: string;
  /** What to multiply the learning rate by: above 0, below 1. Default 0.1. */
  factor?: number;
  /** How many epochs without improvement to wait. Default 10. */
  patience?: number;
  /** 1: say when the learning rate is reduced. Default 0. */
  verbose?: CallbackVerbose;
  /** Whether less or more is better; `'auto'` (default) goes by the name of the number. */
  mode?: MonitorMode;
  /** A change of less than this does not count as better. Default 0.0001. */
  minDelta?: number;
  /** How many epochs after a reduction not to count. Default 0. */
  cooldown?: number;
  /** The learning rate is not reduced below this. Default 0. */
  minLr?: number;
}

const known: readonly (keyof ReduceLROnPlateauOptions)[] = [
  'monitor',
  'factor',
  'patience',
  'verbose',
  'mode',
  'minDelta',
  'cooldown',
  'minLr',
];

/**
 * A callback that reduces the learning rate when a number no longer gets better: `keras.callbacks.ReduceLROnPlateau`, with the same
 * decisions. It begins anew with each `fit`; the learning rate stays reduced. It adds `learning_rate` to the logs, and so to the history.
 *
 * @throws TypeError or RangeError for an option that does not fit; at the end of the first epoch if `monitor` is not in the logs (Keras warns),
 * or if `mode` is `'auto'` and the name does not tell.
 * @example
 * const reduce = reduceLROnPlateau({ monitor: 'loss', factor: 0.5, patience: 2 });
 * const history = await fit(model, x, y, { epochs: 3, callbacks: [reduce], verbose: 0 });
 * history.history.learning_rate.length; // 3
 */
export function reduceLROnPlateau(options: ReduceLROnPlateauOptions = {}): Callback {
  checkOptions('reduceLROnPlateau', options, known);
  const { monitor = 'val_loss', factor = 0.1, patience = 10, mode = 'auto', minDelta = 1e-4 } = options;
  const { cooldown = 0, minLr = 0 } = options;
  checkNumber('factor of reduceLROnPlateau', factor);
  if (!(factor > 0 && factor < 1)) {
    throw new RangeError(
      `Expected factor of reduceLROnPlateau to be above 0 and below 1, received ${factor}.`,
    );
  }
  checkCount('patience of reduceLROnPlateau', patience);
  checkNumber('minDelta of reduceLROnPlateau', minDelta);
  checkCount('cooldown of reduceLROnPlateau', cooldown);
  checkNumber('minLr of reduceLROnPlateau', minLr, { min: 0 });
  const verbose = checkCallbackVerbose('reduceLROnPlateau', options.verbose ?? 0);
  const watched = new Monitor('reduceLROnPlateau', monitor, mode, minDelta);
  const subject = new Subject('reduceLROnPlateau');
  let best: number | null = null;
  let wait = 0;
  let cooling = 0;

  return {
    setModel: subject.set,
    onTrainBegin() {
      best = null;
      wait = 0;
      cooling = 0;
    },
    onEpochEnd(epoch, logs = {}) {
      const { model } = subject;
      const old = getLearningRate(model);
      logs.learning_rate = old;
      const current = watched.value(logs, model);
      if (cooling > 0) {
        cooling--;
        wait = 0;
      }
      if (watched.isImprovement(current, best)) {
        best = current;
        wait = 0;
      } else if (cooling === 0) {
        wait++;
        // As 32-bit floats, as in Keras.
        if (wait < patience || Math.fround(old) <= Math.fround(minLr)) return;
        const learningRate = Math.max(old * factor, minLr);
        setLearningRate(model, learningRate);
        if (verbose) {
          say(`Epoch ${epoch + 1}: ReduceLROnPlateau reducing learning rate to ${floatText(learningRate)}.`);
        }
        cooling = cooldown;
        wait = 0;
      }
    },
  };
}
