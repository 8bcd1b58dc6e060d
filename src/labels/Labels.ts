import type * as tf from '@tensorflow/tfjs';

/** A class as the data name it. */
export type Label = number | string;

/**
 * One label for each sample: whole numbers, texts, or booleans (counted as 0 and 1). A column of numbers (n rows of one value) or a
 * tensor of shape [n] or [n, 1] will do.
 */
export type Labels =
  ArrayLike<number> | readonly string[] | readonly boolean[] | readonly number[][] | tf.Tensor;
