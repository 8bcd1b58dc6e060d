import * as tf from '@tensorflow/tfjs';
import { Room } from './Room';

/** A kernel of ours: tensors and attributes by name, as TensorFlow.js gives them, and the kernel that it replaces. */
export type Kernel<Attributes> = (
  room: Room,
  inputs: Readonly<Record<string, tf.TensorInfo>>,
  attributes: Attributes,
  original: () => tf.TensorInfo | tf.TensorInfo[],
) => tf.TensorInfo | tf.TensorInfo[];

const ours = new WeakSet<tf.KernelFunc>();

/** Put a kernel of ours in the place of the WebAssembly back end's, if it has one of this name. Doing so twice does nothing. */
export function register<Attributes>(kernelName: string, kernel: Kernel<Attributes>): void {
  const replaced = tf.getKernel(kernelName, 'wasm') ?? undefined;
  if (replaced !== undefined && ours.has(replaced.kernelFunc)) return;
  const kernelFunc: tf.KernelFunc = ({ inputs, backend, attrs }) => {
    const original = (): tf.TensorInfo | tf.TensorInfo[] => {
      if (replaced === undefined) throw new Error(`Expected an own kernel ${kernelName} of the back end.`);
      return replaced.kernelFunc({ inputs, backend, attrs });
    };
    // Each kernel has its own names of inputs and types of attributes, which TensorFlow.js does not declare.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return kernel(Room.of(backend), inputs as Record<string, tf.TensorInfo>, attrs as Attributes, original);
  };
  ours.add(kernelFunc);
  if (replaced !== undefined) tf.unregisterKernel(kernelName, 'wasm');
  tf.registerKernel({ ...replaced, kernelName, backendName: 'wasm', kernelFunc });
}
