import { floatText } from '../../metrics/format';
import { checkBoolean } from '../../options/checkBoolean';
import { checkOptions } from '../../options/checkOptions';
import type { Callback, Logs } from '../Callback';
import { say } from './say';
import { Subject } from './Subject';

/** Options of `terminateOnNaN`; those of Keras. */
export interface TerminateOnNaNOptions {
  /** Whether to make `fit` fail at once, without `onTrainEnd` of any callback. Default false: end it as `model.stopTraining` does. */
  raiseError?: boolean;
}

/**
 * A callback that ends training when the loss is NaN or infinite: `keras.callbacks.TerminateOnNaN`. On tfjs it looks after each batch, as
 * there. The compiled engine is asked after each epoch: the mean loss of an epoch is NaN or infinite if that of a batch is. The epoch that
 * was ended counts as finished, as in Keras.
 *
 * @example
 * const history = await fit(model, x, y, { epochs: 2, callbacks: [terminateOnNaN()], verbose: 0 });
 * history.epoch; // [0, 1]
 */
export function terminateOnNaN(options: TerminateOnNaNOptions = {}): Callback {
  checkOptions('terminateOnNaN', options, ['raiseError']);
  const raiseError = checkBoolean('raiseError of terminateOnNaN', options.raiseError ?? false);
  const subject = new Subject('terminateOnNaN');
  let found = false;
  const look = (when: string, number: number, logs: Logs): void => {
    const { loss } = logs;
    if (found || loss === undefined || Number.isFinite(loss)) return;
    if (raiseError) {
      throw new Error(
        `NaN or Inf loss encountered at ${when} ${number}. Loss value: ${floatText(loss)}. Terminating training immediately.`,
      );
    }
    found = true;
    say(`${when === 'batch' ? 'Batch' : 'Epoch'} ${number}: Invalid loss, terminating training`);
    subject.model.stopTraining = true;
  };
  return {
    batchesOptional: true,
    setModel: subject.set,
    onTrainBegin() {
      found = false;
    },
    onBatchEnd(batch, logs = {}) {
      look('batch', batch, logs);
    },
    onEpochEnd(epoch, logs = {}) {
      look('epoch', epoch + 1, logs);
    },
  };
}
