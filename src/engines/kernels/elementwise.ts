import * as tf from '@tensorflow/tfjs';
import { register } from './register';

/** Register tanh, of which the back end's own takes 50 ns a number. */
export function registerElementwise(): void {
  register<object>('Tanh', (room, { x }, _, original) => {
    if (x!.dtype !== 'float32') return original();
    const out = room.output(x!.shape);
    room.call.tanh(room.at(x!), room.at(out), tf.util.sizeFromShape(x!.shape));
    return out;
  });
}
