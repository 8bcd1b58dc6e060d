import * as tf from '@tensorflow/tfjs';
import { shapeWords } from './convolution';
import { register } from './register';

interface PoolingAttributes {
  readonly filterSize: [number, number] | number;
  readonly strides: [number, number] | number;
  readonly pad: 'valid' | 'same' | number;
  readonly dimRoundingMode: 'floor' | 'round' | 'ceil' | undefined;
}

function sizes(x: tf.TensorInfo, { filterSize, strides, pad, dimRoundingMode }: PoolingAttributes) {
  const [batch, height, width, channels] = x.shape;
  return tf.backend_util.computePool2DInfo(
    [batch!, height!, width!, channels!],
    filterSize,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
}

/** Register pooling of two dimensions and its gradients; one dimension goes through these too. */
export function registerPooling(): void {
  register<PoolingAttributes>('MaxPool', (room, { x }, attributes, original) => {
    if (x!.dtype !== 'float32') return original();
    const info = sizes(x!, attributes);
    const out = room.output(info.outShape);
    room.call.maxPool(room.words(shapeWords(info)), room.at(x!), room.at(out));
    return out;
  });

  register<PoolingAttributes>('MaxPoolGrad', (room, { dy, input }, attributes) => {
    const out = room.output(input!.shape);
    const shape = room.words(shapeWords(sizes(input!, attributes)));
    room.call.maxPoolGradient(shape, room.at(input!), room.at(dy!), room.at(out));
    return out;
  });

  register<PoolingAttributes>('AvgPool', (room, { x }, attributes, original) => {
    if (x!.dtype !== 'float32') return original();
    const info = sizes(x!, attributes);
    const out = room.output(info.outShape);
    room.call.averagePool(room.words(shapeWords(info)), room.at(x!), room.at(out));
    return out;
  });

  register<PoolingAttributes>('AvgPoolGrad', (room, { dy, input }, attributes) => {
    const out = room.output(input!.shape);
    const shape = room.words(shapeWords(sizes(input!, attributes)));
    room.call.averagePoolGradient(shape, room.at(dy!), room.at(out));
    return out;
  });
}
