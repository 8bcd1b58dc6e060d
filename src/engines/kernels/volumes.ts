import * as tf from '@tensorflow/tfjs';
import { computeOnCpu, onCpu } from './onCpu';
import { register } from './register';
import type { Room } from './Room';

/**
 * What the WebAssembly back end computes wrongly and nothing here computes faster: convolution and pooling of three dimensions, and morphological
 * dilation. They go to the cpu back end.
 */
export function registerVolumes(): void {
  for (const name of [
    'Conv3DBackpropFilterV2',
    'Conv3DBackpropInputV2',
    'MaxPool3D',
    'MaxPool3DGrad',
    'AvgPool3D',
    'Dilation2D',
    'Dilation2DBackpropFilter',
    'Dilation2DBackpropInput',
  ]) {
    onCpu(name);
  }

  register<Pool3DAttributes>('AvgPool3DGrad', (room, { dy, input }, attributes) => {
    const { backend } = room;
    const shared = backend.makeOutput(dy!.shape, 'float32', undefined, shares(room, dy!, input!, attributes));
    try {
      return computeOnCpu('AvgPool3DGrad', backend, { dy: shared, input: input! }, attributes);
    } finally {
      backend.disposeData(shared.dataId);
    }
  });
}

interface Pool3DAttributes {
  readonly filterSize: [number, number, number] | number;
  readonly strides: [number, number, number] | number;
  readonly pad: 'valid' | 'same' | number;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/**
 * dy, scaled so that dividing by the size of the window, as the cpu back end does, divides by the number of places that the forward pass divided by:
 * those outside the padding.
 */
function shares(
  { backend }: Room,
  dy: tf.TensorInfo,
  input: tf.TensorInfo,
  { filterSize, strides, pad, dimRoundingMode }: Pool3DAttributes,
): Float32Array {
  const [batch, depth, height, width, channels] = input.shape;
  const info = tf.backend_util.computePool3DInfo(
    [batch!, depth!, height!, width!, channels!],
    filterSize,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
  const { padInfo } = info;
  const inside = (places: number, stride: number, before: number, window: number, length: number): number[] =>
    Array.from({ length: places }, (_, i) => {
      const from = i * stride - before;
      return Math.min(length, from + window) - Math.max(0, from);
    });
  const counts = [
    inside(info.outDepth, info.strideDepth, padInfo.front, info.filterDepth, info.inDepth),
    inside(info.outHeight, info.strideHeight, padInfo.top, info.filterHeight, info.inHeight),
    inside(info.outWidth, info.strideWidth, padInfo.left, info.filterWidth, info.inWidth),
  ] as const;
  const whole = info.filterDepth * info.filterHeight * info.filterWidth;
  const values = Float32Array.from(backend.readSync(dy.dataId));
  let at = 0;
  for (let image = 0; image < info.batchSize; image++) {
    for (const z of counts[0]) {
      for (const y of counts[1]) {
        for (const x of counts[2]) {
          for (let channel = 0; channel < info.outChannels; channel++) values[at++]! *= whole / (x * y * z);
        }
      }
    }
  }
  return values;
}
