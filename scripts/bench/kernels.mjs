// Convolution and recurrence in plain Node: ms an epoch of 1,280 rows in batches of 128, on tf's wasm back end with the kernels of
// src/engines/kernels. `node scripts/bench/kernels.mjs`, after a build; `-- --keras` beside Python Keras on JAX and TensorFlow, with the venv
// that `npm run bench -- --keras` makes; `-- --profile cnn` says which kernels take the time of one step.

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg } from 'node:os';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
const require = createRequire(import.meta.url);
/** @type {typeof import('@tensorflow/tfjs')} */
const tf = require('@tensorflow/tfjs');

const rows = 1280;
const batchSize = 128;
const steps = 80;
const words = 10000;
const epochs = 8;

/** Names, and the most ms an epoch wanted. */
export const kernelWorks = {
  cnn: { name: 'CNN 28×28, 32 and 64 filters 3×3', most: 1300 },
  lstm: { name: 'Embedding(10000, 32), LSTM(32), 80 steps', most: 450 },
  gru: { name: 'Embedding(10000, 32), GRU(32), 80 steps', most: 450 },
  simpleRNN: { name: 'Embedding(10000, 32), SimpleRNN(32), 80 steps', most: 250 },
};

const works = /** @type {const} */ (['cnn', 'lstm', 'gru', 'simpleRNN']);

/** @typedef {(typeof works)[number]} KernelWork */

function cnn() {
  const { conv2d, maxPooling2d, flatten, dense } = tf.layers;
  const model = tf.sequential({
    layers: [
      conv2d({ inputShape: [28, 28, 1], filters: 32, kernelSize: 3, activation: 'relu' }),
      maxPooling2d({ poolSize: 2 }),
      conv2d({ filters: 64, kernelSize: 3, activation: 'relu' }),
      maxPooling2d({ poolSize: 2 }),
      flatten(),
      dense({ units: 64, activation: 'relu' }),
      dense({ units: 10, activation: 'softmax' }),
    ],
  });
  model.compile({ optimizer: 'rmsprop', loss: 'sparseCategoricalCrossentropy' });
  return model;
}

/** @param {'lstm' | 'gru' | 'simpleRNN'} kind */
function recurrent(kind) {
  const model = tf.sequential({
    layers: [
      tf.layers.embedding({ inputDim: words, outputDim: 32, inputLength: steps }),
      tf.layers[kind]({ units: 32 }),
      tf.layers.dense({ units: 1, activation: 'sigmoid' }),
    ],
  });
  model.compile({ optimizer: 'rmsprop', loss: 'binaryCrossentropy' });
  return model;
}

/** @param {KernelWork} work */
function data(work) {
  if (work === 'cnn') {
    const y = Array.from({ length: rows }, (_, i) => i % 10);
    return { x: tf.randomNormal([rows, 28, 28, 1], 0, 1, 'float32', 1), y };
  }
  const x = Array.from({ length: rows }, (_, i) =>
    Array.from({ length: steps }, (__, j) => (i * 7919 + j * 104_729) % words),
  );
  return { x, y: x.map((_, i) => i % 2) };
}

/** Median ms an epoch after the first. @param {KernelWork} work */
export async function measureKernels(work) {
  const { fit, setRandomSeed } = require(path.join(root, 'dist', 'index.js'));
  setRandomSeed(1);
  const model = work === 'cnn' ? cnn() : recurrent(work);
  const { x, y } = data(work);
  /** @type {number[]} */
  const times = [];
  let since = performance.now();
  const history = await fit(model, x, y, {
    ...{ batchSize, epochs, verbose: 0, seed: 1, engine: 'tfjs' },
    callbacks: [
      {
        onEpochEnd: () => {
          times.push(performance.now() - since);
          since = performance.now();
        },
      },
    ],
  });
  if (history.backend !== 'wasm')
    throw new Error(`Expected tf's back end to be wasm, it is ${history.backend}.`);
  const later = times.slice(1).toSorted((a, b) => a - b);
  return {
    median: later[Math.floor(later.length / 2)] ?? NaN,
    best: later[0] ?? NaN,
    first: times[0] ?? NaN,
  };
}

/** Print what one step spends its time on. @param {KernelWork} work */
async function profile(work) {
  const { ensureBackend } = require(path.join(root, 'dist', 'index.js'));
  await ensureBackend();
  const model = work === 'cnn' ? cnn() : recurrent(work);
  const { x, y } = data(work);
  const inputs = Array.isArray(x) ? tf.tensor2d(x) : x;
  const [part, target] = [inputs.slice(0, batchSize), tf.tensor2d(y.slice(0, batchSize), [batchSize, 1])];
  for (let i = 0; i < 5; i++) await model.trainOnBatch(part, target);
  const { kernels } = await tf.profile(async () => {
    await model.trainOnBatch(part, target);
    return tf.scalar(0);
  });
  /** @type {Map<string, { ms: number, calls: number }>} */
  const totals = new Map();
  for (const { name, kernelTimeMs } of kernels) {
    const ms = Number(await kernelTimeMs);
    const total = totals.get(name) ?? { ms: 0, calls: 0 };
    totals.set(name, { ms: total.ms + ms, calls: total.calls + 1 });
  }
  for (const [name, { ms, calls }] of [...totals].toSorted((a, b) => b[1].ms - a[1].ms).slice(0, 15)) {
    console.log(`${name.padEnd(28)} ${ms.toFixed(2).padStart(8)} ms ${String(calls).padStart(4)} calls`);
  }
}

/** Median ms an epoch in Python. @param {'jax' | 'tensorflow'} backend @returns {Record<string, number>} */
function inPython(backend) {
  const folder = process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python'];
  const python = path.join(root, '.cache', 'bench', 'venv', ...folder);
  if (!existsSync(python)) throw new Error('Expected the venv of npm run bench -- --keras. Run that first.');
  const { status, stdout, stderr } = spawnSync(python, [path.join(root, 'scripts', 'bench', 'kernels.py')], {
    encoding: 'utf8',
    env: { ...process.env, KERAS_BACKEND: backend, TF_CPP_MIN_LOG_LEVEL: '3' },
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}');
}

async function main() {
  const { values } = parseArgs({ options: { keras: { type: 'boolean' }, profile: { type: 'string' } } });
  if (values.profile) {
    const work = works.find(name => name === values.profile);
    if (work === undefined)
      throw new Error(`Expected one of ${works.join(', ')}, received ${values.profile}.`);
    await profile(work);
    return 0;
  }
  const peers = values.keras
    ? [
        { name: 'Keras JAX', times: inPython('jax') },
        { name: 'Keras TF', times: inPython('tensorflow') },
      ]
    : [];
  console.log(
    `${cpus()[0]?.model}, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}. Median ms an epoch after the first.\n`,
  );
  let missed = 0;
  for (const work of works) {
    const { name, most } = kernelWorks[work];
    const { median, best, first } = await measureKernels(work);
    const met = median <= most;
    if (!met) missed++;
    const others = peers.map(peer => `  ${peer.name} ${(peer.times[work] ?? NaN).toFixed(0)}`).join('');
    console.log(
      `${name.padEnd(48)} ${median.toFixed(0).padStart(5)} (best ${best.toFixed(0)}, first ${first.toFixed(0)})  at most ${most}: ` +
        `${met ? 'met' : 'UNMET'}${others}`,
    );
  }
  return missed === 0 ? 0 : 1;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = await main();
}
