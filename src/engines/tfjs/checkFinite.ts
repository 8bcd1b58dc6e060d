import * as tf from '@tensorflow/tfjs';
import { SparseMatrix } from '../../matrix/SparseMatrix';
import { sampleSize, type Samples } from '../Samples';

/**
 * Refuse NaN and infinite input on the WebAssembly back end: its relu makes 0 of NaN, so the loss would be a plausible number that is wrong.
 *
 * @throws RangeError naming the first such value.
 */
export function checkFinite(x: readonly Samples[]): void {
  if (tf.getBackend() !== 'wasm') return;
  for (const samples of x) {
    if (samples instanceof SparseMatrix) continue;
    const values = 'values' in samples ? samples.values : samples.dataSync();
    const at = values.findIndex(value => !Number.isFinite(value));
    if (at < 0) continue;
    throw new RangeError(
      `Expected x to hold finite numbers, received ${values[at]} in sample ${Math.floor(at / sampleSize(samples))}. ` +
        "Replace it or drop the sample: TensorFlow.js' wasm back end would count it as 0 without a word.",
    );
  }
}
