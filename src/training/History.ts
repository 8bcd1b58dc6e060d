import type { EngineName } from '../engines/engine';
import type { CallbackParams } from './Callback';
import { namedNumbers } from './namedNumbers';

/** What a run was, beside its numbers. */
export interface HistoryFacts {
  engine: EngineName;
  backend: string;
  seed: number;
  params: CallbackParams;
}

/**
 * What `fit` returns, as Keras' `History`: the losses and metrics of every finished epoch.
 *
 * @example
 * const history = await fit(model, x, y, { epochs: 2, validationSplit: 0.25, verbose: 0 });
 * history.history.val_loss.length; // 2
 * Object.keys(history.history); // ['accuracy', 'loss', 'val_accuracy', 'val_loss']
 */
export class History {
  /**
   * One value an epoch for each key. Keys are those of Keras 3, in its order: `accuracy`, `binary_accuracy`, `loss`, `mae`, …, then the same
   * with `val_`. A key that a callback adds in some epochs only is NaN in the others (Keras leaves them out). Asking for a key that is not there is
   * an error that names those that are; `{ ...history.history }` is a plain copy, for `structuredClone` and workers.
   */
  readonly history: Record<string, number[]> = namedNumbers<number[]>({});
  /** The numbers of the finished epochs, from 0. */
  readonly epoch: number[] = [];
  /** What computed: `'compiled'` or `'tfjs'`. */
  readonly engine: EngineName;
  /** What that ran on: TensorFlow.js' back end, or the compiled engine's own. */
  readonly backend: string;
  /** The seed of the run's shuffles and dropout: given to `fit` again, with the same weights, it repeats the run. */
  readonly seed: number;
  /** Epochs, steps an epoch, batch size and so on. */
  readonly params: CallbackParams;
  /** Whether the user stopped the run before its end. */
  interrupted = false;

  constructor(facts: HistoryFacts) {
    this.engine = facts.engine;
    this.backend = facts.backend;
    this.seed = facts.seed;
    this.params = facts.params;
  }

  /** Add a finished epoch. */
  add(epoch: number, logs: Readonly<Record<string, number>>): void {
    const { history } = this;
    for (const key of Object.keys(logs)) if (!(key in history)) history[key] = this.epoch.map(() => NaN);
    for (const [key, values] of Object.entries(history)) values.push(logs[key] ?? NaN);
    this.epoch.push(epoch);
  }
}
