import * as tf from '@tensorflow/tfjs';
import { register } from './register';
import { replaceGradient } from './replaceGradient';

const name = 'KerasPrimerReluGrad';

/**
 * Register the gradient of relu as one pass over memory. TensorFlow.js composes it of a step function, a cast and a product, which take a twelfth of the
 * time that a convolutional net trains.
 */
export function registerReluGradient(): void {
  register<object>(name, (room, { dy, x }) => {
    const out = room.output(x!.shape);
    const count = tf.util.sizeFromShape(x!.shape);
    room.call.reluGradient(room.at(dy!), room.at(x!), room.at(out), count);
    return out;
  });
  // It is linear in dy; in x it is flat wherever it has a slope.
  tf.registerGradient({
    kernelName: name,
    inputsToSave: ['x'],
    gradFunc: (dy, [x]) => ({ dy: () => reluGradient(one(dy), x!), x: () => tf.zerosLike(x!) }),
  });
  replaceGradient('Relu', plain => (dy, saved, attributes) => {
    const [x] = saved;
    const ours = tf.getBackend() === 'wasm' && [x, dy].every(given => one(given!).dtype === 'float32');
    return ours ? { x: () => reluGradient(one(dy), x!) } : plain(dy, saved, attributes);
  });
}

const reluGradient = (dy: tf.Tensor, x: tf.Tensor): tf.Tensor => tf.engine().runKernel(name, { dy, x });

function one(tensors: tf.Tensor | tf.Tensor[]): tf.Tensor {
  if (Array.isArray(tensors)) throw new TypeError('Expected one gradient.');
  return tensors;
}
