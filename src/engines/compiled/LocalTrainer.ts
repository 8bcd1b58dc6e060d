import { epochOrders } from '../epochOrders';
import { EpochTrainer, evaluateRows, predictRows } from './epoch';
import type { Bench, Watcher } from './epoch';
import { layOut } from './layout';
import type { LayoutWish } from './layout';
import { metrics } from './network';
import type { Network } from './network';
import { sumCount } from './results';
import { dataSize, writeData } from './samples';
import type { Rows } from './samples';
import { writeStructures } from './structures';
import { instantiateTrainer } from './trainer';
import { wasm } from './wasm';
import type { WasmModule } from './wasm';
import { readBias, readKernel, writeBias, writeKernel } from './weights';

/** A dense layer's weights, row-major. */
export interface DenseWeights {
  readonly kernel: Float32Array;
  readonly bias: Float32Array | undefined;
}

/** What to train, on what, from where. */
export interface LocalRun {
  /** The trainer, or its build for pages. */
  readonly module: WasmModule;
  /** False where memory cannot be shared: the build for pages. */
  readonly shared: boolean;
  readonly network: Network;
  readonly batchSize: number;
  readonly data: Rows;
  readonly validation?: Rows | undefined;
  /** One for each dense layer. */
  readonly weights: readonly DenseWeights[];
  /** Of the shuffles, as the seed of `fit`. */
  readonly seed: number;
}

/** Loss and metrics, in the order of `network.metrics`. */
export interface LocalEpoch {
  readonly logs: readonly number[];
  readonly validation: readonly number[] | undefined;
}

const pageSize = 65536;
const steadily: Watcher = { goOn: () => true, progress: () => {} };

/**
 * The compiled engine's trainer in this thread, on memory of its own: without worker threads, without Node and without TensorFlow.js, so for a
 * page too. The same run gives the same bits as `fit` on the compiled engine, shuffled.
 */
export class LocalTrainer {
  readonly #run: LocalRun;
  readonly #bench: Bench;
  readonly #trainer: EpochTrainer;
  readonly #orderOf: (epoch: number) => Int32Array;
  #epochs = 0;
  // Benches for rows that are looked at again and again, such as the grid of a decision surface.
  readonly #others = new Map<Rows, Bench>();

  constructor(run: LocalRun) {
    const { network, batchSize, data, validation, weights, seed } = run;
    this.#run = run;
    this.#bench = bench(run, {
      network,
      task: 'fit',
      batchSize,
      data: dataSize(data),
      ...(validation ? { validation: dataSize(validation) } : {}),
    });
    const { memory, layout } = this.#bench;
    writeData(memory, layout.data, data);
    if (validation && layout.validation) writeData(memory, layout.validation, validation);
    write(this.#bench, weights);
    this.#trainer = new EpochTrainer(this.#bench, batchSize, steadily);
    this.#orderOf = epochOrders(seed, data.rows);
  }

  /** Train one epoch, in its own order. */
  epoch(): LocalEpoch {
    const { training, validation } = this.#trainer.train(this.#orderOf(this.#epochs++))!;
    return { logs: this.#pick(training), validation: this.#run.validation && this.#pick(validation) };
  }

  /** Loss and metrics of other rows, with the weights of now. */
  evaluate(rows: Rows): readonly number[] {
    const other = this.#other('evaluate', rows);
    const { memory, layout } = other;
    const sums = new Float64Array(memory.buffer, layout.sums, sumCount);
    sums.fill(0);
    evaluateRows(other, layout.batch, steadily);
    return this.#pick(sums.map(sum => sum / rows.rows));
  }

  /** The outputs for other rows, row-major, with the weights of now. */
  predict(rows: Rows): Float32Array {
    const other = this.#other('predict', rows);
    predictRows(other, other.layout.batch, steadily);
    const { memory, layout } = other;
    return new Float32Array(memory.buffer, layout.out, rows.rows * layout.outputs).slice();
  }

  /** The weights of now. */
  weights(): DenseWeights[] {
    const { memory, layout } = this.#bench;
    return layout.weights.map(place => ({
      kernel: readKernel(memory, place, place.w),
      bias: place.useBias ? readBias(memory, place, place.w) : undefined,
    }));
  }

  #other(task: 'evaluate' | 'predict', rows: Rows): Bench {
    const { network, batchSize } = this.#run;
    let other = this.#others.get(rows);
    if (!other) {
      other = bench(this.#run, { network, task, batchSize, data: dataSize(rows) });
      writeData(other.memory, other.layout.data, rows);
      this.#others.set(rows, other);
    }
    write(other, this.weights());
    return other;
  }

  #pick(values: Float64Array): number[] {
    return [values[0]!, ...this.#run.network.metrics.map(metric => values[1 + metrics.indexOf(metric)]!)];
  }
}

function bench({ module, shared, network, seed }: LocalRun, wish: LayoutWish): Bench {
  const layout = layOut(wish);
  const pages = Math.ceil(layout.bytes / pageSize);
  const memory = new wasm.Memory({ initial: pages, maximum: shared ? pageSize : pages, shared });
  writeStructures(memory, layout, network, seed);
  return { trainer: instantiateTrainer(module, memory), memory, layout };
}

function write({ memory, layout }: Bench, weights: readonly DenseWeights[]): void {
  layout.weights.forEach((place, i) => {
    const { kernel, bias } = weights[i]!;
    writeKernel(memory, place, place.w, kernel);
    if (bias) writeBias(memory, place, place.w, bias);
  });
}
