import util from 'node:util';
import * as tf from '@tensorflow/tfjs';

let mended = false;

/**
 * Make tfjs-node 4.22 compute rightly on the Node and the TensorFlow library of today. Call it before its first op; calling it again
 * does nothing.
 *
 * - Its ops call `util.isNullOrUndefined`, which Node 22 warns of and Node 23 removed.
 * - TensorFlow 2.19 and later give zeros for `round` of int32, which is the number itself.
 */
export function mendNative(): void {
  if (mended) return;
  const known: { isNullOrUndefined?: (value: unknown) => boolean } = util;
  known.isNullOrUndefined = value => value === null || value === undefined;

  const round = tf.getKernel('Round', 'tensorflow');
  const identity = tf.getKernel('Identity', 'tensorflow');
  if (!round || !identity) return;
  tf.unregisterKernel('Round', 'tensorflow');
  tf.registerKernel({
    ...round,
    kernelFunc: call => {
      const { x } = call.inputs;
      const { kernelFunc } = x && x.dtype === 'int32' ? identity : round;
      return kernelFunc(call);
    },
  });
  mended = true;
}
