import * as tf from '@tensorflow/tfjs';
import type { Room } from './Room';

/** What TensorFlow.js' fused kernels do to their result. */
export interface FusedActivation {
  readonly activation?: string | null;
  readonly leakyreluAlpha?: number;
}

const activationKernels: Readonly<Record<string, string>> = {
  relu: 'Relu',
  relu6: 'Relu6',
  elu: 'Elu',
  sigmoid: 'Sigmoid',
  leakyrelu: 'LeakyRelu',
  prelu: 'Prelu',
};

/** y with an activation of the fused kernels, by kernels of the back end; y is used up. */
export function activate(
  room: Room,
  y: tf.TensorInfo,
  inputs: Readonly<Record<string, tf.TensorInfo | undefined>>,
  { activation, leakyreluAlpha }: FusedActivation,
): tf.TensorInfo {
  if (activation === null || activation === undefined || activation === 'linear') return y;
  const kernelName = activationKernels[activation];
  if (kernelName === undefined) throw new Error(`Expected a fused activation, received ${activation}.`);
  const alpha = inputs.preluActivationWeights;
  if (kernelName === 'Prelu' && alpha) return combine(room, kernelName, y, alpha, ['x', 'alpha']);
  return runKernel(room, kernelName, { x: y }, { alpha: leakyreluAlpha ?? 0.2 }, y);
}

/** y and another tensor by a kernel of the back end; y is used up. */
export function combine(
  room: Room,
  name: string,
  y: tf.TensorInfo,
  other: tf.TensorInfo,
  names = ['a', 'b'],
): tf.TensorInfo {
  return runKernel(room, name, { [names[0]!]: y, [names[1]!]: other }, {}, y);
}

/** The one result of a kernel of the back end, ours or its own; `used` is given back. */
export function runKernel(
  { backend }: Room,
  kernelName: string,
  inputs: Record<string, tf.TensorInfo>,
  attrs: tf.NamedAttrMap,
  used?: tf.TensorInfo,
): tf.TensorInfo {
  const kernel = tf.getKernel(kernelName, 'wasm');
  const [result] = [kernel.kernelFunc({ inputs, backend, attrs })].flat();
  if (used) backend.disposeData(used.dataId);
  if (result === undefined) throw new Error(`Expected ${kernelName} to return a tensor.`);
  return result;
}
