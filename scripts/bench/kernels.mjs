// Convolution and recurrence on one of tf's back ends, in a process of its own: `node scripts/bench/kernels.mjs wasm|native` prints JSON lines, after a
// build. `node scripts/bench/kernels.mjs --profile cnn` says which kernels take the time of one step on wasm.

import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { kernelWorks } from './kernelWorks.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const require = createRequire(import.meta.url);
/** @type {typeof import('@tensorflow/tfjs')} */
const tf = require('@tensorflow/tfjs');
/** @type {typeof import('../../src/index.ts')} */
const { ensureBackend, fit, setRandomSeed } = require(path.join(root, 'dist', 'index.js'));

/** @typedef {import('./kernelWorks.mjs').KernelWork} KernelWork */

// bench/kernels.py has the same.
const rows = 1280;
const batchSize = 128;
const steps = 80;
const words = 10000;

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
      // Keras' default; that of TensorFlow.js is hardSigmoid.
      tf.layers[kind]({ units: 32, ...(kind === 'simpleRNN' ? {} : { recurrentActivation: 'sigmoid' }) }),
      tf.layers.dense({ units: 1, activation: 'sigmoid' }),
    ],
  });
  model.compile({ optimizer: 'rmsprop', loss: 'binaryCrossentropy' });
  return model;
}

/** Numbers that depend on their place only, so that Python has the same. @param {KernelWork} work */
function data(work) {
  if (work === 'cnn') {
    const pixels = Float32Array.from(
      { length: rows * 28 * 28 },
      (_, i) => (Math.imul(i, 2_654_435_761) >>> 0) / 2 ** 31 - 1,
    );
    return {
      x: tf.tensor4d(pixels, [rows, 28, 28, 1]),
      y: Array.from({ length: rows }, (_, i) => i % 10),
    };
  }
  const x = Array.from({ length: rows }, (_, i) =>
    Array.from({ length: steps }, (__, j) => (i * 7919 + j * 104_729) % words),
  );
  return { x, y: x.map((_, i) => i % 2) };
}

/** @param {number[]} times */
const median = times => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? NaN;

/**
 * Median seconds an epoch after the first; `alone` in every other epoch, without helper threads.
 * @param {KernelWork} work
 * @param {number} epochs
 * @param {boolean} [alternate]
 */
async function measure(work, epochs, alternate = false) {
  setRandomSeed(1);
  const model = work === 'cnn' ? cnn() : recurrent(work);
  const { x, y } = data(work);
  /** @type {number[][]} */
  const times = [[], []];
  let since = performance.now();
  const workers = process.env.KERAS_PRIMER_WORKERS ?? '';
  const onEpochBegin = (/** @type {number} */ epoch) => {
    if (alternate) process.env.KERAS_PRIMER_WORKERS = epoch % 2 ? '1' : workers;
    since = performance.now();
  };
  const onEpochEnd = (/** @type {number} */ epoch) =>
    void times[alternate ? epoch % 2 : 0]?.push((performance.now() - since) / 1000);
  await fit(model, x, y, {
    ...{ batchSize, epochs, verbose: 0, seed: 1, engine: 'tfjs' },
    callbacks: [{ onEpochBegin, onEpochEnd }],
  });
  process.env.KERAS_PRIMER_WORKERS = workers;
  const [[, ...later] = [], alone = []] = times;
  return { seconds: median(later), ...(alternate && { alone: median(alone) }) };
}

/** Print what one step spends its time on. @param {KernelWork} work */
async function profile(work) {
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

const { values, positionals } = parseArgs({
  options: { profile: { type: 'string' } },
  allowPositionals: true,
});
const [backend = 'wasm'] = positionals;
process.env.KERAS_PRIMER_BACKEND = backend;
await ensureBackend();
if (values.profile === undefined) {
  for (const work of kernelWorks) {
    // The native build takes seconds an epoch for what it computes step by step.
    const native = backend === 'native';
    const epochs = native ? (work.key === 'cnn' ? 8 : 3) : 16;
    console.log(JSON.stringify({ work: work.key, ...(await measure(work.key, epochs, !native)) }));
  }
} else {
  const work = kernelWorks.find(({ key }) => key === values.profile);
  if (work === undefined) {
    const keys = kernelWorks.map(({ key }) => key).join(', ');
    throw new Error(`Expected one of ${keys}, received ${values.profile}.`);
  }
  await profile(work.key);
}
