import type * as tf from '@tensorflow/tfjs';
import type { SparseMatrix } from './SparseMatrix';

/**
 * What counts as a matrix, everywhere in this library: rows of numbers, a multi-hot `SparseMatrix`, or a 2-D tensor.
 * NaN and infinite values are allowed, ragged rows are not; `toMatrix` does the checking.
 */
export type Matrix = number[][] | SparseMatrix | tf.Tensor2D;
