import { floatText } from '../../metrics/format';
import { checkNumber } from '../../options/checkNumber';
import { checkOptions } from '../../options/checkOptions';
import { describe } from '../../options/describe';
import type { Callback } from '../Callback';
import { getLearningRate, setLearningRate } from './learningRate';
import { checkCallbackVerbose, say, type CallbackVerbose } from './say';
import { Subject } from './Subject';

/** Options of `learningRateScheduler`; those of Keras. */
export interface LearningRateSchedulerOptions {
  /** 1: say the learning rate of each epoch. Default 0. */
  verbose?: CallbackVerbose;
}

/**
 * A callback that sets the learning rate before each epoch: `keras.callbacks.LearningRateScheduler`. It adds `learning_rate` to the logs, and
 * so to the history.
 *
 * @param schedule gives the learning rate for an epoch (from 0), from that and the present learning rate.
 * @throws TypeError or RangeError if the schedule gives anything but a number of at least 0.
 * @example
 * const halving = learningRateScheduler((epoch, learningRate) => (epoch === 0 ? 0.5 : learningRate / 2));
 * const history = await fit(model, x, y, { epochs: 3, callbacks: [halving], verbose: 0 });
 * history.history.learning_rate; // [0.5, 0.25, 0.125]
 */
export function learningRateScheduler(
  schedule: (epoch: number, learningRate: number) => number,
  options: LearningRateSchedulerOptions = {},
): Callback {
  checkOptions('learningRateScheduler', options, ['verbose']);
  if (typeof schedule !== 'function') {
    throw new TypeError(
      `Expected schedule of learningRateScheduler to be a function such as (epoch, learningRate) => learningRate * 0.9, received ${describe(schedule)}.`,
    );
  }
  const verbose = checkCallbackVerbose('learningRateScheduler', options.verbose ?? 0);
  const subject = new Subject('learningRateScheduler');
  return {
    setModel: subject.set,
    onEpochBegin(epoch) {
      const given = schedule(epoch, getLearningRate(subject.model));
      const learningRate = checkNumber(`the learning rate that schedule gives for epoch ${epoch}`, given, {
        min: 0,
      });
      setLearningRate(subject.model, learningRate);
      if (verbose) {
        say(`Epoch ${epoch + 1}: LearningRateScheduler setting learning rate to ${floatText(learningRate)}.`);
      }
    },
    onEpochEnd(_epoch, logs = {}) {
      logs.learning_rate = getLearningRate(subject.model);
    },
  };
}
