import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { findNative } from '../../../src/engines/native/findNative';
import { hasNvidiaDriver } from '../../../src/engines/native/hasNvidiaDriver';
import type { Report } from './program';

const root = path.resolve(__dirname, '../../..');

function run(engine: 'compiled' | 'tfjs', backend: string): Report {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--require', 'tsx/cjs', path.join(__dirname, 'program.ts'), engine],
    {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 1 << 26,
      env: { ...process.env, KERAS_PRIMER_BACKEND: backend },
    },
  );
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

const native = (['cpu', 'gpu'] as const).map(kind => findNative(kind));
const installed = native.find(install => typeof install !== 'string');
const others: readonly { engine: 'compiled' | 'tfjs'; backend: string; reason?: string }[] = [
  { engine: 'compiled', backend: 'cpu' },
  { engine: 'tfjs', backend: 'wasm' },
  { engine: 'tfjs', backend: 'native', ...(installed ? {} : { reason: 'no native engine is installed' }) },
  {
    engine: 'tfjs',
    backend: 'gpu',
    ...(typeof native[1] === 'object' && hasNvidiaDriver()
      ? {}
      : { reason: 'no GPU with its engine is here' }),
  },
];

/** Losses and accuracies, and weights after twelve steps: the sums differ in their order only. */
const tolerance = 2e-3;

describe('the model suite', () => {
  let expected: Report;
  before(function () {
    this.timeout(180_000);
    expected = run('tfjs', 'cpu');
    assert.equal(expected.outcomes.length, 10);
  });

  it('trains, evaluates, predicts, saves and loads on cpu', () => {
    assert.equal(expected.backend, 'cpu');
    for (const { name, values } of expected.outcomes) {
      assert(Object.values(values).flat().every(Number.isFinite), name);
      assert.deepEqual(values.loaded, values.predictions, name);
      assert(values.loss!.at(-1)! < values.loss![0]!, `${name}: the loss does not fall`);
    }
  });

  for (const { engine, backend, reason } of others) {
    if (reason) {
      it(`not run on ${backend}: ${reason}`, () => {});
      continue;
    }
    it(`gives on ${engine === 'compiled' ? 'the compiled engine' : backend} what it gives on cpu`, function () {
      this.timeout(180_000);
      const report = run(engine, backend);
      const name = { native: 'tensorflow', gpu: 'tensorflow' }[backend] ?? backend;
      assert.equal(report.backend, name);
      if (engine === 'tfjs') assert.equal(report.outcomes.length, expected.outcomes.length);
      else
        assert.deepEqual(
          report.outcomes.map(outcome => outcome.engine),
          ['compiled', 'compiled'],
        );
      const far: string[] = [];
      for (const outcome of report.outcomes) {
        const wanted = expected.outcomes.find(other => other.name === outcome.name)!.values;
        assert.deepEqual(Object.keys(outcome.values), Object.keys(wanted));
        for (const [key, list] of Object.entries(outcome.values)) {
          assert.equal(list.length, wanted[key]!.length);
          const worst = Math.max(
            ...list.map((value, i) => {
              const goal = wanted[key]![i]!;
              return Math.abs(value - goal) / Math.max(1, Math.abs(goal));
            }),
          );
          if (!(worst <= tolerance)) far.push(`${outcome.name}: ${key} is off by ${worst.toPrecision(2)}`);
        }
      }
      assert.deepEqual(far, []);
    });
  }
});
