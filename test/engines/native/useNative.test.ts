import assert from 'node:assert/strict';
import { findNative } from '../../../src/engines/native/findNative';
import { FakeInstall } from './fakeInstall';
import { runAlone } from './runAlone';

const engineThere = (['cpu', 'gpu'] as const).some(kind => typeof findNative(kind) !== 'string');
const choose = `
  const { ensureBackend } = load('engines/backend');
  const before = tf.tensor1d([1, 2]);
  console.log(await ensureBackend(), [...before.add(1).dataSync()].join());
  console.log(load('engines/engines').engines().find(({ name }) => name === 'native').note);`;

describe('useNative', () => {
  if (engineThere) {
    it('not run with broken packages: an engine is installed, which goes first', () => {});
    return;
  }

  it('goes on to wasm where nothing is installed', () => {
    const { stdout } = runAlone(choose);
    assert.equal(stdout, 'wasm 2,3\n@tensorflow/tfjs-node is not installed: npm run engine -- install cpu');
    const named = runAlone(choose, { env: { KERAS_PRIMER_BACKEND: 'native' } });
    assert.equal(
      named.stdout,
      'failed: The back end "native" named by KERAS_PRIMER_BACKEND does not work here: @tensorflow/tfjs-node is not installed. Unset it, or run `npm run engine -- install cpu`.',
    );
    const gpu = runAlone(choose, { env: { KERAS_PRIMER_BACKEND: 'gpu' } });
    assert.equal(
      gpu.stdout,
      'failed: The back end "gpu" named by KERAS_PRIMER_BACKEND does not work here: @tensorflow/tfjs-node-gpu is not installed. Unset it, or run `npm run engine -- install gpu`.',
    );
  });

  it('goes on to wasm where the library cannot be loaded, and tells why', () => {
    // The way tfjs-node itself loads its library.
    const main = "require('./lib/napi-v8/tfjs_binding.node');";
    const fake = new FakeInstall({ main });
    try {
      const { stdout } = runAlone(choose, { cwd: fake.project });
      assert.match(stdout, /^wasm 2,3\nits native library cannot be loaded \(.*tfjs_binding\.node.*\)$/);
    } finally {
      fake.remove();
    }
  });

  it('goes on to wasm where the package fails after it has registered a back end', () => {
    const main = `
      const tf = require('@tensorflow/tfjs');
      tf.registerBackend('tensorflow', () => new tf.KernelBackend(), 3);
      tf.setBackend('tensorflow');
      throw new Error('half way');`;
    const fake = new FakeInstall({ main });
    try {
      const { stdout } = runAlone(choose, { cwd: fake.project });
      assert.equal(stdout, 'wasm 2,3\nits native library cannot be loaded (half way)');
    } finally {
      fake.remove();
    }
  });
});
