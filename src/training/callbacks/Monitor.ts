import type * as tf from '@tensorflow/tfjs';
import { checkChoice } from '../../options/checkChoice';
import { describe } from '../../options/describe';
import { nearKey } from '../nearKey';
import type { Logs } from '../Callback';

/** Which way a monitored number gets better. `'auto'`: as its name says. */
export type MonitorMode = 'auto' | 'min' | 'max';

// The names that Keras' metrics and TensorFlow.js' have in logs, by the way they get better.
const rising = new Set([
  'accuracy',
  'auc',
  'binary_accuracy',
  'categorical_accuracy',
  'cosine_similarity',
  'f1_score',
  'precision',
  'r2_score',
  'recall',
  'sparse_categorical_accuracy',
  'sparse_top_k_categorical_accuracy',
  'top_k_categorical_accuracy',
]);
const falling = new Set([
  'binary_crossentropy',
  'categorical_crossentropy',
  'categorical_hinge',
  // TensorFlow.js' is the negative of the similarity.
  'cosine',
  'cosine_proximity',
  'crossentropy',
  'hinge',
  'kullback_leibler_divergence',
  'logcosh',
  'loss',
  'mae',
  'mape',
  'mean_absolute_error',
  'mean_absolute_percentage_error',
  'mean_squared_error',
  'mean_squared_logarithmic_error',
  'mse',
  'msle',
  'poisson',
  'root_mean_squared_error',
  'sparse_categorical_crossentropy',
  'squared_hinge',
]);

/** A number of the logs that a callback watches, as Keras' `MonitorCallback`. */
export class Monitor {
  private readonly minDelta: number;
  private direction: 'min' | 'max' | undefined;

  constructor(
    /** The callback, for messages. */
    private readonly callback: string,
    readonly key: string,
    mode: MonitorMode,
    minDelta = 0,
  ) {
    if (typeof key !== 'string' || key === '') {
      throw new TypeError(`Expected monitor of ${callback} to be a name, received ${describe(key)}.`);
    }
    checkChoice(`mode of ${callback}`, mode, ['auto', 'min', 'max']);
    if (mode !== 'auto') this.direction = mode;
    this.minDelta = Math.abs(minDelta);
  }

  /**
   * The number in the logs.
   * @throws RangeError that names the numbers there are, or, in mode `'auto'`, for a name that does not say which way is better.
   */
  value(logs: Logs, model: tf.LayersModel): number {
    const keys = Object.keys(logs);
    if (!keys.includes(this.key)) {
      throw new RangeError(missing(`monitor of ${this.callback}`, this.key, keys));
    }
    this.direction ??= this.guess(model);
    return logs[this.key]!;
  }

  /** Whether a number that came from `value` is better than a reference; anything is better than none. */
  isImprovement(value: number, reference: number | null): boolean {
    if (reference === null) return true;
    // Keras compares 32-bit floats.
    const best = Math.fround(reference);
    return this.direction === 'min'
      ? Math.fround(value + this.minDelta) < best
      : Math.fround(value - this.minDelta) > best;
  }

  private guess(model: tf.LayersModel): 'min' | 'max' {
    const plain = this.key.replace(/^val_/, '').replace(/_\d+$/, '');
    const prefix = model.outputNames.map(name => `${name}_`).find(start => plain.startsWith(start));
    for (const name of [plain, plain.slice(prefix?.length ?? 0)]) {
      if (rising.has(name)) return 'max';
      if (falling.has(name)) return 'min';
    }
    throw new RangeError(
      `Expected mode of ${this.callback} to be "min" or "max" for monitor "${this.key}", received "auto", ` +
        'and the name does not say which is better. Set mode.',
    );
  }
}

/** Why a key is not among the logs. */
export function missing(what: string, key: string, keys: readonly string[]): string {
  const message = `Expected ${what} to be one of ${keys.join(', ')}, received "${key}".`;
  if (key.startsWith('val_') && !keys.some(name => name.startsWith('val_'))) {
    return `${message} Give fit validationData or validationSplit to have val_ numbers.`;
  }
  const near = nearKey(key, keys);
  return near === undefined ? message : `${message} Did you mean "${near}"?`;
}
