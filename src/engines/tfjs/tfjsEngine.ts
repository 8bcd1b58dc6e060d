import * as tf from '@tensorflow/tfjs';
import { RandomState } from '../../random/RandomState';
import { withMathRandom } from '../../random/withMathRandom';
import { ensureBackend } from '../backend';
import type {
  Engine,
  EngineRun,
  EpochResult,
  EvaluateJob,
  Prediction,
  PredictJob,
  TrainingJob,
} from '../engine';
import { epochOrders } from '../epochOrders';
import { functionalModel, modelInternals, stopTraining, type ModelInternals } from '../modelInternals';
import type { Samples } from '../Samples';
import { checkFinite } from './checkFinite';
import { batchSource, type BatchSource } from './BatchSource';
import { Breath } from './Breath';
import { call, testStep, trainStep, type Batch } from './steps';

/** TensorFlow.js itself, on whatever back end it has: takes every model. */
export const tfjsEngine: Engine = {
  name: 'tfjs',
  backend: () => tf.getBackend(),
  reasonAgainst: () => undefined,
  start: async (model, job) => {
    const backend = await ensureBackend();
    checkFinite(job.x);
    if (job.validation) checkFinite(job.validation.x);
    return new TfjsRun(model, job, backend);
  },
  evaluate: async (model, work) => {
    await ensureBackend();
    checkFinite(work.x);
    const result = await test(modelInternals(model), new BatchMaker(work, work.batchSize), work);
    if (result === undefined) throw work.signal.reason;
    return result;
  },
  predict: async (model, work) => {
    await ensureBackend();
    checkFinite(work.x);
    return predict(functionalModel(model), work);
  },
};

interface Data {
  readonly x: readonly Samples[];
  readonly y: readonly Samples[];
  readonly sampleWeight: readonly (Float32Array | undefined)[];
}

class BatchMaker {
  readonly samples: number;
  readonly batches: number;
  private readonly x: BatchSource[];
  private readonly y: BatchSource[];
  private readonly sampleWeight: (BatchSource | undefined)[];

  constructor(
    data: Data,
    readonly batchSize: number,
  ) {
    this.samples = data.x[0]!.shape[0]!;
    this.batches = Math.ceil(this.samples / batchSize);
    this.x = data.x.map(samples => batchSource(samples, batchSize));
    this.y = data.y.map(samples => batchSource(samples, batchSize));
    this.sampleWeight = data.sampleWeight.map(
      values => values && batchSource({ shape: [values.length], values }, batchSize),
    );
  }

  size(batch: number): number {
    return Math.min(this.samples, (batch + 1) * this.batchSize) - batch * this.batchSize;
  }

  use<T>(batch: number, order: Int32Array | undefined, work: (batch: Batch) => T): T {
    const begin = batch * this.batchSize;
    const end = begin + this.size(batch);
    const make = (source: BatchSource): tf.Tensor => source.batch(begin, end, order);
    const x = this.x.map(make);
    const y = this.y.map(make);
    const sampleWeight = this.sampleWeight.map(source => source && make(source));
    try {
      return work({ x, y, sampleWeight });
    } finally {
      tf.dispose([x, y, sampleWeight.filter(weight => weight !== undefined)]);
    }
  }
}

/** Means over samples of values that come as means over batches. */
class Means {
  private readonly totals: number[] = [];
  private samples = 0;

  add(values: readonly number[], samples: number): void {
    values.forEach((value, i) => (this.totals[i] = (this.totals[i] ?? 0) + value * samples));
    this.samples += samples;
  }

  get(): number[] {
    return this.totals.map(total => total / this.samples);
  }
}

class TfjsRun implements EngineRun {
  private readonly internals: ModelInternals;
  private readonly batches: BatchMaker;
  private readonly validation: BatchMaker | undefined;
  private readonly orderOf: ((epoch: number) => Int32Array) | undefined;
  private readonly draw: () => number;
  private readonly breath = new Breath();

  constructor(
    private readonly model: tf.LayersModel,
    private readonly job: TrainingJob,
    readonly backend: string,
  ) {
    this.internals = modelInternals(model);
    this.batches = new BatchMaker(job, job.batchSize);
    this.validation = job.validation && new BatchMaker(job.validation, job.batchSize);
    this.orderOf = job.shuffle ? epochOrders(job.seed, this.batches.samples) : undefined;
    const random = new RandomState([job.seed, 1]);
    this.draw = () => random.randomSample();
  }

  async runEpochs(first: number, last: number, onEpoch: (result: EpochResult) => void): Promise<void> {
    for (let epoch = first; epoch < last; epoch++) {
      const logs = await this.train(epoch);
      if (logs === undefined) return;
      const validation =
        this.validation &&
        (await test(this.internals, this.validation, { signal: this.job.signal }, this.breath));
      if (this.validation !== undefined && validation === undefined) return;
      onEpoch({ epoch, logs, validation });
      if (stopTraining(this.model)) return;
    }
  }

  async toModel(): Promise<void> {}
  async fromModel(): Promise<void> {}
  async dispose(): Promise<void> {}

  private async train(epoch: number): Promise<number[] | undefined> {
    const { job, batches, internals, breath } = this;
    const order = this.orderOf?.(epoch);
    const means = new Means();
    for (let batch = 0; batch < batches.batches; batch++) {
      if (job.onBatchBegin) await job.onBatchBegin(batch);
      const logs = batches.use(batch, order, data =>
        withMathRandom(this.draw, () => trainStep(internals, data)),
      );
      means.add(logs, batches.size(batch));
      if (job.onBatchEnd) {
        await job.onBatchEnd(batch, logs);
        if (stopTraining(this.model)) break;
      }
      if (breath.due) {
        job.onProgress(epoch, batch + 1, means.get());
        await breath.take();
      }
      if (job.signal.aborted) return undefined;
    }
    return means.get();
  }
}

interface TestWatch {
  readonly signal: AbortSignal;
  readonly onProgress?: EvaluateJob['onProgress'];
}

async function test(
  internals: ModelInternals,
  batches: BatchMaker,
  { signal, onProgress }: TestWatch,
  breath = new Breath(),
): Promise<number[] | undefined> {
  const means = new Means();
  for (let batch = 0; batch < batches.batches; batch++) {
    means.add(
      batches.use(batch, undefined, data => testStep(internals, data)),
      batches.size(batch),
    );
    if (breath.due) {
      onProgress?.(batch + 1, means.get());
      await breath.take();
    }
    if (signal.aborted) return undefined;
  }
  return means.get();
}

async function predict(
  model: tf.LayersModel,
  { x, batchSize, signal, onProgress }: PredictJob,
): Promise<Prediction[]> {
  const batches = new BatchMaker({ x, y: [], sampleWeight: [] }, batchSize);
  const breath = new Breath();
  let predictions: { shape: number[]; values: Float32Array }[] | undefined;
  for (let batch = 0; batch < batches.batches; batch++) {
    const parts = batches.use(batch, undefined, data =>
      tf.tidy(() =>
        call({ model }, data.x, {}).map(output => ({ shape: output.shape, values: output.dataSync() })),
      ),
    );
    predictions ??= parts.map(({ shape }) => {
      const rest = shape.slice(1);
      const size = rest.reduce((product, axis) => product * axis, 1);
      return { shape: [batches.samples, ...rest], values: new Float32Array(batches.samples * size) };
    });
    parts.forEach(({ values }, i) => {
      const whole = predictions![i]!.values;
      whole.set(values, (whole.length / batches.samples) * batch * batchSize);
    });
    if (breath.due) {
      onProgress(batch + 1);
      await breath.take();
    }
    signal.throwIfAborted();
  }
  return predictions ?? [];
}
