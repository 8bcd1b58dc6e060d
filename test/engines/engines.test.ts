import assert from 'node:assert/strict';
import { engines } from '../../src/engines/engines';
import { ensureBackend } from '../../src/engines/backend';
import { examplesOf, runExample } from '../runExamples';
import { runAlone } from './native/runAlone';

describe('engines', () => {
  it('lists engines and back ends, the preferred first, with one back end in use', async () => {
    await ensureBackend();
    const rows = engines();
    assert.deepEqual(
      rows.map(({ name, kind }) => `${kind} ${name}`),
      ['engine compiled', 'engine tfjs', 'back end gpu', 'back end native', 'back end wasm', 'back end cpu'],
    );
    assert.deepEqual(
      rows.filter(({ state }) => state === 'in use').map(({ name }) => name),
      ['wasm'],
    );
    for (const { state, version, device, note } of rows) {
      assert.equal(version === '', state === 'missing');
      assert.equal(device === '', state === 'missing');
      assert.notEqual(note, '');
    }
  });

  it('loads nothing', () => {
    const code = `
      load('engines/engines').engines();
      console.log(tf.engine().backendName, Object.keys(require.cache).some(name => /tfjs-node.dist|backend-wasm/.test(name)));`;
    assert.equal(runAlone(code).stdout, 'undefined false');
  });

  it('has examples that hold', async () => {
    for (const code of examplesOf('engines/engines.ts')) await runExample(code, { engines });
  });
});
