import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { ensureBackend } from '../../src/engines/backend';
import { SparseMatrix } from '../../src/matrix/SparseMatrix';
import { interrupt } from '../../src/progress/interrupt';
import { setRandomSeed } from '../../src/random/setRandomSeed';
import { evaluate } from '../../src/training/evaluate';
import { fit } from '../../src/training/fit';
import type { FitOptions } from '../../src/training/FitOptions';
import { predict } from '../../src/training/predict';
import { apply, assertClose, classifier, dataset, free, glorot, weights, withProgress } from './models';

const engine = 'tfjs';
const quiet = { verbose: 0, engine } as const;

describe('fit over TensorFlow.js', () => {
  before(ensureBackend);
  afterEach(() => setRandomSeed(null));

  describe("gives the history and weights of tf's own model.fit", () => {
    const { x, y } = dataset(70, 5);

    async function sameAsTf(ours: FitOptions, theirs: tf.ModelFitArgs): Promise<void> {
      const a = classifier(5);
      const b = classifier(5);
      const [tx, ty] = [tf.tensor2d(x), tf.tensor1d(y)];
      const history = await fit(a, x, y, { ...quiet, shuffle: false, ...ours });
      const other = await b.fit(tx, ty, { verbose: 0, shuffle: false, ...theirs });
      const names: Record<string, string> = { acc: 'accuracy', val_acc: 'val_accuracy' };
      assert.deepEqual(
        Object.keys(history.history).sort(),
        Object.keys(other.history)
          .map(key => names[key] ?? key)
          .sort(),
      );
      for (const [key, values] of Object.entries(other.history)) {
        assertClose(history.history[names[key] ?? key]!, values.map(Number));
      }
      weights(b).forEach((values, i) => assertClose(weights(a)[i]!, values));
      free(a, b);
      tf.dispose([tx, ty]);
    }

    it('with a smaller last batch', () =>
      sameAsTf({ epochs: 4, batchSize: 16 }, { epochs: 4, batchSize: 16 }));
    it('with the default batch size', () => sameAsTf({ epochs: 2 }, { epochs: 2 }));
    it('with a batch larger than the data', () => sameAsTf({ batchSize: 500 }, { batchSize: 500 }));
    it('with validationSplit', () =>
      sameAsTf({ epochs: 3, validationSplit: 0.3 }, { epochs: 3, validationSplit: 0.3 }));
    it('with class weights', () =>
      sameAsTf({ epochs: 3, classWeight: { 0: 1, 1: 4 } }, { epochs: 3, classWeight: { 0: 1, 1: 4 } }));
    it('from initialEpoch on', () =>
      sameAsTf({ epochs: 4, initialEpoch: 2 }, { epochs: 4, initialEpoch: 2 }));
    it('with validationData', async () => {
      const other = dataset(30, 5, 1);
      const [vx, vy] = [tf.tensor2d(other.x), tf.tensor2d(other.y, [30, 1])];
      await sameAsTf(
        { epochs: 3, validationData: [other.x, other.y] },
        { epochs: 3, validationData: [vx, vy] },
      );
      tf.dispose([vx, vy]);
    });
  });

  it('trains several inputs and outputs as tf does, and names each output', async () => {
    const build = (): tf.LayersModel => {
      const a = tf.input({ shape: [3], name: 'a' });
      const b = tf.input({ shape: [2, 2], name: 'b' });
      const flat = apply(tf.layers.flatten(), b);
      const both = apply(tf.layers.concatenate(), [a, flat]);
      const price = apply(tf.layers.dense({ units: 1, name: 'price', kernelInitializer: glorot(1) }), both);
      const kind = apply(
        tf.layers.dense({ units: 4, activation: 'softmax', name: 'kind', kernelInitializer: glorot(2) }),
        both,
      );
      const model = tf.model({ inputs: [a, b], outputs: [price, kind] });
      model.compile({
        optimizer: tf.train.sgd(0.1),
        loss: { price: 'meanSquaredError', kind: 'sparseCategoricalCrossentropy' },
        metrics: { kind: 'accuracy', price: 'mae' },
      });
      return model;
    };
    const { x } = dataset(40, 7);
    const xa = x.map(row => row.slice(0, 3));
    const xb = x.map(row => [row.slice(3, 5), row.slice(5, 7)]);
    const price = x.map(row => row[0]! + 1);
    const kind = x.map((_, i) => i % 4);
    const [ours, theirs, named] = [build(), build(), build()];
    const options = { ...quiet, epochs: 3, shuffle: false, batchSize: 9 };
    const history = await fit(ours, [xa, xb], [price, kind], {
      ...options,
      validationData: [
        { b: xb, a: xa },
        { kind, price },
      ],
    });
    const tensors = [
      tf.tensor2d(xa),
      tf.tensor3d(xb),
      tf.tensor2d(price, [40, 1]),
      tf.tensor2d(kind, [40, 1]),
    ] as const;
    const other = await theirs.fit([tensors[0], tensors[1]], [tensors[2], tensors[3]], {
      ...options,
      verbose: 0,
    });
    for (const key of ['loss', 'price_loss', 'kind_loss', 'price_mae']) {
      assertClose(history.history[key]!, other.history[key]!.map(Number));
    }
    assertClose(history.history.kind_accuracy!, other.history.kind_acc!.map(Number));
    assert.deepEqual(Object.keys(history.history), [
      'kind_accuracy',
      'kind_loss',
      'loss',
      'price_loss',
      'price_mae',
      'val_kind_accuracy',
      'val_kind_loss',
      'val_loss',
      'val_price_loss',
      'val_price_mae',
    ]);
    // TensorFlow.js mislabels the losses of several outputs in validation; here they add up.
    const { val_loss: valLoss, val_kind_loss: valKind, val_price_loss: valPrice } = history.history;
    assertClose(
      valLoss!,
      valKind!.map((value, i) => value + valPrice![i]!),
    );
    await fit(named, { a: tensors[0], b: tensors[1] }, { price, kind: tensors[3] }, options);
    assert.deepEqual(weights(named), weights(ours));
    const predictions = await predict<number[][][]>(ours, [xa, xb], quiet);
    assert.deepEqual(
      predictions.map(output => [output.length, output[0]!.length]),
      [
        [40, 1],
        [40, 4],
      ],
    );
    free(ours, theirs, named);
    tf.dispose([...tensors]);
  });

  it('takes rows, typed rows, sparse matrices and tensors alike', async () => {
    const rows = Array.from({ length: 30 }, (_, i) =>
      Array.from({ length: 6 }, (__, j) => Number((i * 7 + j * j) % 5 === 0)),
    );
    const y = rows.map((_, i) => i % 2);
    const indices = rows.map(row => row.flatMap((value, j) => (value === 1 ? [j] : [])));
    const indptr = [0];
    for (const row of indices) indptr.push((indptr.at(-1) ?? 0) + row.length);
    const padded = new SparseMatrix({ shape: [30, 6], indptr, indices: indices.flat() });
    const tensors = [tf.tensor2d(rows), tf.tensor2d(y, [30, 1])] as const;
    const results: unknown[] = [];
    for (const [x, labels] of [
      [rows, y],
      [rows.map(row => Float32Array.from(row)), Uint8Array.from(y)],
      [padded, y.map(label => [label])],
      tensors,
      [[tensors[0]], tf.tensor1d(y)],
    ] as const) {
      const model = classifier(6);
      const history = await fit(model, x, labels, {
        ...quiet,
        epochs: 3,
        batchSize: 8,
        seed: 5,
        validationSplit: 0.2,
      });
      results.push([weights(model), history.history]);
      free(model);
    }
    for (const result of results) assert.deepEqual(result, results[0]);
    tf.dispose([...tensors]);
  });

  it('weighs samples as repeating them does', async () => {
    const { x, y } = dataset(12, 3);
    const [a, b] = [classifier(3), classifier(3)];
    for (const model of [a, b]) model.compile({ optimizer: tf.train.sgd(1), loss: 'binaryCrossentropy' });
    const once = { ...quiet, shuffle: false, batchSize: 100 };
    await fit(a, [...x, ...x.slice(0, 4)], [...y, ...y.slice(0, 4)], once);
    await fit(b, x, y, { ...once, sampleWeight: x.map((_, i) => ((i < 4 ? 2 : 1) * 12) / 16) });
    weights(a).forEach((values, i) => assertClose(weights(b)[i]!, values));
    free(a, b);
  });

  it('weighs classes in training alone, samples in validation too', async () => {
    const { x, y } = dataset(12, 3);
    const sampleWeight = x.map((_, i) => (i % 3) + 1);
    const held = [x.slice(6), y.slice(6)] as const;
    for (const [own, weight] of [
      [undefined, undefined],
      [sampleWeight, sampleWeight.slice(6)],
    ]) {
      const model = classifier(3);
      const { history } = await fit(model, x, y, {
        ...quiet,
        validationSplit: 0.5,
        sampleWeight: own,
        classWeight: { 0: 3, 1: 7 },
      });
      const { loss } = await evaluate(model, ...held, { ...quiet, sampleWeight: weight });
      assertClose(history.val_loss!, [loss!]);
      free(model);
    }
  });

  it('gives a fractional target the weight of the class that NumPy rounds it to, as Keras', async () => {
    const { x } = dataset(8, 3);
    const y = [0.9, 0.5, 1.5, -0.4, 0.1, 1, 2.5, 0.6];
    const [byClass, bySample] = [classifier(3), classifier(3)];
    const first = await fit(byClass, x, y, { ...quiet, seed: 1, classWeight: { 0: 2, 1: 3, 2: 5 } });
    const sampleWeight = [3, 2, 5, 2, 2, 3, 5, 3];
    const second = await fit(bySample, x, y, { ...quiet, seed: 1, sampleWeight });
    assert.deepEqual({ ...first.history }, { ...second.history });
    free(byClass, bySample);
  });

  it('refuses a model without anything to train', async () => {
    const model = classifier(3);
    for (const layer of model.layers) layer.trainable = false;
    const { x, y } = dataset(12, 3);
    await assert.rejects(
      fit(model, x, y, quiet),
      new Error(
        'Expected a model with weights to train, received one whose layers are all frozen or have none. ' +
          'Set trainable = true on a layer, and compile the model again.',
      ),
    );
    free(model);
  });

  describe('is repeatable', () => {
    const { x, y } = dataset(64, 4);
    const build = (): tf.LayersModel => {
      const model = tf.sequential({
        layers: [
          tf.layers.dense({ units: 16, activation: 'relu', inputShape: [4] }),
          tf.layers.dropout({ rate: 0.5 }),
          tf.layers.dense({ units: 1, activation: 'sigmoid' }),
        ],
      });
      model.compile({ optimizer: 'rmsprop', loss: 'binaryCrossentropy', metrics: ['accuracy'] });
      return model;
    };

    it('to the bit by seed, shuffles and dropout included', async () => {
      const start = build();
      const run = async (seed?: number) => {
        const model = build();
        model.setWeights(start.getWeights());
        const history = await fit(model, x, y, { ...quiet, epochs: 3, batchSize: 10, seed });
        const result = { weights: weights(model), history: history.history, seed: history.seed };
        free(model);
        return result;
      };
      const first = await run(7);
      assert.deepEqual(await run(7), first);
      assert.notDeepEqual((await run(8)).weights, first.weights);
      const unseeded = await run();
      assert.notDeepEqual((await run()).weights, unseeded.weights);
      assert.deepEqual(await run(unseeded.seed), unseeded);
      free(start);
    });

    it('to the bit by setRandomSeed, initial weights included', async () => {
      const run = async () => {
        setRandomSeed(42);
        const model = build();
        await fit(model, x, y, { ...quiet, epochs: 2 });
        const result = weights(model);
        free(model);
        return result;
      };
      assert.deepEqual(await run(), await run());
    });

    it('and leaves Math.random alone', async () => {
      const before = Math.random;
      const model = build();
      await fit(model, x, y, { ...quiet, seed: 1 });
      assert.equal(Math.random, before);
      free(model);
    });
  });

  it('goes on where the last fit ended, the state of the optimizer included', async () => {
    const { x, y } = dataset(40, 3);
    const [whole, parts] = [classifier(3), classifier(3)];
    await fit(whole, x, y, { ...quiet, epochs: 4, shuffle: false });
    await fit(parts, x, y, { ...quiet, epochs: 2, shuffle: false });
    await fit(parts, x, y, { ...quiet, epochs: 4, initialEpoch: 2, shuffle: false });
    assert.deepEqual(weights(parts), weights(whole));
    free(whole, parts);
  });

  it('shuffles without changing its inputs', async () => {
    const { x, y } = dataset(50, 3);
    const copy = structuredClone({ x, y });
    const model = classifier(3);
    const before = weights(model);
    await fit(model, x, y, { ...quiet, seed: 1, epochs: 2 });
    assert.deepEqual({ x, y }, copy);
    assert.notDeepEqual(weights(model), before);
    const calm = classifier(3);
    await fit(calm, x, y, { ...quiet, shuffle: false, epochs: 2, seed: 1 });
    assert.notDeepEqual(weights(model), weights(calm));
    free(model, calm);
  });

  it('leaks no tensor over many calls, failing ones included', async () => {
    const { x, y } = dataset(20, 3);
    const model = classifier(3);
    const tensor = tf.tensor2d(x);
    await fit(model, x, y, quiet);
    const { numTensors, numBytes } = tf.memory();
    for (let i = 0; i < 50; i++) {
      await fit(model, i % 2 ? tensor : x, y, { ...quiet, validationSplit: 0.25, classWeight: { 1: 2 } });
      await evaluate(model, x, y, quiet);
      await predict(model, x, quiet);
      await assert.rejects(
        fit(model, tensor, y, {
          ...quiet,
          validationSplit: 0.5,
          callbacks: {
            onEpochEnd() {
              throw new Error('no');
            },
          },
        }),
        /no/,
      );
    }
    assert.deepEqual(
      { numTensors: tf.memory().numTensors, numBytes: tf.memory().numBytes },
      { numTensors, numBytes },
    );
    tensor.dispose();
    free(model);
  });

  it('stops at once when the user asks, keeping the finished epochs and the weights', async () => {
    const { x, y } = dataset(400, 4);
    const model = classifier(4);
    const before = weights(model);
    let asked = 0;
    let finished = 0;
    const asking = setInterval(() => {
      // On a busy machine the first epoch may take longer.
      if (finished === 0) return;
      asked = performance.now();
      if (interrupt()) clearInterval(asking);
    }, 500);
    const callbacks = { onEpochEnd: () => void finished++ };
    const { lines } = await withProgress(async () => {
      const history = await fit(model, x, y, { engine, epochs: 100_000, batchSize: 8, callbacks });
      assert(performance.now() - asked < 500);
      assert.equal(history.interrupted, true);
      assert(history.epoch.length < 10_000);
      assert.equal(history.history.loss!.length, history.epoch.length);
      assert.notDeepEqual(weights(model), before);
    });
    assert.match(lines.at(-1) ?? '', /^Epoch \d+\/100000 interrupted$/);
    const next = await fit(model, x, y, { ...quiet, epochs: 1 });
    assert.equal(next.interrupted, false);
    assert.equal(interrupt(), false);
    free(model);
  });

  it('shows a line for each epoch as Keras does', async () => {
    const { x, y } = dataset(60, 3);
    const model = classifier(3);
    const number = String.raw`\d\.\d{4}(e-\d\d)?`;
    const one = await withProgress(() =>
      fit(model, x, y, { engine, epochs: 2, batchSize: 4, validationSplit: 0.2 }),
    );
    assert.equal(one.lines.length, 2);
    assert.match(
      one.lines[1]!,
      new RegExp(
        String.raw`^Epoch 2/2 12/12 ━{20} \ds \d+(ms|us)/step - accuracy: ${number} - loss: ${number} - val_accuracy: ${number} - val_loss: ${number}$`,
      ),
    );
    const two = await withProgress(() => fit(model, x, y, { engine, epochs: 1, verbose: 2 }));
    assert.match(two.lines[0]!, /^Epoch 1\/1 2\/2 - 0s - \d+(ms|us)\/step - accuracy: /);
    assert.deepEqual(two.updates, []);
    const none = await withProgress(() => fit(model, x, y, { engine, verbose: 0 }));
    assert.deepEqual(none, { updates: [], lines: [] });
    free(model);
  });

  it('draws at most ten times a second', async () => {
    const { x, y } = dataset(3000, 4);
    const model = classifier(4);
    const begun = performance.now();
    const { updates, lines } = await withProgress(() => fit(model, x, y, { engine, batchSize: 4 }));
    const seconds = (performance.now() - begun) / 1000;
    assert(updates.length > 0 && updates.length <= 10 * seconds + 1, `${updates.length} in ${seconds} s`);
    assert.match(
      updates[0]!,
      /^Epoch 1\/1 [ \d]{3}\/750 [━╌]{20} \d+s \d+(ms|us)\/step - accuracy: .* - loss: /,
    );
    assert.equal(lines.length, 1);
    free(model);
  });

  describe('calls back', () => {
    const { x, y } = dataset(20, 3);

    it('in the order of Keras, with the logs of the epoch', async () => {
      const model = classifier(3);
      const calls: string[] = [];
      const history = await fit(model, x, y, {
        ...quiet,
        epochs: 2,
        batchSize: 10,
        validationSplit: 0.5,
        callbacks: [
          {
            setModel: given => void calls.push(`model ${given === model}`),
            setParams: ({ epochs, steps }) => void calls.push(`params ${epochs} ${steps}`),
            onTrainBegin: () => void calls.push('train begin'),
            onEpochBegin: epoch => void calls.push(`epoch ${epoch} begin`),
            onBatchBegin: batch => void calls.push(`batch ${batch} begin`),
            onBatchEnd: async (batch, logs) => {
              await Promise.resolve();
              calls.push(`batch ${batch} end ${Object.keys(logs ?? {}).join(' ')}`);
            },
            onEpochEnd: (epoch, logs) => void calls.push(`epoch ${epoch} end ${logs?.val_loss}`),
            onTrainEnd: logs => void calls.push(`train end ${logs?.val_loss}`),
          },
        ],
      });
      const [first, second] = history.history.val_loss!;
      const epoch = (n: number, loss?: number) => [
        `epoch ${n} begin`,
        'batch 0 begin',
        'batch 0 end accuracy loss',
        `epoch ${n} end ${loss}`,
      ];
      assert.deepEqual(calls, [
        'params 2 1',
        'model true',
        'train begin',
        ...epoch(0, first),
        ...epoch(1, second),
        `train end ${second}`,
      ]);
      free(model);
    });

    it('and lets weights, learning rate and the end be set', async () => {
      const model = classifier(3);
      const start = model.getWeights().map(tensor => tensor.clone());
      const rates: number[] = [];
      const history = await fit(model, x, y, {
        ...quiet,
        epochs: 5,
        callbacks: {
          onEpochBegin(epoch) {
            if (epoch === 1) model.setWeights(start);
            Object.assign(model.optimizer, { learningRate: epoch === 1 ? 0 : 0.01 });
          },
          onEpochEnd(epoch) {
            rates.push(epoch);
            if (epoch === 1) model.stopTraining = true;
          },
        },
      });
      assert.deepEqual(
        [rates, history.epoch],
        [
          [0, 1],
          [0, 1],
        ],
      );
      assert.equal(history.interrupted, false);
      start.forEach((tensor, i) => assert.deepEqual(weights(model)[i], [...tensor.dataSync()]));
      tf.dispose(start);
      free(model);
    });

    it("with tf's own callbacks", async () => {
      const model = classifier(3);
      const early = tf.callbacks.earlyStopping({ monitor: 'loss', minDelta: 10, patience: 1 });
      const history = await fit(model, x, y, { ...quiet, epochs: 10, callbacks: early });
      assert.equal(history.epoch.length, 2);
      free(model);
    });
  });

  it('refuses what is no model', async () => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const none = undefined as unknown as tf.LayersModel;
    await assert.rejects(fit(none, [[1]], [1]), {
      name: 'TypeError',
      message: 'Expected a tf layers model, received undefined. Build one with tf.sequential or tf.model.',
    });
  });

  it('refuses a model that is being trained', async () => {
    const { x, y } = dataset(20, 3);
    const model = classifier(3);
    const first = fit(model, x, y, { ...quiet, epochs: 3 });
    await assert.rejects(
      fit(model, x, y, quiet),
      new Error(
        'Expected a model that is not being trained, received one whose fit is under way. Await that first.',
      ),
    );
    await first;
    await fit(model, x, y, quiet);
    free(model);
  });

  it('refuses NaN in x where it would be hidden, and shows NaN in y', async () => {
    const model = classifier(3);
    const bad = [
      [1, 2, 3],
      [1, NaN, 2],
    ];
    const error = new RangeError(
      'Expected x to hold finite numbers, received NaN in sample 1. ' +
        "Replace it or drop the sample: TensorFlow.js' wasm back end would count it as 0 without a word.",
    );
    if (tf.getBackend() === 'wasm') {
      await assert.rejects(fit(model, bad, [1, 0], quiet), error);
      await assert.rejects(evaluate(model, bad, [1, 0], quiet), error);
      await assert.rejects(predict(model, bad, quiet), error);
    } else {
      assert(Number.isNaN((await evaluate(model, bad, [1, 0], quiet)).loss));
    }
    const { lines } = await withProgress(() => fit(model, [[1, 2, 3]], [NaN], { engine }));
    assert.match(lines[0]!, /loss: nan$/);
    free(model);
  });
});
