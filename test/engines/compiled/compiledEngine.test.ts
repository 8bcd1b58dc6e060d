import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { giveBack, takeMemory } from '../../../src/engines/compiled/memories';
import { workerCount } from '../../../src/engines/compiled/pool';
import { explainEngine } from '../../../src/engines/explainEngine';
import { interrupt } from '../../../src/progress/interrupt';
import { setProgressPort } from '../../../src/progress/progressPort';
import { evaluate } from '../../../src/training/evaluate';
import { fit } from '../../../src/training/fit';
import type { FitOptions } from '../../../src/training/FitOptions';
import type { History } from '../../../src/training/History';
import { predict } from '../../../src/training/predict';
import { RandomState } from '../../../src/random/RandomState';
import { toSparse } from './helpers';

const random = new RandomState(11);
const x = Array.from({ length: 60 }, () => Array.from({ length: 6 }, () => random.uniform(-1.7, 1.7)));
const y = x.map(row => row[0]! - row[1]! * row[2]! + 0.5);
const label = x.map(row => (row[0]! > row[1]! ? 2 : row[2]! > 0 ? 1 : 0));

const sgd = (): tf.Optimizer => tf.train.sgd(0.05);

type Dense = Parameters<typeof tf.layers.dense>[0];

function dense(
  units: number,
  activation: 'linear' | 'relu' | 'tanh' | 'softmax',
  seed: number,
  rest: Partial<Dense> = {},
): tf.layers.Layer {
  return tf.layers.dense({
    units,
    activation,
    kernelInitializer: tf.initializers.glorotUniform({ seed }),
    ...rest,
  });
}

function regression(optimizer: tf.Optimizer = tf.train.rmsprop(0.001), units = 16): tf.LayersModel {
  const model = tf.sequential({
    layers: [
      dense(units, 'relu', 1, { inputShape: [6], kernelRegularizer: tf.regularizers.l2({ l2: 0.01 }) }),
      dense(1, 'linear', 2),
    ],
  });
  model.compile({ optimizer, loss: 'meanSquaredError', metrics: ['mae'] });
  return model;
}

function classification(): tf.LayersModel {
  const model = tf.sequential({
    layers: [dense(16, 'tanh', 1, { inputShape: [6] }), dense(3, 'softmax', 2)],
  });
  model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] });
  return model;
}

const quiet = { verbose: 0, seed: 5 } as const;

function close(a: Record<string, number[]>, b: Record<string, number[]>, bound = 2e-5): void {
  assert.deepEqual(Object.keys(a).sort(), Object.keys(b).sort());
  for (const [key, values] of Object.entries(a)) {
    values.forEach((value, i) => {
      const other = b[key]![i]!;
      assert.ok(
        Math.abs(value - other) <= bound * Math.max(1, Math.abs(other)),
        `${key}[${i}]: ${value}, not ${other}`,
      );
    });
    assert.equal(values.length, b[key]!.length);
  }
}

async function both(
  make: () => tf.LayersModel,
  run: (model: tf.LayersModel, engine: 'compiled' | 'tfjs') => Promise<History>,
): Promise<void> {
  const [compiled, tfjs] = [make(), make()];
  const a = await run(compiled, 'compiled');
  assert.equal(a.engine, 'compiled');
  assert.equal(a.backend, 'wasm-simd');
  const b = await run(tfjs, 'tfjs');
  close(a.history, b.history);
  const [p, q] = [
    await predict(compiled, x, { verbose: 0 }),
    await predict(tfjs, x, { engine: 'tfjs', verbose: 0 }),
  ];
  assert.ok(Array.isArray(p) && Array.isArray(q));
  close({ p: p.flat() }, { p: q.flat() }, 2e-4);
}

describe('compiledEngine', function () {
  this.timeout(60_000);

  const cases: Record<string, FitOptions> = {
    'shuffled batches, the last one smaller': { epochs: 3, batchSize: 16 },
    'batches of one': { epochs: 3, batchSize: 1 },
    'one batch larger than the data': { epochs: 3, batchSize: 500 },
    'one batch larger than 32 bits can say': { epochs: 2, batchSize: 2 ** 32 + 1 },
    'not from the first epoch on': { initialEpoch: 2, epochs: 5, batchSize: 16 },
    'without shuffling': { epochs: 3, batchSize: 7, shuffle: false },
    'validation split': { epochs: 3, batchSize: 16, validationSplit: 0.25 },
    'sample weights': { epochs: 3, batchSize: 16, sampleWeight: x.map((_, i) => (i % 4) / 2) },
  };
  for (const [name, options] of Object.entries(cases)) {
    it(`gives the history and the model of TensorFlow.js: ${name}`, async () => {
      await both(regression, (model, engine) => fit(model, x, y, { ...quiet, ...options, engine }));
      await both(classification, (model, engine) => fit(model, x, label, { ...quiet, ...options, engine }));
    });
  }

  it('gives the history of TensorFlow.js: validation data with weights, class weights, sparse data', async () => {
    await both(classification, (model, engine) =>
      fit(model, x, label, {
        ...quiet,
        epochs: 3,
        batchSize: 16,
        classWeight: { 0: 1, 1: 2, 2: 0.5 },
        validationData: [x.slice(0, 20), label.slice(0, 20), label.slice(0, 20).map(v => v / 2)],
        engine,
      }),
    );
    const sparse = toSparse(
      x.map(row => row.map(v => (v > 0 ? 1 : 0))),
      6,
    );
    await both(classification, (model, engine) =>
      fit(model, sparse, label, { ...quiet, epochs: 3, batchSize: 9, engine }),
    );
  });

  it('gives the history of TensorFlow.js: validation data of another kind than the training data', async () => {
    const rows = x.map(row => row.map(value => Number(value > 0.5)));
    const sparse = toSparse(rows, 6);
    for (const [train, validation] of [
      [sparse, rows],
      [rows, sparse],
    ] as const) {
      await both(classification, (model, engine) =>
        fit(model, train, label, {
          ...quiet,
          epochs: 3,
          batchSize: 9,
          validationData: [validation, label],
          engine,
        }),
      );
    }
    const model = tf.sequential({
      layers: [
        tf.layers.dropout({ rate: 0.5, inputShape: [6] }),
        tf.layers.dense({ units: 3, activation: 'softmax' }),
      ],
    });
    model.compile({ optimizer: 'sgd', loss: 'sparseCategoricalCrossentropy' });
    await assert.rejects(
      fit(model, rows, label, { ...quiet, engine: 'compiled', validationData: [sparse, label] }),
      /but the data are sparse and the first layer is not a Dense layer/,
    );
  });

  it('recovers from NaN as TensorFlow.js when a callback sets the weights back', async () => {
    // Five units: one vector of four and a padded one.
    const make = (): tf.LayersModel => {
      const model = tf.sequential({
        layers: [dense(5, 'relu', 1, { inputShape: [6] }), dense(5, 'linear', 2), dense(1, 'linear', 3)],
      });
      model.compile({ optimizer: tf.train.sgd(1e20), loss: 'meanSquaredError' });
      return model;
    };
    await both(make, (model, engine) => {
      const first = model.getWeights().map(weight => weight.clone());
      return fit(model, x, y, {
        ...quiet,
        epochs: 3,
        batchSize: 16,
        engine,
        callbacks: {
          onEpochEnd(epoch, logs) {
            if (epoch > 0) return;
            assert.ok(!Number.isFinite(logs?.loss), `the first epoch ends with ${logs?.loss}`);
            // Infinite or NaN depending on the engine's rounding: not compared.
            Object.assign(logs!, { loss: 0 });
            model.setWeights(first);
            const { optimizer } = model;
            if (optimizer instanceof tf.SGDOptimizer) optimizer.setLearningRate(0.01);
          },
        },
      });
    });
  });

  for (const end of ['tanh', 'softmax'] as const) {
    it(`recovers from NaN that comes through the last layer too: ${end}`, async () => {
      const make = (): tf.LayersModel => {
        const model = tf.sequential({ layers: [dense(5, 'tanh', 1, { inputShape: [6] }), dense(3, end, 2)] });
        model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
        return model;
      };
      const targets = x.map(row => row.slice(0, 3));
      await both(make, (model, engine) => {
        const first = model.getWeights().map(weight => weight.clone());
        return fit(model, x, targets, {
          ...quiet,
          epochs: 3,
          batchSize: 16,
          engine,
          callbacks: {
            onEpochBegin(epoch) {
              if (epoch === 1) model.setWeights(first.map(weight => tf.fill(weight.shape, NaN)));
              if (epoch === 2) model.setWeights(first);
            },
            onEpochEnd(epoch, logs) {
              if (epoch !== 1) return;
              assert.ok(Number.isNaN(logs?.loss));
              // NaN is not equal to itself.
              Object.assign(logs!, { loss: 0 });
            },
          },
        });
      });
    });
  }

  it('takes tensors, and leaves them', async () => {
    const [xs, ys] = [tf.tensor2d(x), tf.tensor2d(y.map(v => [v]))];
    await both(regression, (model, engine) => fit(model, xs, ys, { ...quiet, epochs: 2, engine }));
    assert.deepEqual(await xs.array(), await tf.tensor2d(x).array());
    tf.dispose([xs, ys]);
  });

  for (const [name, make] of Object.entries({
    sgd,
    momentum: () => tf.train.momentum(0.01, 0.9),
    rmsprop: () => tf.train.rmsprop(0.001),
    adam: () => tf.train.adam(0.001),
  })) {
    it(`gives in two fits the bits of one: ${name}`, async () => {
      const options = { ...quiet, engine: 'compiled', shuffle: false, batchSize: 8 } as const;
      const [one, two] = [regression(make()), regression(make())];
      await fit(one, x, y, { ...options, epochs: 20 });
      await fit(two, x, y, { ...options, epochs: 8 });
      await fit(two, x, y, { ...options, epochs: 12 });
      const [once, twice] = [one, two].map(model => model.getWeights().map(weight => weight.arraySync()));
      assert.deepEqual(twice, once);
    });

    it(`goes on from the optimizer's state, whichever engine was before: ${name}`, async () => {
      const engines = ['compiled', 'tfjs'] as const;
      const histories: Record<string, number[]>[] = [];
      for (const first of engines) {
        for (const second of engines) {
          const model = regression(make());
          const options = { ...quiet, epochs: 3, batchSize: 8 };
          await fit(model, x, y, { ...options, engine: first });
          assert.equal(model.optimizer.iterations, 24);
          histories.push((await fit(model, x, y, { ...options, engine: second })).history);
          assert.equal(model.optimizer.iterations, 48);
        }
      }
      for (const history of histories.slice(1)) close(history, histories[0]!);
      const fresh = (await fit(regression(make()), x, y, { ...quiet, epochs: 3, batchSize: 8 })).history;
      assert.notDeepEqual(fresh, histories[0]);
    });
  }

  it('refuses an optimizer that has trained another model', async () => {
    const optimizer = tf.train.adam(0.001);
    await fit(regression(optimizer), x, y, { ...quiet, epochs: 1 });
    const other = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [6] })] });
    other.compile({ optimizer, loss: 'meanSquaredError' });
    await assert.rejects(
      fit(other, x, y, { ...quiet, epochs: 1 }),
      new Error(
        'Expected an optimizer that is new or has trained this model, received one that has trained a model of other shapes. ' +
          'Compile each model with an optimizer of its own.',
      ),
    );
  });

  it('trains only layers that were trainable when the model was compiled', async () => {
    const model = regression();
    model.layers[0]!.trainable = false;
    model.compile({ optimizer: 'rmsprop', loss: 'meanSquaredError' });
    const [kernel] = model.layers[0]!.getWeights();
    const before = await kernel!.array();
    const history = await fit(model, x, y, { ...quiet, epochs: 2 });
    assert.equal(history.engine, 'compiled');
    assert.deepEqual(await model.layers[0]!.getWeights()[0]!.array(), before);
  });

  it('leaves a layer alone that was frozen after the model was compiled, as TensorFlow.js does', async () => {
    await both(regression, (model, engine) => {
      model.layers[0]!.trainable = false;
      return fit(model, x, y, { ...quiet, epochs: 4, batchSize: 16, engine });
    });
  });

  it('and from the next epoch on one that a callback freezes', async () => {
    await both(regression, (model, engine) =>
      fit(model, x, y, {
        ...quiet,
        epochs: 6,
        batchSize: 16,
        engine,
        callbacks: { onEpochEnd: epoch => void (model.layers[0]!.trainable = epoch < 2) },
      }),
    );
    const model = regression();
    model.layers[0]!.trainable = false;
    await assert.rejects(
      fit(model, x, y, {
        ...quiet,
        epochs: 3,
        callbacks: { onEpochEnd: () => void (model.layers[0]!.trainable = true) },
      }),
      new Error(
        "Expected a frozen layer to stay so until fit ends, but a callback has set it free. Set engine: 'tfjs'.",
      ),
    );
  });

  it('ends when the model is told to stop from outside, though no callback looks', async () => {
    const model = regression();
    setTimeout(() => Object.assign(model, { stopTraining: true }), 100);
    const begun = performance.now();
    const history = await fit(model, x, y, { ...quiet, epochs: 1e9, batchSize: 1 });
    assert.ok(performance.now() - begun < 5000);
    assert.ok(history.epoch.length > 0 && !history.interrupted);
  });

  it('lets callbacks read and set weights, set the learning rate and stop', async () => {
    const run = async (engine: 'compiled' | 'tfjs'): Promise<{ seen: number[]; history: History }> => {
      const seen: number[] = [];
      const model = regression();
      const history = await fit(model, x, y, {
        ...quiet,
        epochs: 9,
        batchSize: 16,
        engine,
        callbacks: [
          {
            onEpochEnd(epoch) {
              const weights = model.layers[1]!.getWeights();
              seen.push(weights[0]!.dataSync()[0]!);
              if (epoch === 1) model.layers[1]!.setWeights([tf.ones([16, 1]), tf.zeros([1])]);
              if (epoch === 2) Object.assign(model.optimizer, { learningRate: 0.1 });
              if (epoch === 4) Object.assign(model, { stopTraining: true });
            },
          },
        ],
      });
      return { seen, history };
    };
    const [compiled, tfjs] = [await run('compiled'), await run('tfjs')];
    assert.equal(compiled.history.epoch.length, 5);
    close(
      { seen: compiled.seen, ...compiled.history.history },
      { seen: tfjs.seen, ...tfjs.history.history },
      1e-4,
    );
    assert.ok(Math.abs(compiled.seen[2]! - 1) < 0.05, 'training went on from the weights that were set');
    assert.ok(Math.abs(compiled.seen[3]! - compiled.seen[2]!) > 0.05, 'and with the rate that was set');
  });

  it('stops within a second and keeps the epochs and the weights', async () => {
    const model = regression();
    const before = await model.layers[1]!.getWeights()[0]!.array();
    let asked = 0;
    setTimeout(() => {
      asked = performance.now();
      interrupt();
    }, 300);
    const history = await fit(model, x, y, { ...quiet, epochs: 10_000_000, batchSize: 1 });
    assert.ok(performance.now() - asked < 1000, `${performance.now() - asked} ms`);
    assert.ok(history.interrupted);
    assert.ok(history.epoch.length > 10);
    assert.deepEqual(
      history.epoch,
      Array.from(history.epoch, (_, i) => i),
    );
    assert.equal(history.history.loss!.length, history.epoch.length);
    assert.notDeepEqual(await model.layers[1]!.getWeights()[0]!.array(), before);
    // What goes on afterwards is an ordinary fit.
    assert.equal((await fit(model, x, y, { ...quiet, epochs: 2 })).epoch.length, 2);
  });

  it('keeps the event loop free', async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 5);
    const begun = performance.now();
    await fit(regression(), x, y, { ...quiet, epochs: 3000, batchSize: 1 });
    clearInterval(timer);
    const took = performance.now() - begun;
    assert.ok(ticks > took / 50, `${ticks} ticks in ${took} ms`);
  });

  it('gives the same results for runs side by side as one after another', async () => {
    const run = (seed: number): Promise<History> =>
      fit(regression(), x, y, { verbose: 0, seed, epochs: 20, batchSize: 4 });
    const seeds = Array.from({ length: 8 }, (_, i) => i);
    const together = await Promise.all(seeds.map(run));
    for (const seed of seeds) assert.deepEqual((await run(seed)).history, together[seed]!.history);
  });

  it('gives the same results for runs that take turns', async () => {
    // About half a second each, and more of them than workers: they change workers between epochs.
    const run = (seed: number): Promise<History> =>
      fit(regression(), x, y, { verbose: 0, seed, epochs: 6000, batchSize: 2 });
    const alone = await run(3);
    const together = await Promise.all([1, 2, 3, 4, 5].map(run));
    assert.deepEqual(together[2]!.history, alone.history);
    assert.equal(alone.epoch.length, 6000);
  });

  it('does not see what its memory held before', async () => {
    const narrow = x.map(row => row.slice(0, 5));
    const sparse = toSparse(
      x.map(row => row.map(value => (value > 0 ? 1 : 0))),
      6,
    );
    const run = async (): Promise<unknown[]> => {
      const padded = tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [5] })] });
      padded.compile({ optimizer: tf.train.adam(), loss: 'meanAbsoluteError' });
      padded.setWeights([tf.ones([5, 3]), tf.zeros([3])]);
      const targets = narrow.map(row => row.slice(0, 3));
      const sampleWeight = narrow.map((_, i) => i % 2);
      const options = {
        ...quiet,
        epochs: 3,
        batchSize: 7,
        engine: 'compiled',
        validationSplit: 0.2,
      } as const;
      const model = classification();
      return [
        (await fit(padded, narrow, targets, { ...options, sampleWeight })).history,
        await predict(padded, narrow, { verbose: 0 }),
        (await fit(model, sparse, label, options)).history,
        await evaluate(model, sparse, label, { verbose: 0 }),
      ];
    };
    const clean = await run();
    const memories = Array.from({ length: 4 }, () => takeMemory(1 << 20));
    for (const memory of memories) {
      new Uint8Array(memory.buffer).fill(0xff);
      giveBack(memory);
    }
    assert.deepEqual(await run(), clean);
  });

  it('lets more runs than there are workers advance evenly', async () => {
    const done = Array.from({ length: workerCount() + 3 }, () => 0);
    // Where each run was when the last one had begun, and how far each had come when the first ended.
    let begun: number[] | undefined;
    let ended: number[] | undefined;
    await Promise.all(
      done.map(async (_, i) => {
        const onEpochEnd = (): void => {
          done[i]!++;
          if (!done.includes(0)) begun ??= done.slice();
        };
        await fit(regression(), x, y, {
          ...quiet,
          seed: i,
          epochs: 800,
          batchSize: 1,
          callbacks: { onEpochEnd },
        });
        ended ??= done.slice();
      }),
    );
    assert.ok(begun && ended, 'all had begun before the first ended');
    const advanced = ended.map((epochs, i) => epochs - begun![i]!);
    assert.ok(
      Math.min(...advanced) > 0.5 * Math.max(...advanced),
      `they advanced by ${advanced.join(', ')} epochs`,
    );
  });

  it('evaluates and predicts as TensorFlow.js', async () => {
    for (const [model, targets] of [
      [regression(), y],
      [classification(), label],
    ] as const) {
      for (const batchSize of [1, 7, 1000]) {
        const options = { verbose: 0, batchSize, sampleWeight: y.map(Math.abs) } as const;
        const [a, b] = [
          await evaluate(model, x, targets, { ...options, engine: 'compiled' }),
          await evaluate(model, x, targets, { ...options, engine: 'tfjs' }),
        ];
        assert.deepEqual(Object.keys(a), Object.keys(b));
        for (const key of Object.keys(a))
          assert.ok(Math.abs(a[key]! - b[key]!) < 1e-5, `${key}: ${a[key]}, not ${b[key]}`);
        const [p, q] = [
          await predict(model, x, { verbose: 0, batchSize, engine: 'compiled' }),
          await predict(model, x, { verbose: 0, batchSize, engine: 'tfjs' }),
        ];
        assert.ok(Array.isArray(p) && Array.isArray(q));
        close({ p: p.flat() }, { p: q.flat() }, 1e-5);
      }
    }
  });

  it('says why it cannot take a model', async () => {
    const model = tf.sequential({
      layers: [tf.layers.dropout({ rate: 0.5, inputShape: [6] }), tf.layers.dense({ units: 1 })],
    });
    model.compile({ optimizer: 'rmsprop', loss: 'meanSquaredError' });
    const sparse = toSparse([[0, 1, 0, 1, 1, 0]], 6);
    await assert.rejects(
      fit(model, sparse, [1], { engine: 'compiled', verbose: 0 }),
      new Error(
        'Expected a model and options that the compiled engine can take, but the data are sparse and the first layer is not a Dense layer. ' +
          "Leave engine out, or set engine: 'tfjs'.",
      ),
    );
    assert.equal((await fit(model, sparse, [1], { verbose: 0 })).engine, 'tfjs');
    assert.deepEqual(explainEngine(regression()), {
      engine: 'compiled',
      reason: 'compiled computes the same as TensorFlow.js for this model.',
    });
    assert.deepEqual(explainEngine(regression(), { batchHooks: true }), {
      engine: 'tfjs',
      reason:
        'compiled is not used because a callback watches single batches (onBatchBegin, onBatchEnd), which the compiled engine takes many at a time.',
    });
  });

  it('shows NaN in the data as NaN', async () => {
    const bad = x.map((row, i) => (i === 30 ? row.map(() => NaN) : row));
    const model = regression();
    const { engine, history } = await fit(model, bad, y, { ...quiet, epochs: 2, batchSize: 8 });
    assert.equal(engine, 'compiled');
    assert.deepEqual(history, { loss: [NaN, NaN], mae: [NaN, NaN] });
    assert.deepEqual(await predict(model, x.slice(0, 2), { verbose: 0 }), [[NaN], [NaN]]);
  });

  it('leaks neither memory nor tensors over 1,000 fits', async function () {
    this.timeout(180_000);
    // 600 KB of data: 1,000 memories kept would be 0.6 GB.
    const wide = Array.from({ length: 1500 }, (_, i) =>
      Array.from({ length: 100 }, (_unused, j) => (i * j) % 7),
    );
    const xs = tf.tensor2d(wide);
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [100] })] });
    model.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
    const targets = wide.map(row => row[3]!);
    const rounds = async (count: number): Promise<void> => {
      for (let i = 0; i < count; i++) await fit(model, xs, targets, { ...quiet, epochs: 1, batchSize: 512 });
    };
    await rounds(200);
    const [tensors, rss] = [tf.memory().numTensors, process.memoryUsage().rss];
    await rounds(800);
    assert.equal(tf.memory().numTensors, tensors);
    const grown = (process.memoryUsage().rss - rss) / 1e6;
    assert.ok(grown < 150, `${grown} MB more`);
    xs.dispose();
  });

  it('tells how long each epoch took, however many end between two looks', async () => {
    const lines: string[] = [];
    setProgressPort({ line: () => ({ update: () => {}, finish: text => lines.push(text) }) });
    // Wide enough that a step takes more than half a µs on any machine: less is written as 0.
    const model = regression(tf.train.rmsprop(0.001), 256);
    const begun = performance.now();
    await fit(model, x, y, { seed: 1, epochs: 200, batchSize: 1 });
    const took = (performance.now() - begun) * 1000;
    setProgressPort(undefined);
    assert.equal(lines.length, 200);
    const steps = lines.map(line => {
      const [, time, unit] = / (\d+)(u|m)?s\/step/.exec(line)!;
      return Number(time) * (unit === 'u' ? 1 : 1000);
    });
    // Rounding down to whole µs may leave single ones without any.
    assert.ok(steps.filter(step => step > 0).length > 150, steps.join(' '));
    const sum = steps.reduce((a, b) => a + b, 0) * 60;
    assert.ok(sum < 1.5 * took, `${sum} of ${took} µs`);
  });

  it('says so when a worker thread ends early, and goes on with another', async () => {
    const script = `
      const threads = require('node:worker_threads');
      const workers = [];
      threads.Worker = class extends threads.Worker {
        constructor(...args) {
          super(...args);
          workers.push(this);
        }
      };
      const tf = require('@tensorflow/tfjs');
      const { fit } = require('./src/training/fit');
      const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
      model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
      const data = [[[1, 2]], [3]];
      fit(model, ...data, { verbose: 0, epochs: 1e9, callbacks: [] })
        .catch(error => console.log(error.message))
        .then(() => fit(model, ...data, { verbose: 0, epochs: 3 }))
        .then(history => console.log(history.epoch.length));
      const timer = setInterval(() => {
        if (workers.length === 0) return;
        clearInterval(timer);
        setTimeout(() => workers[0].terminate(), 1500);
      }, 50);`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--require', 'tsx/cjs', '-e', script], {
      cwd: `${__dirname}/../../..`,
    });
    assert.match(
      stdout,
      /^Expected the worker thread of the compiled engine to finish, but it ended \(worker exited with code: 1\)[^\n]+\n3\n$/,
    );
  });

  it('starts as soon as what kept it from starting is mended', async () => {
    const script = `
      const tf = require('@tensorflow/tfjs');
      const { fit } = require('./src/training/fit');
      const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
      model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
      const train = () => fit(model, [[1, 2]], [3], { verbose: 0, epochs: 2, engine: 'compiled' });
      process.env.KERAS_PRIMER_WORKERS = 'two';
      train()
        .catch(error => console.log(error.message))
        .then(() => delete process.env.KERAS_PRIMER_WORKERS)
        .then(train)
        .then(history => console.log(history.epoch.length));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--require', 'tsx/cjs', '-e', script], {
      cwd: `${__dirname}/../../..`,
    });
    assert.equal(
      stdout,
      'Expected KERAS_PRIMER_WORKERS to be a whole number from 1 to 256, received "two". Unset it for one worker a core.\n2\n',
    );
  });

  it('lets the process end', async () => {
    const script = `
      const tf = require('@tensorflow/tfjs');
      const { fit } = require('./src/training/fit');
      const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
      model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
      fit(model, [[1, 2]], [3], { verbose: 0 }).then(history => {
        const next = tf.layers.dense({ units: 1 }).name;
        console.log(history.engine, next);
        const begun = Date.now();
        process.on('exit', () => console.log(Date.now() - begun < 1000));
      });`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--require', 'tsx/cjs', '-e', script], {
      cwd: `${__dirname}/../../..`,
    });
    // dense_Dense2: the models made to recognise others have not been numbered.
    assert.match(stdout, /compiled dense_Dense2\ntrue\n$/);
  });
});
