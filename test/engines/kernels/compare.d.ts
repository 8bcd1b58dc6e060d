import * as tf from '@tensorflow/tfjs';
/** Choose the WebAssembly back end with our kernels, whatever the environment says. */
export declare function useWasm(): Promise<void>;
/** Fill freed memory with numbers that would show in a result. */
export declare function dirty(): void;
/** Normal draws in a shape. */
export declare function normal(shape: readonly number[], seed?: number): tf.Tensor;
/** Assert that `work` gives the same on wasm as on cpu. */
export declare function assertSame(
  work: () => Readonly<Record<string, tf.Tensor>>,
  about: unknown,
  tolerance?: number,
): void;
/** A layer's (or a model's) outputs on inputs of these shapes, and the gradients of all its weights and inputs. */
export declare function outputsAndGradients(
  layer: tf.layers.Layer,
  inputs: readonly tf.Tensor[],
  training?: boolean,
): () => Record<string, tf.Tensor>;
