import * as tf from '@tensorflow/tfjs';
import { SparseMatrix } from '../../matrix/SparseMatrix';
import type { Engine, EngineRequest, EngineRun, EpochResult, Prediction, TrainingJob } from '../engine';
import { modelInternals } from '../modelInternals';
import type { Samples } from '../Samples';
import { controlWords, word } from './control';
import {
  layOut,
  readBias,
  readKernel,
  readSteps,
  resultRows,
  resultSize,
  sumCount,
  writeBias,
  writeKernel,
  writeLearningRate,
  writePowers,
  writeStructures,
} from './layout';
import type { DataSize, Layout, LayoutWish } from './layout';
import { giveBack, takeMemory } from './memories';
import { metrics as metricList } from './network';
import type { Network } from './network';
import { readOptimizer, recogniseOptimizer, writeOptimizer } from './optimizers';
import type { OptimizerState } from './optimizers';
import { inWorker } from './pool';
import { recognise } from './recognise';
import type { Recognised, Task } from './recognise';
import { dataSize, writeData } from './samples';
import type { Rows } from './samples';
import { trainerModule } from './trainerModule';
import type { WasmMemory } from './wasm';
import type { Work } from './work';

const backend = 'wasm-simd';

/** The trainer compiled to WebAssembly, in worker threads: takes stacks of Dense layers. */
export const compiledEngine: Engine = {
  name: 'compiled',
  backend: () => backend,
  reasonAgainst,
  start: async (model, job) => {
    const recognised = demand(model, 'fit');
    const { optimizer, trainableVariables } = modelInternals(model);
    const rows = await rowsOf(recognised.network, job.x[0]!, job.y[0], job.sampleWeight[0]);
    const validation =
      job.validation &&
      (await rowsOf(
        recognised.network,
        job.validation.x[0]!,
        job.validation.y[0],
        job.validation.sampleWeight[0],
      ));
    const stage = new Stage(recognised, 'fit', job.batchSize, rows, validation, job.seed);
    const trained = recognised.network.optimizer.kind;
    const run = new CompiledRun(stage, job, optimizer, trainableVariables);
    try {
      run.writeState(await readOptimizer(optimizer, trained, trainableVariables));
    } catch (error) {
      stage.dispose();
      throw error;
    }
    return run;
  },
  evaluate: async (model, work) => {
    const recognised = demand(model, 'evaluate');
    const rows = await rowsOf(recognised.network, work.x[0]!, work.y[0], work.sampleWeight[0]);
    const stage = new Stage(recognised, 'evaluate', work.batchSize, rows);
    try {
      await stage.work({ signal: work.signal, watch: done => work.onProgress(done, stage.means()) });
      work.signal.throwIfAborted();
      return stage.means();
    } finally {
      stage.dispose();
    }
  },
  predict: async (model, work) => {
    const recognised = demand(model, 'predict');
    const rows = await rowsOf(recognised.network, work.x[0]!);
    const stage = new Stage(recognised, 'predict', work.batchSize, rows);
    try {
      await stage.work({ signal: work.signal, watch: work.onProgress });
      work.signal.throwIfAborted();
      return [stage.predictions()];
    } finally {
      stage.dispose();
    }
  },
};

function reasonAgainst(model: tf.LayersModel, request: EngineRequest): string | undefined {
  if (request.batchHooks) {
    return 'a callback watches single batches (onBatchBegin, onBatchEnd), which the compiled engine takes many at a time';
  }
  const recognised = recognise(model, request.task);
  if (typeof recognised === 'string') return recognised;
  const [x] = request.x ?? [];
  if (x === undefined) return undefined;
  if (x instanceof SparseMatrix && recognised.network.layers[0]!.kind !== 'dense') {
    return 'the data are sparse and the first layer is not a Dense layer';
  }
  if (!(x instanceof SparseMatrix) && x.shape.length !== 2) return `the input has ${x.shape.length} axes`;
  const [y] = request.y ?? [];
  if (y instanceof SparseMatrix) return 'the targets are sparse';
  try {
    checkMemory(
      layOut({
        network: recognised.network,
        task: request.task,
        batchSize: request.batchSize,
        data: sizeOf(x, y !== undefined),
      }),
    );
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
  return undefined;
}

/** How much room samples need before they are read. */
function sizeOf(x: Samples, targets: boolean): DataSize {
  const [rows = 0] = x.shape;
  if (!(x instanceof SparseMatrix)) return { rows, idBytes: 0, nnz: 0, longest: 0, targets, weights: false };
  return { ...dataSize({ x, rows, width: x.shape[1] }), targets };
}

/** Refuse what would drive the machine out of memory. */
function checkMemory({ bytes }: Layout): void {
  const free = process.availableMemory();
  if (bytes > 256e6 && bytes > free) {
    throw new RangeError(
      `the model and the data need ${Math.ceil(bytes / 1e6)} MB of memory, and ${Math.floor(free / 1e6)} MB are free`,
    );
  }
}

function demand(model: tf.LayersModel, task: Task): Recognised {
  const recognised = recognise(model, task);
  if (typeof recognised === 'string') {
    throw new Error(
      `Expected a model that the compiled engine can take, but ${recognised}. Set engine: 'tfjs'.`,
    );
  }
  return recognised;
}

async function rowsOf(network: Network, x: Samples, y?: Samples, weights?: Float32Array): Promise<Rows> {
  const [count = 0] = x.shape;
  const rows = { rows: count, width: network.inputs, weights };
  const values = x instanceof SparseMatrix ? x : await floats(x);
  if (y === undefined) return { ...rows, x: values };
  if (y instanceof SparseMatrix)
    throw new Error("Expected dense targets, received a SparseMatrix. Set engine: 'tfjs'.");
  const targets = await floats(y);
  if (network.loss !== 'sparseCategoricalCrossentropy') return { ...rows, x: values, y: targets };
  const layer = network.layers.findLast(({ kind }) => kind === 'dense');
  const classes = layer?.kind === 'dense' ? layer.units : 0;
  return { ...rows, x: values, y: labels(targets, classes) };
}

async function floats(samples: Exclude<Samples, SparseMatrix>): Promise<Float32Array> {
  if ('values' in samples) return samples.values;
  const values = await samples.data();
  return values instanceof Float32Array ? values : Float32Array.from(values);
}

function labels(values: Float32Array, classes: number): Int32Array {
  return Int32Array.from(values, (value, i) => {
    if (Number.isInteger(value) && value >= 0 && value < classes) return value;
    throw new RangeError(
      `Expected y to hold class numbers from 0 to ${classes - 1}, received ${value} at position ${i}.`,
    );
  });
}

interface Watching {
  readonly signal: AbortSignal;
  /** Called now and then with the number of batches done. */
  readonly watch: (batches: number) => void;
  /** Called now and then, for more. */
  readonly look?: () => void;
  readonly piece?: Partial<Work>;
}

// How often the host looks at what the worker has done, in ms.
const lookEvery = 20;

let runs = 0;

/** A memory laid out for one piece of work, with the model's weights and the data in it. */
class Stage {
  readonly layout: Layout;
  readonly memory: WasmMemory;
  readonly control: Int32Array;
  private disposed = false;
  // A worker that failed may not have let go of the memory.
  private lost = false;
  private readonly rows: number;
  private readonly name = `run ${runs++}`;

  constructor(
    readonly recognised: Recognised,
    private readonly task: Task,
    private readonly batchSize: number,
    data: Rows,
    validation?: Rows,
    private readonly seed = 0,
  ) {
    const { network } = recognised;
    const wish: LayoutWish = { network, task, batchSize, data: dataSize(data) };
    this.layout = layOut(validation ? { ...wish, validation: dataSize(validation) } : wish);
    this.rows = data.rows;
    this.memory = takeMemory(this.layout.bytes);
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
  async work({ signal, watch, look, piece }: Watching): Promise<void> {
    const { control } = this;
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
        const batches = Atomics.load(control, word.batches);
        if (batches > 0) watch(batches);
      } catch (error) {
        failure ??= { error };
        stop();
      }
    };
    const timer = setInterval(onTime, lookEvery);
    try {
      const work: Work = {
        module: trainerModule(),
        memory: this.memory,
        layout: this.layout,
        task: this.task,
        batchSize: this.batchSize,
        run: this.name,
        first: 0,
        last: 0,
        shuffle: false,
        seed: this.seed,
        ...piece,
      };
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
    const { out, outputs } = this.layout;
    return {
      shape: [this.rows, outputs],
      values: new Float32Array(this.memory.buffer, out, this.rows * outputs).slice(),
    };
  }
}

class CompiledRun implements EngineRun {
  readonly backend = backend;
  private iterations = 0;

  constructor(
    private readonly stage: Stage,
    private readonly job: TrainingJob,
    private readonly optimizer: tf.Optimizer,
    private readonly trainable: readonly tf.Variable[],
  ) {}

  async runEpochs(first: number, last: number, onEpoch: (result: EpochResult) => void): Promise<void> {
    const { stage, job } = this;
    const { control, memory, layout } = stage;
    const results = new Float64Array(memory.buffer, layout.results, resultRows * resultSize);
    let finished = first - 1;
    await stage.work({
      signal: job.signal,
      watch: batches => {
        const epoch = Atomics.load(control, word.epoch);
        if (epoch > finished) job.onProgress(epoch, batches, stage.means());
      },
      look: () => {
        const written = Atomics.load(control, word.written);
        for (let read = Atomics.load(control, word.read); read < written; read++) {
          const at = (read % resultRows) * resultSize;
          const row = results.slice(at, at + resultSize);
          Atomics.store(control, word.read, read + 1);
          Atomics.notify(control, word.read);
          finished = row[0]!;
          onEpoch({
            epoch: finished,
            logs: stage.pick(row.subarray(1)),
            validation: layout.validation && stage.pick(row.subarray(1 + sumCount)),
          });
        }
      },
      piece: { first, last, shuffle: job.shuffle },
    });
  }

  async toModel(): Promise<void> {
    this.stage.weightsToModel();
    await writeOptimizer(this.optimizer, this.kind, this.trainable, this.readState());
  }

  async fromModel(): Promise<void> {
    this.stage.weightsFromModel();
    const settings = recogniseOptimizer(this.optimizer);
    if (typeof settings === 'string')
      throw new Error(`Expected the optimizer to stay as it was, but ${settings}.`);
    writeLearningRate(this.stage.memory, this.stage.layout, settings.learningRate);
  }

  async dispose(): Promise<void> {
    this.stage.dispose();
  }

  /** Take over the optimizer's memory at the start. */
  writeState({ iterations, moments }: OptimizerState): void {
    const { memory, layout } = this.stage;
    this.iterations = iterations;
    moments.forEach((values, moment) => {
      this.eachTrained((place, kernel, bias) => {
        const to = moment === 0 ? place.s1 : place.s2;
        writeKernel(memory, place, to, values[kernel]!);
        if (bias >= 0) writeBias(memory, place, to, values[bias]!);
      });
    });
    const { decay, decay2 } = this.stage.recognised.network.optimizer;
    writePowers(memory, layout, [decay ** (iterations + 1), decay2 ** (iterations + 1)]);
  }

  private get kind(): Network['optimizer']['kind'] {
    return this.stage.recognised.network.optimizer.kind;
  }

  private readState(): OptimizerState {
    const { memory, layout } = this.stage;
    const count = { sgd: 0, momentum: 1, nesterov: 1, rmsprop: 1, adam: 2 }[this.kind];
    const moments = Array.from({ length: count }, () =>
      this.trainable.map((): Float32Array => new Float32Array()),
    );
    moments.forEach((values, moment) => {
      this.eachTrained((place, kernel, bias) => {
        const from = moment === 0 ? place.s1 : place.s2;
        values[kernel] = readKernel(memory, place, from);
        if (bias >= 0) values[bias] = readBias(memory, place, from);
      });
    });
    return { iterations: this.iterations + readSteps(memory, layout), moments };
  }

  /** Each layer that trains, with the places of its weights among the trained variables. */
  private eachTrained(act: (place: Layout['weights'][number], kernel: number, bias: number) => void): void {
    const { layout, recognised } = this.stage;
    layout.weights.forEach((place, i) => {
      const { kernel, bias } = recognised.variables[i]!;
      const at = this.trainable.indexOf(kernel);
      if (at >= 0) act(place, at, bias ? this.trainable.indexOf(bias) : -1);
    });
  }
}
