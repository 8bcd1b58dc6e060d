import type * as tf from '@tensorflow/tfjs';
import type { EngineRun, EpochResult, TrainingJob } from '../engine';
import { isTrained, modelInternals, stopTraining } from '../modelInternals';
import { backend } from './backend';
import { word } from './control';
import type { WeightPlace } from './layout';
import { momentCount } from './network';
import type { OptimizerSettings } from './network';
import { readOptimizer, recogniseOptimizer, writeOptimizer } from './optimizers';
import { Results } from './results';
import type { Stage } from './Stage';
import { freezeLayer, readSteps, readTrainable, writeLearningRate, writePowers } from './structures';
import { readBias, readKernel, writeBias, writeKernel } from './weights';

/** A training run on a stage. */
export class CompiledRun implements EngineRun {
  readonly backend = backend;
  private readonly results: Results;
  private readonly optimizer: tf.Optimizer;
  private readonly trainable: readonly tf.Variable[];
  // Steps of the optimizer before this run.
  private iterations = 0;

  constructor(
    private readonly stage: Stage,
    private readonly job: TrainingJob,
    private readonly model: tf.LayersModel,
  ) {
    this.results = new Results(stage.memory, stage.layout);
    const { optimizer, trainableVariables } = modelInternals(model);
    this.optimizer = optimizer;
    this.trainable = trainableVariables;
  }

  async runEpochs(first: number, last: number, onEpoch: (result: EpochResult) => void): Promise<void> {
    const { stage, job, model, results } = this;
    const { control, layout } = stage;
    let finished = first - 1;
    await stage.work({
      signal: job.signal,
      watch: batches => {
        const epoch = Atomics.load(control, word.epoch);
        if (epoch > finished) job.onProgress(epoch, batches, stage.means());
      },
      ends: () => stopTraining(model),
      look: () => {
        const written = Atomics.load(control, word.written);
        for (let read = Atomics.load(control, word.read); read < written; read++) {
          const { epoch, seconds, training, validation } = results.read(read);
          Atomics.store(control, word.read, read + 1);
          Atomics.notify(control, word.read);
          finished = epoch;
          onEpoch({
            epoch,
            seconds,
            logs: stage.pick(training),
            validation: layout.validation && stage.pick(validation),
          });
        }
      },
      piece: { first, last, shuffle: job.shuffle },
    });
  }

  async toModel(): Promise<void> {
    const { stage, trainable } = this;
    stage.weightsToModel();
    const moments = Array.from({ length: momentCount[this.settings.kind] }, () =>
      trainable.map((): Float32Array => new Float32Array()),
    );
    moments.forEach((values, moment) => {
      this.eachTrained((place, kernel, bias) => {
        const from = moment === 0 ? place.s1 : place.s2;
        values[kernel] = readKernel(stage.memory, place, from);
        if (bias >= 0) values[bias] = readBias(stage.memory, place, from);
      });
    });
    const iterations = this.iterations + readSteps(stage.memory, stage.layout);
    await writeOptimizer(this.optimizer, this.settings.kind, trainable, { iterations, moments });
  }

  async fromModel(): Promise<void> {
    this.stage.weightsFromModel();
    const settings = recogniseOptimizer(this.optimizer);
    if (typeof settings === 'string')
      throw new Error(`Expected the optimizer to stay as it was, but ${settings}.`);
    writeLearningRate(this.stage.memory, this.stage.layout, settings.learningRate);
    this.freeze();
    this.clearPadding();
  }

  async dispose(): Promise<void> {
    this.stage.dispose();
  }

  /** Take over what the optimizer remembers from before this run. */
  async takeOptimizer(): Promise<void> {
    const { memory, layout } = this.stage;
    const { kind, decay, decay2 } = this.settings;
    const { iterations, moments } = await readOptimizer(this.optimizer, kind, this.trainable);
    this.iterations = iterations;
    moments.forEach((values, moment) => {
      this.eachTrained((place, kernel, bias) => {
        const to = moment === 0 ? place.s1 : place.s2;
        writeKernel(memory, place, to, values[kernel]!);
        if (bias >= 0) writeBias(memory, place, to, values[bias]!);
      });
    });
    writePowers(memory, layout, [power(decay, iterations + 1), power(decay2, iterations + 1)]);
  }

  /** Leave alone the layers that a callback has frozen since. */
  private freeze(): void {
    const { memory, layout, recognised } = this.stage;
    layout.weights.forEach((place, i) => {
      const trains = isTrained(recognised.variables[i]!.kernel, this.trainable);
      if (trains === readTrainable(memory, layout, place)) return;
      if (trains) {
        throw new Error(
          "Expected a frozen layer to stay so until fit ends, but a callback has set it free. Set engine: 'tfjs'.",
        );
      }
      freezeLayer(memory, layout, place);
    });
  }

  /** Where an epoch ended in NaN, the padding behind the gradients of the last layer's outputs may be NaN too, and nothing else writes there. */
  private clearPadding(): void {
    const { memory, layout } = this.stage;
    const { dy, stride } = layout.layers.at(-1)!;
    new Float32Array(memory.buffer, dy, (layout.batch * stride!) / 4).fill(0);
  }

  private get settings(): OptimizerSettings {
    return this.stage.recognised.network.optimizer;
  }

  /** Each layer that trains, with the places of its weights among the trained variables. */
  private eachTrained(act: (place: WeightPlace, kernel: number, bias: number) => void): void {
    const { layout, recognised } = this.stage;
    layout.weights.forEach((place, i) => {
      const { kernel, bias } = recognised.variables[i]!;
      const at = this.trainable.indexOf(kernel);
      if (at >= 0) act(place, at, bias ? this.trainable.indexOf(bias) : -1);
    });
  }
}

// In float32 and one factor after the other, as the trainer multiplies: so two fits give the bits of one.
function power(of: number, n: number): number {
  let product = 1;
  for (let i = 0; i < n && product > 0; i++) product = Math.fround(product * Math.fround(of));
  return product;
}
