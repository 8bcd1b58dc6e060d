import * as tf from '@tensorflow/tfjs';
import { computeOnCpu } from './onCpu';
import type { Room } from './Room';
import { register } from './register';

/**
 * Register tanh, of which the back end's own takes 50 ns a number, and what limits and compares numbers, which loses NaN there: a loss would look sound
 * when the weights no longer are.
 */
export function registerElementwise(): void {
  register<object>('Tanh', (room, { x }, _, original) => {
    if (x!.dtype !== 'float32') return original();
    const out = room.output(x!.shape);
    room.call.tanh(room.at(x!), room.at(out), tf.util.sizeFromShape(x!.shape));
    return out;
  });

  register<{ readonly clipValueMin: number; readonly clipValueMax: number }>(
    'ClipByValue',
    (room, { x }, attributes) => {
      // Other types it leaves as they are.
      if (x!.dtype !== 'float32') return computeOnCpu('ClipByValue', room.backend, { x: x! }, attributes);
      return clip(room, x!, attributes.clipValueMin, attributes.clipValueMax);
    },
  );

  register<object>('Relu6', (room, { x }, attributes) =>
    x!.dtype === 'float32'
      ? clip(room, x!, 0, 6)
      : computeOnCpu('Relu6', room.backend, { x: x! }, attributes),
  );

  for (const name of ['Maximum', 'Minimum']) {
    register<object>(name, (room, inputs, attributes, original) => {
      const a = inputs.a!;
      const b = inputs.b!;
      if (a.dtype !== 'float32' || b.dtype !== 'float32') return original();
      const [aSize, bSize] = [a, b].map(({ shape }) => tf.util.sizeFromShape(shape));
      const outShape = tf.broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape);
      const count = tf.util.sizeFromShape(outShape);
      if (![aSize, bSize].every(size => size === 1 || size === count)) {
        return computeOnCpu(name, room.backend, { a, b }, attributes);
      }
      const out = room.output(outShape);
      room.call.extreme(
        ...([room.at(a), aSize === 1 ? 0 : 4, room.at(b), bSize === 1 ? 0 : 4] as const),
        ...([room.at(out), count, Number(name === 'Minimum')] as const),
      );
      return out;
    });
  }
}

function clip(room: Room, x: tf.TensorInfo, least: number, most: number): tf.TensorInfo {
  const out = room.output(x.shape);
  room.call.clip(room.at(x), room.at(out), tf.util.sizeFromShape(x.shape), least, most);
  return out;
}
