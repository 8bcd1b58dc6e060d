import assert from 'node:assert/strict';
import { findNative } from '../../../src/engines/native/findNative';
import { runAlone } from './runAlone';

describe('mendNative', () => {
  it('gives back util.isNullOrUndefined, without a warning, and replaces round of int32 only, once', () => {
    const code = `
      const util = require('node:util');
      delete util.isNullOrUndefined;
      const calls = [];
      for (const kernelName of ['Round', 'Identity']) {
        tf.registerKernel({ kernelName, backendName: 'tensorflow', kernelFunc: () => (calls.push(kernelName), []) });
      }
      const { mendNative } = load('engines/native/mendNative');
      mendNative();
      mendNative();
      const round = tf.getKernel('Round', 'tensorflow').kernelFunc;
      round({ inputs: { x: { dtype: 'int32' } } });
      round({ inputs: { x: { dtype: 'float32' } } });
      console.log(calls.join(), [null, undefined, 0, ''].map(util.isNullOrUndefined).join());`;
    assert.deepEqual(runAlone(code), { stdout: 'Identity,Round true,true,false,false', stderr: '' });
  });

  const installed = (['cpu', 'gpu'] as const).some(kind => typeof findNative(kind) !== 'string');
  if (!installed) it('not run on a real library: no native engine is installed', () => {});
  else {
    it('lets the installed library round', function () {
      this.timeout(60_000);
      const code = `
        const { ensureBackend } = load('engines/backend');
        await ensureBackend();
        const whole = tf.round(tf.tensor1d([-3, 0, 7], 'int32'));
        const half = tf.round(tf.tensor1d([0.5, 1.5, -2.6]));
        const { values } = tf.topk(tf.tensor1d([3, 1, 2]), 2);
        console.log(tf.getBackend(), whole.dtype, [...whole.dataSync()].join(), half.dtype, [...half.dataSync()].join(),
          [...values.dataSync()].join());`;
      const { stdout } = runAlone(code, { env: { KERAS_PRIMER_BACKEND: 'native' } });
      assert.equal(stdout, 'tensorflow int32 -3,0,7 float32 0,2,-3 3,2');
    });
  }
});
