import type * as tf from '@tensorflow/tfjs';
import type { Samples } from './Samples';

/** The engines that `fit`, `evaluate` and `predict` can be asked for. */
export type EngineName = 'compiled' | 'tfjs';

/** What a call asks of an engine, so far as it can stand in the engine's way. */
export interface EngineRequest {
  readonly task: 'fit' | 'evaluate' | 'predict';
  /** Whether a callback watches single batches (`onBatchBegin`, `onBatchEnd`). */
  readonly batchHooks: boolean;
  readonly batchSize: number;
  /** The data, where they are known: one entry for each input and, but for `predict`, each output. */
  readonly x?: readonly Samples[];
  readonly y?: readonly Samples[];
  readonly validation?: { readonly x: readonly Samples[]; readonly y: readonly Samples[] };
}

/** One training run, prepared and checked by `fit`. */
export interface TrainingJob {
  /** One entry for each input of the model, all with the same number of samples. */
  readonly x: readonly Samples[];
  /** One entry for each output, shaped as its loss wants it: as the output, or with a last axis of 1 for sparse labels. */
  readonly y: readonly Samples[];
  /** For each output the weight of each sample in the loss (class weights are multiplied in), or `undefined` for 1. Metrics ignore it. */
  readonly sampleWeight: readonly (Float32Array | undefined)[];
  readonly validation?: {
    readonly x: readonly Samples[];
    readonly y: readonly Samples[];
    readonly sampleWeight: readonly (Float32Array | undefined)[];
  };
  /** Samples of a batch; the last one of an epoch may be smaller. */
  readonly batchSize: number;
  /** Whether each epoch goes through the samples in a new order, else in theirs. Orders come from `epochOrders(seed)`. */
  readonly shuffle: boolean;
  /** 0 to 2^32 − 1. Governs shuffles and dropout: the same seed gives the same bits. Always set: `fit` draws one where the user gave none. */
  readonly seed: number;
  /** Awaited before and after each batch; `auto` gives such runs to tfjs (see `EngineRequest.batchHooks`). */
  readonly onBatchBegin?: (batch: number) => void | Promise<void>;
  readonly onBatchEnd?: (batch: number, logs: readonly number[]) => void | Promise<void>;
  /**
   * Progress inside an epoch, for display: `batches` are done, `logs` is the mean over its samples so far. As often as is cheap (each batch,
   * or every 50 ms or so from a worker).
   */
  readonly onProgress: (epoch: number, batches: number, logs: readonly number[]) => void;
  /** Aborted when the user stops the run: end within half a second, after a whole batch, and keep what is done. */
  readonly signal: AbortSignal;
}

/**
 * The losses and metrics of one finished epoch, in the order of `metricNames(model)`: loss first. The loss has regularisers added in
 * training and, as in TensorFlow.js, not in validation; both are means over samples (batch values weighted by batch size).
 */
export interface EpochResult {
  readonly epoch: number;
  readonly logs: readonly number[];
  readonly validation?: readonly number[];
  /** How long the epoch took, validation included, from an engine that reports several at a time; else `fit` takes the time itself. */
  readonly seconds?: number;
}

/** A training run under way. Between calls of `runEpochs` it stands still, and the tf model may be read and written. */
export interface EngineRun {
  /** What computes, for `history.backend`: tf's back end, or the engine's own name for it. */
  readonly backend: string;
  /**
   * Train epochs `first` to `last` (not included), calling `onEpoch` after each, in order. Resolves early, without the unfinished epoch's
   * `onEpoch`, when `job.signal` is aborted. A batch hook that sets `model.stopTraining` ends the epoch there, which then counts as
   * finished. `onEpoch` does not pause the run: `fit` asks for one epoch at a time when a callback must act between two.
   */
  runEpochs(first: number, last: number, onEpoch: (result: EpochResult) => void): Promise<void>;
  /** Bring the tf model up to date: its weights and its optimizer's state. */
  toModel(): Promise<void>;
  /** Take over what was changed in the tf model: its weights, the optimizer's `learningRate`, and the optimizer's state if that is simple. */
  fromModel(): Promise<void>;
  /** End the run, finished or not, and free what it holds. Does not write to the tf model (`toModel` does). */
  dispose(): Promise<void>;
}

/** What computes training, evaluation and predictions of a tf layers model. */
export interface Engine {
  readonly name: EngineName;
  /** What it computes on, for reports: tf's back end, or the engine's own name for it. */
  backend(): string;
  /**
   * What keeps this engine from computing the request as TensorFlow.js would, as a phrase that can follow "because":
   * `the layer "conv2d_Conv2D1" is a Conv2D`; `undefined` if nothing does.
   */
  reasonAgainst(model: tf.LayersModel, request: EngineRequest): string | undefined;
  /** Prepare a run: weights and optimizer state are those of the tf model at this moment. */
  start(model: tf.LayersModel, job: TrainingJob): Promise<EngineRun>;
  /** Losses and metrics in the order of `metricNames(model)`, means over the samples, dropout off. */
  evaluate(model: tf.LayersModel, work: EvaluateJob): Promise<number[]>;
  /** One array of `samples × output size` values, row-major, for each output. */
  predict(model: tf.LayersModel, work: PredictJob): Promise<Prediction[]>;
}

/** One evaluation, prepared and checked by `evaluate`. */
export interface EvaluateJob {
  readonly x: readonly Samples[];
  readonly y: readonly Samples[];
  readonly sampleWeight: readonly (Float32Array | undefined)[];
  readonly batchSize: number;
  readonly signal: AbortSignal;
  readonly onProgress: (batches: number, logs: readonly number[]) => void;
}

/** One prediction, prepared and checked by `predict`. */
export interface PredictJob {
  readonly x: readonly Samples[];
  readonly batchSize: number;
  readonly signal: AbortSignal;
  readonly onProgress: (batches: number) => void;
}

/** The predictions for one output. */
export interface Prediction {
  /** `[samples, ...shape of one output]`. */
  readonly shape: readonly number[];
  readonly values: Float32Array;
}
