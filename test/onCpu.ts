import * as tf from '@tensorflow/tfjs';
import { ensureBackend } from '../src/engines/backend';

/** Run the tests of the suite that calls this on tf's cpu back end, then put back the one that the other tests expect. */
export function onCpu(): void {
  let usual: string;
  before(async () => {
    usual = await ensureBackend();
    await tf.setBackend('cpu');
  });
  after(() => tf.setBackend(usual));
}
