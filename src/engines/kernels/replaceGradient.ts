import * as tf from '@tensorflow/tfjs';

type Gradient = tf.GradConfig['gradFunc'];

const replaced = new Set<string>();

/** Put a gradient of ours, which may be made of TensorFlow.js' own, in the place of that. Doing so twice does nothing. */
export function replaceGradient(kernelName: string, ours: (plain: Gradient) => Gradient): void {
  if (replaced.has(kernelName)) return;
  replaced.add(kernelName);
  const plain = tf.getGradient(kernelName);
  tf.unregisterGradient(kernelName);
  tf.registerGradient({ ...plain, gradFunc: ours(plain.gradFunc) });
}
