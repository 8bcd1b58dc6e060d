import { checkOptions } from '../../options/checkOptions';
import { describe } from '../../options/describe';
import type { Callback } from '../Callback';

/** Options of `lambdaCallback`; those of Keras. Functions may be asynchronous. */
export interface LambdaCallbackOptions {
  /** Called before each epoch. */
  onEpochBegin?: Callback['onEpochBegin'];
  /** Called after each epoch, with its logs. */
  onEpochEnd?: Callback['onEpochEnd'];
  /** Called before the first epoch. */
  onTrainBegin?: Callback['onTrainBegin'];
  /** Called after the last epoch. */
  onTrainEnd?: Callback['onTrainEnd'];
  /** Called before each batch; keeps the compiled engine from being used. */
  onTrainBatchBegin?: Callback['onBatchBegin'];
  /** Called after each batch, with its logs; keeps the compiled engine from being used. */
  onTrainBatchEnd?: Callback['onBatchEnd'];
}

const hooks: Record<keyof LambdaCallbackOptions, keyof Callback> = {
  onEpochBegin: 'onEpochBegin',
  onEpochEnd: 'onEpochEnd',
  onTrainBegin: 'onTrainBegin',
  onTrainEnd: 'onTrainEnd',
  onTrainBatchBegin: 'onBatchBegin',
  onTrainBatchEnd: 'onBatchEnd',
};

/**
 * A callback of single functions: `keras.callbacks.LambdaCallback`. `fit` also takes an object with such functions as it is; this one has
 * Keras' names and refuses others.
 *
 * @throws TypeError for a name that is none of these, something that is no function, or no function at all.
 * @example
 * const seen = [];
 * const log = lambdaCallback({ onEpochEnd: epoch => void seen.push(epoch) });
 * await fit(model, x, y, { epochs: 2, callbacks: [log], verbose: 0 });
 * seen; // [0, 1]
 */
export function lambdaCallback(options: LambdaCallbackOptions): Callback {
  const names = Object.keys(hooks);
  checkOptions('lambdaCallback', options, names);
  const given = Object.entries(options ?? {}).filter(([, hook]) => hook !== undefined);
  if (given.length === 0) {
    throw new TypeError(
      `Expected lambdaCallback to have at least one function, received none. It takes ${names.join(', ')}.`,
    );
  }
  for (const [name, hook] of given) {
    if (typeof hook !== 'function') {
      throw new TypeError(`Expected ${name} of lambdaCallback to be a function, received ${describe(hook)}.`);
    }
  }
  const { onEpochBegin, onEpochEnd, onTrainBegin, onTrainEnd, onTrainBatchBegin, onTrainBatchEnd } = options;
  const all: Callback = {
    onEpochBegin,
    onEpochEnd,
    onTrainBegin,
    onTrainEnd,
    onBatchBegin: onTrainBatchBegin,
    onBatchEnd: onTrainBatchEnd,
  };
  return Object.fromEntries(Object.entries(all).filter(([, hook]) => hook !== undefined));
}
