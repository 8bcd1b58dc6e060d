import { layOut, type Layout } from '../../../src/engines/compiled/layout';
import { metrics, type Network } from '../../../src/engines/compiled/network';
import { dataSize, writeData, type Rows } from '../../../src/engines/compiled/samples';
import { takeMemory } from '../../../src/engines/compiled/memories';
import { sumCount } from '../../../src/engines/compiled/results';
import { writeStructures } from '../../../src/engines/compiled/structures';
import { instantiateTrainer, type Trainer } from '../../../src/engines/compiled/trainer';
import { trainerModule } from '../../../src/engines/compiled/trainerModule';
import type { WasmMemory } from '../../../src/engines/compiled/wasm';
import { readBias, readKernel, writeBias, writeKernel } from '../../../src/engines/compiled/weights';

/** Row-major kernel and bias of one dense layer. */
export interface Weights {
  readonly kernel: Float32Array;
  readonly bias: Float32Array | undefined;
}

/** The trainer without workers or engine: a network and its data in memory, for one test. */
export class Core {
  readonly layout: Layout;
  readonly memory: WasmMemory;
  private readonly trainer: Trainer;

  constructor(
    readonly network: Network,
    readonly rows: Rows,
    readonly batchSize: number,
    weights: readonly Weights[],
    seed = 0,
  ) {
    this.layout = layOut({
      network,
      task: 'fit',
      batchSize,
      data: dataSize(rows),
      validation: dataSize(rows),
    });
    this.memory = takeMemory(this.layout.bytes);
    writeStructures(this.memory, this.layout, network, seed);
    writeData(this.memory, this.layout.data, rows);
    writeData(this.memory, this.layout.validation!, rows);
    this.layout.weights.forEach((place, i) => {
      writeKernel(this.memory, place, place.w, weights[i]!.kernel);
      if (weights[i]!.bias) writeBias(this.memory, place, place.w, weights[i]!.bias);
    });
    this.trainer = instantiateTrainer(trainerModule(), this.memory);
  }

  /** One epoch over the rows in this order (default: their own). Returns mean loss and metrics by name. */
  epoch(order?: readonly number[]): Record<string, number> {
    const { layout, rows } = this;
    const places = new Int32Array(this.memory.buffer, layout.order, rows.rows);
    places.set(order ?? Array.from({ length: rows.rows }, (_, i) => i));
    this.sums().fill(0);
    this.trainer.train(layout.run, layout.data.at, layout.order, 0, rows.rows, this.batchSize);
    return this.means();
  }

  /** One step on rows `from` to `to` (not included). */
  step(from: number, to: number): void {
    this.trainer.train(this.layout.run, this.layout.data.at, 0, from, to, to - from);
  }

  evaluate(): Record<string, number> {
    this.sums().fill(0);
    this.trainer.evaluate(this.layout.run, this.layout.validation!.at, 0, this.rows.rows, this.layout.batch);
    return this.means();
  }

  /** Predictions for all rows, computed `batch` rows at a time. */
  predict(batch = this.layout.batch): Float32Array {
    const layout = layOut({
      network: this.network,
      task: 'predict',
      batchSize: batch,
      data: dataSize(this.rows),
    });
    const memory = takeMemory(layout.bytes);
    writeStructures(memory, layout, this.network, 0);
    writeData(memory, layout.data, this.rows);
    this.weights().forEach(({ kernel, bias }, i) => {
      writeKernel(memory, layout.weights[i]!, layout.weights[i]!.w, kernel);
      if (bias) writeBias(memory, layout.weights[i]!, layout.weights[i]!.w, bias);
    });
    const trainer = instantiateTrainer(trainerModule(), memory);
    trainer.predict(layout.run, layout.data.at, 0, this.rows.rows, Math.min(batch, layout.batch), layout.out);
    return new Float32Array(memory.buffer, layout.out, this.rows.rows * layout.outputs).slice();
  }

  weights(): Weights[] {
    return this.layout.weights.map(place => ({
      kernel: readKernel(this.memory, place, place.w),
      bias: place.useBias ? readBias(this.memory, place, place.w) : undefined,
    }));
  }

  /** The first moment of each kernel: the mean squares of RMSprop. */
  moments(): Float32Array[] {
    this.trainer.finish(this.layout.run);
    return this.layout.weights.map(place => readKernel(this.memory, place, place.s1));
  }

  private sums(): Float64Array {
    return new Float64Array(this.memory.buffer, this.layout.sums, sumCount);
  }

  private means(): Record<string, number> {
    const [loss, ...rest] = this.sums();
    return Object.fromEntries([
      ['loss', loss! / this.rows.rows],
      ...this.network.metrics.map(name => [name, rest[metrics.indexOf(name)]! / this.rows.rows]),
    ]);
  }
}
