import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { findNative } from '../../src/engines/native/findNative';

const root = path.resolve(__dirname, '../..');

/** The first back end that works: with an engine that `npm run engine` has installed it is the native one. */
const first = (['cpu', 'gpu'] as const).some(kind => typeof findNative(kind) !== 'string')
  ? 'tensorflow'
  : 'wasm';

/** Run a program of its own: the back end is chosen once for a process. */
function run(code: string, env: Record<string, string> = {}): { stdout: string; stderr: string } {
  const source = `
    const tf = require('@tensorflow/tfjs');
    ${code.includes('early') ? '' : "const { ensureBackend } = require('./src/engines/backend');"}
    (async () => { ${code} })().catch(error => console.log('failed: ' + error.message));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--require', 'tsx/cjs', '--eval', source], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, KERAS_PRIMER_BACKEND: '', ...env },
  });
  // TensorFlow 2.21 tells of its processor and that there is no GPU, whatever the log level.
  const own = stderr.replaceAll(/^(WARNING: All log messages before absl|I0000 ).*$/gm, '');
  return { stdout: stdout.trim(), stderr: own.trim() };
}

describe('ensureBackend', () => {
  it('chooses the first that works, without a word', () => {
    assert.deepEqual(run('console.log(await ensureBackend(), tf.getBackend(), await ensureBackend());'), {
      stdout: `${first} ${first} ${first}`,
      stderr: '',
    });
  });

  it('leaves ops possible before, while and after it gets ready, on the same tensors', () => {
    const code = `
      const a = tf.tensor1d([1, 2]);
      const before = tf.getBackend();
      const ready = ensureBackend();
      const b = a.add(1);
      const seen = [before, tf.getBackend()];
      await Promise.resolve();
      const c = b.mul(a);
      await ready;
      console.log(...seen, tf.getBackend(), [...c.add(b).dataSync()].join(), [...a.dataSync()].join());`;
    assert.deepEqual(run(code), {
      stdout: `cpu cpu ${first} 4,9 1,2`,
      stderr: '',
    });
  });

  it('obeys KERAS_PRIMER_BACKEND', () => {
    const code = 'console.log(await ensureBackend());';
    assert.equal(run(code, { KERAS_PRIMER_BACKEND: 'cpu' }).stdout, 'cpu');
    assert.equal(
      run(code, { KERAS_PRIMER_BACKEND: 'wsam' }).stdout,
      'failed: Expected KERAS_PRIMER_BACKEND to be one of gpu, native, wasm, cpu, received "wsam". Did you mean "wasm"?',
    );
  });

  it("keeps tf's choice where the program made one, before or after", () => {
    const before = `
      // early: tf's own use of wasm, then ours
      require('@tensorflow/tfjs-backend-wasm');
      await tf.setBackend('wasm');
      const { ensureBackend } = require('./src/engines/backend');
      console.log(await ensureBackend());`;
    assert.equal(run(before).stdout, 'wasm');
    const after = "await ensureBackend(); await tf.setBackend('cpu'); console.log(await ensureBackend());";
    assert.equal(run(after).stdout, 'cpu');
  });

  it('leaves the handlers of the process as they were', () => {
    const code = `
      const mine = () => {};
      process.on('uncaughtException', mine);
      await ensureBackend();
      console.log(process.listeners('uncaughtException').map(l => l === mine).join(),
        process.listeners('unhandledRejection').length);`;
    assert.equal(run(code).stdout, 'true 0');
  });
});
