// The five workloads of docs/engines.md on every engine and back end that is here, each in a process of its own:
// node scripts/engine/speed.mjs [compiled|gpu|native|wasm|cpu …]. Random data of the shapes of the chapter; times are the best of three.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const load = createRequire(path.join(root, 'package.json'));

/** Steps that a slow back end needs to be measured; the others take an epoch. */
const works = [
  { name: 'dense, batch 1 (13-64-64-1)', unit: 'ms a step', steps: 300, batch: 1, few: 100 },
  { name: 'dense, sparse text (10000-16-16-1), batch 512', unit: 'ms a step', steps: 10, batch: 512, few: 2 },
  { name: 'dense, 46 classes (10000-64-64-46), batch 512', unit: 'ms a step', steps: 10, batch: 512, few: 2 },
  { name: 'CNN 28×28, 32 and 64 filters, batch 128', unit: 'ms a step', steps: 5, batch: 128, few: 0 },
  { name: 'LSTM(32), 80 words, batch 128', unit: 'ms a step', steps: 5, batch: 128, few: 1 },
];

const [first = '', ...rest] = process.argv.slice(2);
if (first === '--one') await measure(rest[0] ?? '', Number(rest[1]));
else compare(first === '' ? ['compiled', 'gpu', 'native', 'wasm', 'cpu'] : [first, ...rest]);

/** @param {string[]} names */
function compare(names) {
  for (const [index, { name, unit }] of works.entries()) {
    console.log(`${name}, ${unit}`);
    for (const engine of names) {
      const { stdout, stderr, status } = spawnSync(
        process.execPath,
        [fileURLToPath(import.meta.url), '--one', engine, String(index)],
        {
          cwd: root,
          encoding: 'utf8',
          env: { ...process.env, KERAS_PRIMER_BACKEND: engine === 'compiled' ? 'cpu' : engine },
        },
      );
      const reason = /^Error: (.*)$/m.exec(stderr)?.[1] ?? 'failed';
      console.log(`  ${engine.padEnd(9)} ${status === 0 ? stdout.trim() : `– (${reason})`}`);
    }
  }
}

/** @param {string} engine @param {number} index */
async function measure(engine, index) {
  const work = works[index];
  if (!work) throw new Error(`There is no work ${index}.`);
  const steps = engine === 'cpu' ? work.few : work.steps;
  if (steps === 0) {
    console.log('not measured: more than a minute a step');
    return;
  }
  /** @type {typeof import('@tensorflow/tfjs')} */
  const tf = load('@tensorflow/tfjs');
  /** @type {typeof import('../../src/index.ts')} */
  const primer = load('./dist/index.js');
  primer.setRandomSeed(1);
  await primer.ensureBackend();
  const { model, x, y } = made(tf, primer, index, steps * work.batch);
  const once = async () => {
    const start = performance.now();
    await primer.fit(model, x, y, {
      batchSize: work.batch,
      verbose: 0,
      seed: 1,
      engine: engine === 'compiled' ? 'compiled' : 'tfjs',
    });
    return (performance.now() - start) / steps;
  };
  let best = await once();
  for (let i = 0; i < (engine === 'cpu' ? 1 : 3); i++) best = Math.min(best, await once());
  console.log(best.toPrecision(2));
}

/**
 * @param {typeof import('@tensorflow/tfjs')} tf
 * @param {typeof import('../../src/index.ts')} primer
 * @param {number} index
 * @param {number} rows
 */
function made(tf, primer, index, rows) {
  const random = new primer.RandomState(1);
  const { layers } = tf;
  /** @param {number[]} units @param {number} inputs @param {'sigmoid' | 'softmax' | 'linear'} end */
  const dense = (units, inputs, end) =>
    tf.sequential({
      layers: units.map((width, i) =>
        layers.dense({
          units: width,
          activation: i === units.length - 1 ? end : 'relu',
          ...(i === 0 ? { inputShape: [inputs] } : {}),
        }),
      ),
    });
  /** @param {number} below @param {number} length */
  const ids = (below, length) => Array.from({ length }, () => random.randint(0, below));
  const texts = () =>
    primer.vectorizeSequences(
      Array.from({ length: rows }, () => ids(10000, 120)),
      { dimension: 10000 },
    );
  const rmsprop = tf.train.rmsprop(0.001);
  if (index === 0) {
    const model = dense([64, 64, 1], 13, 'linear');
    model.compile({ optimizer: rmsprop, loss: 'meanSquaredError', metrics: ['mae'] });
    return { model, x: random.randn(rows, 13), y: [...random.randn(rows)] };
  }
  if (index === 1) {
    const model = dense([16, 16, 1], 10000, 'sigmoid');
    model.compile({ optimizer: rmsprop, loss: 'binaryCrossentropy', metrics: ['accuracy'] });
    return { model, x: texts(), y: ids(2, rows) };
  }
  if (index === 2) {
    const model = dense([64, 64, 46], 10000, 'softmax');
    model.compile({ optimizer: rmsprop, loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] });
    return { model, x: texts(), y: ids(46, rows) };
  }
  if (index === 3) {
    const model = tf.sequential({
      layers: [
        layers.conv2d({ filters: 32, kernelSize: 3, activation: 'relu', inputShape: [28, 28, 1] }),
        layers.maxPooling2d({ poolSize: 2 }),
        layers.conv2d({ filters: 64, kernelSize: 3, activation: 'relu' }),
        layers.maxPooling2d({ poolSize: 2 }),
        layers.flatten(),
        layers.dense({ units: 10, activation: 'softmax' }),
      ],
    });
    model.compile({ optimizer: rmsprop, loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] });
    const x = tf.tensor4d(Float32Array.from(random.randn(rows * 784)), [rows, 28, 28, 1]);
    return { model, x, y: ids(10, rows) };
  }
  const model = tf.sequential({
    layers: [
      layers.embedding({ inputDim: 10000, outputDim: 32, inputLength: 80 }),
      layers.lstm({ units: 32 }),
      layers.dense({ units: 1, activation: 'sigmoid' }),
    ],
  });
  model.compile({ optimizer: rmsprop, loss: 'binaryCrossentropy', metrics: ['accuracy'] });
  return { model, x: Array.from({ length: rows }, () => ids(10000, 80)), y: ids(2, rows) };
}
