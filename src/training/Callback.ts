import * as tf from '@tensorflow/tfjs';

/** Losses and metrics by their Keras 3 names, `val_…` included where there are validation data. */
export type Logs = Record<string, number>;

/** What a callback's `setParams` is told about the run. */
export type CallbackParams = {
  epochs: number;
  /** Batches of an epoch. */
  steps: number;
  verbose: number;
  batchSize: number;
  samples: number;
};

/**
 * Something to do at points of a training run, as `keras.callbacks.Callback`. All hooks may be missing and may be asynchronous. In a hook the
 * model has the weights of that moment; `model.setWeights`, `model.optimizer.learningRate` and `model.stopTraining = true` act on the run
 * (tf's SGD and momentum: `model.optimizer.setLearningRate(…)`). The logs of `onEpochEnd` are one object for all callbacks, and what they add
 * to it is in the history, as in Keras. Training stopped after a batch ends the epoch there, which then counts as finished.
 */
export interface Callback {
  /** Called once before the training, with the model. */
  setModel?(model: tf.LayersModel): void;
  /** Called once before the training, with what was asked for. */
  setParams?(params: CallbackParams): void;
  /** Before the first epoch. `logs` is empty. */
  onTrainBegin?(logs?: Logs): void | Promise<void>;
  /** After the last epoch, with its logs. */
  onTrainEnd?(logs?: Logs): void | Promise<void>;
  /** Before each epoch, counted from 0. `logs` is empty. */
  onEpochBegin?(epoch: number, logs?: Logs): void | Promise<void>;
  /** After each epoch, validation included. */
  onEpochEnd?(epoch: number, logs?: Logs): void | Promise<void>;
  /** Whether the hooks of batches are not needed: then they do not keep the compiled engine, which has none, from being used. */
  readonly batchesOptional?: boolean;
  /** Before each batch of an epoch, counted from 0. Watching single batches keeps the compiled engine from being used. */
  onBatchBegin?(batch: number, logs?: Logs): void | Promise<void>;
  /** After each batch, with its own loss and metrics. */
  onBatchEnd?(batch: number, logs?: Logs): void | Promise<void>;
}

const epochHooks = ['onTrainBegin', 'onTrainEnd', 'onEpochBegin', 'onEpochEnd'] as const;
const batchHooks = ['onBatchBegin', 'onBatchEnd'] as const;

/** Whether a callback has one of these hooks of its own; TensorFlow.js' own callbacks inherit empty ones. */
export function watches(callback: Callback, what: 'epochs' | 'batches'): boolean {
  const empty: Callback = tf.Callback.prototype;
  return (what === 'epochs' ? epochHooks : batchHooks).some(
    hook => typeof callback[hook] === 'function' && callback[hook] !== empty[hook],
  );
}

/** Whether any of the callbacks must see single batches, which only TensorFlow.js can show. */
export function needBatches(callbacks: readonly Callback[]): boolean {
  return callbacks.some(callback => watches(callback, 'batches') && !callback.batchesOptional);
}
