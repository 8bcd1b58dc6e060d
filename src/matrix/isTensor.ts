import * as tf from '@tensorflow/tfjs';

/** Whether a value is a TensorFlow.js tensor. */
export function isTensor(value: unknown): value is tf.Tensor {
  return value instanceof tf.Tensor;
}

/** Whether a tensor has two axes. */
export function isTensor2D(value: tf.Tensor): value is tf.Tensor2D {
  return value.shape.length === 2;
}
