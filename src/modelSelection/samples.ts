import type * as tf from '@tensorflow/tfjs';
import { isList } from '../matrix/isList';
import { isTensor } from '../matrix/isTensor';
import { SparseMatrix } from '../matrix/SparseMatrix';
import { describe } from '../options/describe';

/** Anything whose first axis is the sample axis: an array (of numbers, texts, rows, …), a typed array, a sparse matrix or a tensor. */
export type Samples =
  | readonly unknown[]
  | SparseMatrix
  | tf.Tensor
  | Float32Array
  | Float64Array
  | Int32Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | Int8Array
  | Int16Array;

/** How many samples there are. */
export function countSamples(x: unknown, name: string): number {
  if (x instanceof SparseMatrix) return x.shape[0];
  if (isTensor(x) && x.shape.length > 0) return x.shape[0] ?? 0;
  if (isList(x)) return x.length;
  throw new TypeError(
    `Expected ${name} to be an array, a SparseMatrix or a tensor of samples, received ${
      isTensor(x) ? 'a tensor without axes' : describe(x)
    }.`,
  );
}
