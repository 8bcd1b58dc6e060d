import type * as tf from '@tensorflow/tfjs';
import type { EngineChoice } from '../engines/chooseEngine';
import type { Callback } from './Callback';
import type { ModelData } from './prepare';
import type { Verbose } from './Watch';

/** Options of `fit`; those of Keras' `Model.fit`. */
export interface FitOptions {
  /** Samples of one step. Default 32; the last step of an epoch may have fewer. */
  batchSize?: number;
  /** The number of the epoch to stop before. Default 1. */
  epochs?: number;
  /** 1 (default, or `'auto'`): a line for each epoch, moving where the display can, in a notebook growing curves; 2: a plain line at the end of each; 0: nothing. */
  verbose?: Verbose;
  /** Objects with hooks, run at epochs' and batches' begin and end. */
  callbacks?: Callback | readonly Callback[];
  /** The share of the samples, above 0 and below 1, to hold out: the last ones, before any shuffle. */
  validationSplit?: number;
  /** `[x, y]` or `[x, y, sampleWeight]` to compute the `val_` numbers on after each epoch. */
  validationData?: readonly [x: ModelData, y: ModelData, sampleWeight?: unknown];
  /** Whether each epoch takes the samples in a new order. Default true. */
  shuffle?: boolean;
  /** The weight in the loss of the samples of each class, such as `{ 0: 1, 1: 5 }`; classes that are not named weigh 1. */
  classWeight?: Readonly<Record<number, number>> | Readonly<Record<string, Readonly<Record<number, number>>>>;
  /** The weight of each sample in the loss, not in the metrics; with several outputs an array or object of them. */
  sampleWeight?:
    | ArrayLike<number>
    | tf.Tensor1D
    | readonly ArrayLike<number>[]
    | Readonly<Record<string, ArrayLike<number>>>;
  /** The number of the first epoch. Default 0; to go on after 5 epochs: `{ initialEpoch: 5, epochs: 10 }`. */
  initialEpoch?: number;
  /** 0 to 2^32 − 1: makes shuffles and dropout repeatable to the bit. Without one the run takes the next of `setRandomSeed`'s stream. */
  seed?: number;
  /** What computes. Default `'auto'`: compiled where it computes the same, else TensorFlow.js. */
  engine?: EngineChoice;
}
