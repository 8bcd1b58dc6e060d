import * as tf from '@tensorflow/tfjs';
import { layerClass } from './layerClasses';

/** What is used of TensorFlow.js' convolution layers. */
interface ConvolutionLayer {
  readonly name: string;
  readonly kernel: { read(): tf.Tensor4D };
  readonly bias: { read(): tf.Tensor1D } | null;
  readonly activation: { apply(x: tf.Tensor): tf.Tensor } | null;
  readonly strides: [number, number];
  readonly padding: 'valid' | 'same' | 'causal';
  readonly dataFormat: 'channelsFirst' | 'channelsLast';
  readonly dilationRate: number | number[];
  call: (this: ConvolutionLayer, inputs: tf.Tensor | tf.Tensor[], kwargs: object) => tf.Tensor | tf.Tensor[];
}

const replaced = new WeakSet<object>();

/** Replace a layer's `call`, once. */
function replace(name: string, make: (original: ConvolutionLayer['call']) => ConvolutionLayer['call']): void {
  const { prototype } = layerClass<ConvolutionLayer>(name);
  if (replaced.has(prototype)) return;
  replaced.add(prototype);
  prototype.call = make(prototype.call);
}

const gaps = ({ dilationRate }: ConvolutionLayer): readonly [number, number] => {
  const [rows, columns] = [dilationRate, dilationRate].flat();
  return [rows ?? 1, columns ?? 1];
};

/**
 * Let Conv2D train with gaps in its filter on the WebAssembly back end: without an activation it goes through TensorFlow.js' fused convolution, which has no
 * such gradient; and refuse gaps in DepthwiseConv2D, which has the option without using it. Everything else is as it was.
 */
export function replaceConvolutionLayers(): void {
  replace('Conv2D', original => {
    return function call(this: ConvolutionLayer, inputs, kwargs) {
      const [x, ...others] = [inputs].flat();
      const { padding, dataFormat, kernel, bias, strides, activation } = this;
      const [rows, columns] = gaps(this);
      const plain = rows === 1 && columns === 1;
      if (plain || tf.getBackend() !== 'wasm' || padding === 'causal' || dataFormat === 'channelsFirst') {
        return original.call(this, inputs, kwargs);
      }
      if (x?.rank !== 4 || others.length > 0) return original.call(this, inputs, kwargs);
      return tf.tidy(() => {
        const [batch, height, width, channels] = x.shape;
        const image: tf.Tensor4D = tf.reshape(x, [batch, height!, width!, channels!]);
        const y = tf.conv2d(image, kernel.read(), strides, padding, 'NHWC', [rows, columns]);
        const shifted = bias === null ? y : tf.add(y, bias.read());
        return activation === null ? shifted : activation.apply(shifted);
      });
    };
  });
  replace('DepthwiseConv2D', original => {
    return function call(this: ConvolutionLayer, inputs, kwargs) {
      const [rows, columns] = gaps(this);
      if (rows === 1 && columns === 1) return original.call(this, inputs, kwargs);
      throw new RangeError(
        `Expected dilationRate 1 of the depthwiseConv2d layer "${this.name}", received ${rows} × ${columns}, which TensorFlow.js ignores without a word. ` +
          'Use separableConv2d, or tf.depthwiseConv2d in a layer of your own.',
      );
    };
  });
}
