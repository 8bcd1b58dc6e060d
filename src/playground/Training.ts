import { LocalTrainer } from '../engines/compiled/LocalTrainer';
import type { Rows } from '../engines/compiled/samples';
import type { WasmModule } from '../engines/compiled/wasm';
import { runSeeds } from '../random/runSeeds';
import { drawWeights } from './drawWeights';
import { unpackFloats } from './floats';
import { gridOf } from './gridOf';
import { networkOf } from './networkOf';
import type { PackedRows, PlaygroundConfig, PlaygroundSettings } from './PlaygroundConfig';

/** The parts of a configuration that training needs. */
export type TrainingConfig = Pick<
  PlaygroundConfig,
  'network' | 'measures' | 'train' | 'validation' | 'test' | 'plane'
>;

/**
 * One run of a playground. Its history is that of `setRandomSeed(seed)`, building the model and `fit`, to the last digit. A page's worker runs
 * it; it runs in Node as well.
 */
export class Training {
  /** Epochs done. */
  epochs = 0;
  readonly #config: TrainingConfig;
  readonly #trainer: LocalTrainer;
  readonly #test: Rows | undefined;
  readonly #grid: Rows | undefined;

  /** @param module the trainer's build for pages. */
  constructor(module: WasmModule, config: TrainingConfig, settings: PlaygroundSettings) {
    const network = networkOf(config.network, settings);
    const sparse = network.loss === 'sparseCategoricalCrossentropy';
    const rows = ({ rows: count, x, y }: PackedRows): Rows => {
      const targets = unpackFloats(y);
      return {
        rows: count,
        width: network.inputs,
        x: unpackFloats(x),
        y: sparse ? Int32Array.from(targets) : targets,
      };
    };
    const { train, validation, test, plane } = config;
    this.#config = config;
    this.#test = test && rows(test);
    this.#grid = plane && { rows: plane.size ** 2, width: 2, x: gridOf(plane) };
    this.#trainer = new LocalTrainer({
      module,
      shared: false,
      network,
      batchSize: settings.batchSize,
      data: rows(train),
      validation: validation && rows(validation),
      weights: drawWeights(network, settings.seed),
      seed: runSeeds(settings.seed)(),
    });
  }

  /** Train one epoch: loss and metrics by the history's keys, those of validation with `val_`. */
  epoch(): Record<string, number> {
    const { logs, validation } = this.#trainer.epoch();
    this.epochs++;
    return { ...this.#named('', logs), ...(validation ? this.#named('val_', validation) : {}) };
  }

  /** Loss and metrics on the test data with the weights of now, as `evaluate` gives them; `undefined` where there are none. */
  test(): Record<string, number> | undefined {
    return this.#test && this.#named('', this.#trainer.evaluate(this.#test));
  }

  /** What the network answers over the plane with the weights of now; `undefined` where there is none. */
  answers(): Float32Array | undefined {
    return this.#grid && this.#trainer.predict(this.#grid);
  }

  #named(prefix: string, values: readonly number[]): Record<string, number> {
    return Object.fromEntries(this.#config.measures.map(({ key }, i) => [prefix + key, values[i]!]));
  }
}
