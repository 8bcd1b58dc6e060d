import * as tf from '@tensorflow/tfjs';
import type { Prediction } from '../engine';
import { controlWords, word } from './control';
import { layOut } from './layout';
import type { Layout } from './layout';
import { giveBack, takeMemory } from './memories';
import { metrics as metricList } from './network';
import { inWorker } from './pool';
import type { Recognised, Task } from './recognise';
import { sumCount } from './results';
import { dataSize, writeData } from './samples';
import type { Rows } from './samples';
import { writeStructures } from './structures';
import { trainerModule } from './trainerModule';
import type { WasmMemory } from './wasm';
import { readBias, readKernel, writeBias, writeKernel } from './weights';
import type { Work } from './work';

/** What to do while a worker computes. */
export interface Watching {
  readonly signal: AbortSignal;
  /** Called now and then with the number of batches done. */
  readonly watch: (batches: number) => void;
  /** Called now and then before `watch`, and once at the end. */
  readonly look?: () => void;
  /** Asked now and then whether the work is to end, though nobody pressed stop. */
  readonly ends?: () => boolean;
  /** What the work is beside the task, for `fit`. */
  readonly piece?: Pick<Work, 'first' | 'last' | 'shuffle'>;
}

/** What a stage is made for. */
export interface StageWish {
  readonly task: Task;
  readonly batchSize: number;
  readonly data: Rows;
  readonly validation?: Rows | undefined;
  /** For dropout and shuffles. Default 0. */
  readonly seed?: number;
}

// How often the host looks at what the worker has done, in ms.
const lookEvery = 20;

let stages = 0;

/** A memory laid out for one piece of work, with the model's weights and the data in it. */
export class Stage {
  readonly layout: Layout;
  readonly memory: WasmMemory;
  readonly control: Int32Array;
  private disposed = false;
  // A worker that failed may not have let go of the memory.
  private lost = false;
  private readonly name = `run ${stages++}`;

  /** @throws RangeError if there is not so much memory. */
  constructor(
    readonly recognised: Recognised,
    private readonly wish: StageWish,
  ) {
    const { network } = recognised;
    const { task, batchSize, data, validation, seed = 0 } = wish;
    this.layout = layOut({
      network,
      task,
      batchSize,
      data: dataSize(data),
      validation: validation && dataSize(validation),
    });
    this.memory = takeMemory(this.layout.bytes, this.layout.zero);
    this.control = controlWords(this.memory, this.layout);
    writeStructures(this.memory, this.layout, network, seed);
    writeData(this.memory, this.layout.data, data);
    if (validation && this.layout.validation) writeData(this.memory, this.layout.validation, validation);
    this.weightsFromModel();
  }

  weightsFromModel(): void {
    const { memory, layout, recognised } = this;
    layout.weights.forEach((place, i) => {
      const { kernel, bias } = recognised.variables[i]!;
      writeKernel(memory, place, place.w, kernel.dataSync<'float32'>());
      if (bias) writeBias(memory, place, place.w, bias.dataSync<'float32'>());
    });
  }

  weightsToModel(): void {
    const { memory, layout, recognised } = this;
    layout.weights.forEach((place, i) => {
      const { kernel, bias } = recognised.variables[i]!;
      tf.tidy(() => {
        kernel.assign(tf.tensor(readKernel(memory, place, place.w), kernel.shape));
        bias?.assign(tf.tensor(readBias(memory, place, place.w), bias.shape));
      });
    });
  }

  /** Free the memory. Afterwards only what has been copied out of it may be used. */
  dispose(): void {
    if (!this.disposed && !this.lost) giveBack(this.memory);
    this.disposed = true;
  }

  /** Send the work to a worker and watch it until it ends. */
  async work({ signal, watch, look, ends, piece }: Watching): Promise<void> {
    const { control, memory, layout, name, wish } = this;
    Atomics.store(control, word.stop, 0);
    if (signal.aborted) return;
    const stop = (): void => {
      Atomics.store(control, word.stop, 1);
      Atomics.notify(control, word.read);
    };
    signal.addEventListener('abort', stop, { once: true });
    let failure: { error: unknown } | undefined;
    const onTime = (): void => {
      try {
        look?.();
        if (ends?.()) stop();
        const batches = Atomics.load(control, word.batches);
        if (batches > 0) watch(batches);
      } catch (error) {
        failure ??= { error };
        stop();
      }
    };
    const timer = setInterval(onTime, lookEvery);
    const work: Work = {
      module: trainerModule(),
      memory,
      layout,
      task: wish.task,
      batchSize: wish.batchSize,
      run: name,
      ...(piece ?? { first: 0, last: 0, shuffle: false }),
      seed: wish.seed ?? 0,
    };
    try {
      let next = await inWorker(work);
      while (next < work.last) next = await inWorker({ ...work, first: next });
    } catch (error) {
      this.lost = true;
      throw error;
    } finally {
      clearInterval(timer);
      signal.removeEventListener('abort', stop);
    }
    if (failure) throw failure.error;
    look?.();
  }

  /** Loss and metrics, means over the rows done so far, in the order of the model's logs. */
  means(): number[] {
    const sums = new Float64Array(this.memory.buffer, this.layout.sums, sumCount);
    return this.pick(sums, Math.max(1, Atomics.load(this.control, word.rows)));
  }

  /** From all that the trainer counts, what the model logs. */
  pick(sums: Float64Array, divisor = 1): number[] {
    const { metricOrder, network } = this.recognised;
    return [
      sums[0]! / divisor,
      ...metricOrder.map(i => sums[1 + metricList.indexOf(network.metrics[i]!)]! / divisor),
    ];
  }

  predictions(): Prediction {
    const { out, outputs, data } = this.layout;
    return {
      shape: [data.rows, outputs],
      values: new Float32Array(this.memory.buffer, out, data.rows * outputs).slice(),
    };
  }
}
