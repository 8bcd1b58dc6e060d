import { inspect } from 'node:util';
import type * as tf from '@tensorflow/tfjs';
import type { Chart } from '../charts/Chart';
import { plotHistory } from '../charts/plotHistory';
import { displayKey, isDisplayable, type MimeBundle } from '../notebook/display';
import type { History } from '../training/History';
import type { PlaygroundConfig } from './PlaygroundConfig';

/** What `playground` returns: a training, and all that a page needs to repeat and vary it. As the last expression of a cell it shows itself. */
export class PlaygroundRun {
  /** What a page gets, as plain JSON. */
  readonly config: PlaygroundConfig;
  /** The history of the run. */
  readonly history: History;
  /** The trained model. */
  readonly model: tf.LayersModel;
  /** The curves of the run: what is shown where no page brings the playground to life. */
  readonly chart: Chart;

  /** @internal */
  constructor(config: PlaygroundConfig, history: History, model: tf.LayersModel) {
    this.config = config;
    this.history = history;
    this.model = model;
    const { measures, title } = config;
    const shown = measures.flatMap(({ key, title: name, factor }) =>
      [key, `val_${key}`].flatMap(full => {
        const values = config.history[full];
        return values ? [[full.replace(key, name), values.map(value => value * factor)] as const] : [];
      }),
    );
    this.chart = plotHistory(Object.fromEntries(shown), {
      keys: measures.map(measure => measure.title),
      title,
    });
    Object.defineProperty(this, displayKey, { value: () => this.#bundle() });
  }

  /** The configuration, for `JSON.stringify`. */
  toJSON(): PlaygroundConfig {
    return this.config;
  }

  /** The title and the values that matter, as text. */
  toString(): string {
    return this.chart.toString();
  }

  /** What `console.log` shows. */
  [inspect.custom](): string {
    return this.toString();
  }

  async #bundle(): Promise<MimeBundle> {
    const chart = isDisplayable(this.chart) ? await this.chart[displayKey]() : {};
    return { ...chart, 'application/vnd.keras-primer.playground+json': this.config };
  }
}
