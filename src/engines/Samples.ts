import type * as tf from '@tensorflow/tfjs';
import { SparseMatrix } from '../matrix/SparseMatrix';

/** Samples of any rank as 32-bit floats: sample i is `values.subarray(i * size, (i + 1) * size)`, row-major. Never written. */
export interface DenseSamples {
  /** `[samples, ...shape of one sample]`. */
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** One input or target of a model, checked by `fit`: what every engine gets. Tensors stay the caller's: not disposed, not changed. */
export type Samples = SparseMatrix | DenseSamples | tf.Tensor;

/** The samples as 32-bit floats, read from the back end if they are a tensor; a sparse matrix would become huge and is refused. */
export function denseSamples(samples: Exclude<Samples, SparseMatrix>): DenseSamples {
  if ('values' in samples) return samples;
  return { shape: samples.shape, values: Float32Array.from(samples.dataSync()) };
}

/** How many numbers one sample has. */
export function sampleSize(samples: Samples): number {
  return samples.shape.slice(1).reduce((size, axis) => size * axis, 1);
}

/** Samples `begin` to `end` (not included); a tensor's part is a new tensor, which the caller disposes. */
export function sliceSamples<S extends Samples>(samples: S, begin: number, end: number): S;
export function sliceSamples(samples: Samples, begin: number, end: number): Samples {
  if (samples instanceof SparseMatrix) return samples.slice(begin, end);
  if (!('values' in samples)) return samples.slice(begin, end - begin);
  const size = sampleSize(samples);
  return {
    shape: [end - begin, ...samples.shape.slice(1)],
    values: samples.values.subarray(begin * size, end * size),
  };
}
