import * as tf from '@tensorflow/tfjs';
import { layerClass } from './layerClasses';

/** What is used of TensorFlow.js' convolution layers. */
interface ConvolutionLayer {
  readonly kernel: { read(): tf.Tensor4D };
  readonly bias: { read(): tf.Tensor1D } | null;
  readonly activation: { apply(x: tf.Tensor): tf.Tensor } | null;
  readonly strides: [number, number];
  readonly padding: 'valid' | 'same' | 'causal';
  readonly dataFormat: 'channelsFirst' | 'channelsLast';
  readonly dilationRate: number | number[];
  call(inputs: tf.Tensor | tf.Tensor[], kwargs: object): tf.Tensor | tf.Tensor[];
}

const replaced = new WeakSet<object>();

/**
 * Let Conv2D train with gaps in its filter on the WebAssembly back end: without an activation it goes through TensorFlow.js' fused convolution, which has no
 * such gradient. Everything else is as it was.
 */
export function replaceConvolutionLayers(): void {
  const { prototype } = layerClass<ConvolutionLayer>('Conv2D');
  if (replaced.has(prototype)) return;
  replaced.add(prototype);
  const original = prototype.call;
  prototype.call = function call(this: ConvolutionLayer, inputs, kwargs) {
    const [x, ...others] = [inputs].flat();
    const { padding, dataFormat, kernel, bias, strides, activation } = this;
    const [rows, columns] = [this.dilationRate, this.dilationRate].flat();
    const plain = (rows ?? 1) === 1 && (columns ?? 1) === 1;
    if (plain || tf.getBackend() !== 'wasm' || padding === 'causal' || dataFormat === 'channelsFirst') {
      return original.call(this, inputs, kwargs);
    }
    if (x?.rank !== 4 || others.length > 0) return original.call(this, inputs, kwargs);
    return tf.tidy(() => {
      const [batch, height, width, channels] = x.shape;
      const image: tf.Tensor4D = tf.reshape(x, [batch!, height!, width!, channels!]);
      const dilations: [number, number] = [rows!, columns!];
      const y = tf.conv2d(image, kernel.read(), strides, padding, 'NHWC', dilations);
      const shifted = bias === null ? y : tf.add(y, bias.read());
      return activation === null ? shifted : activation.apply(shifted);
    });
  };
}
