import * as tf from '@tensorflow/tfjs';
import { replaceGradient } from './replaceGradient';

interface Attributes {
  readonly strides: [number, number] | number;
  readonly pad: 'valid' | 'same' | number;
  readonly dataFormat?: 'NHWC' | 'NCHW';
  readonly dilations?: [number, number] | number;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

const isOne = (dilations: Attributes['dilations']): boolean =>
  [dilations ?? 1].flat().every(dilation => dilation === 1);

/** Gradients of convolution with gaps in the filter, which TensorFlow.js refuses on every back end; on wasm our kernels have them. */
export function registerDilatedGradients(): void {
  replace('Conv2D', 'Conv2DBackpropInput', 'Conv2DBackpropFilter');
  replace(
    'DepthwiseConv2dNative',
    'DepthwiseConv2dNativeBackpropInput',
    'DepthwiseConv2dNativeBackpropFilter',
  );
}

function replace(kernelName: string, forInput: string, forFilter: string): void {
  replaceGradient(kernelName, plain => (dy, saved, attrs) => {
    // TensorFlow.js does not declare the attributes of its kernels.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const attributes = attrs as unknown as Attributes;
    if (isOne(attributes.dilations) || tf.getBackend() !== 'wasm') return plain(dy, saved, attrs);
    const [x, filter] = saved;
    if (x === undefined || filter === undefined || Array.isArray(dy)) {
      throw new Error(`Expected the input and the filter of ${kernelName}.`);
    }
    const run = (name: string, inputs: tf.NamedTensorMap, more: object): tf.Tensor =>
      tf.engine().runKernel(name, inputs, { ...attributes, ...more });
    return {
      x: () => run(forInput, { dy, filter }, { inputShape: x.shape }),
      filter: () => run(forFilter, { x, dy }, { filterShape: filter.shape }),
    };
  });
}
