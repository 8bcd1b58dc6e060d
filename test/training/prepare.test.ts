import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { SparseMatrix } from '../../src/matrix/SparseMatrix';
import { evaluate } from '../../src/training/evaluate';
import { fit } from '../../src/training/fit';
import { predict } from '../../src/training/predict';
import { classifier, free } from './models';

const quiet = { verbose: 0, engine: 'tfjs' } as const;

describe('what does not fit the model or the options', () => {
  let model: tf.Sequential;
  let softmax: tf.Sequential;
  const x = [
    [1, 2],
    [3, 4],
    [5, 6],
  ];
  const y = [0, 1, 0];
  before(() => {
    model = classifier(2);
    softmax = tf.sequential({
      layers: [tf.layers.dense({ units: 3, activation: 'softmax', inputShape: [2] })],
    });
  });
  after(() => {
    model.dispose();
    softmax.dispose();
  });

  async function refuse(
    givenX: unknown,
    givenY: unknown,
    options: object,
    message: string,
    on = model,
  ): Promise<void> {
    const before = on.getWeights().map(tensor => [...tensor.dataSync()]);
    await assert.rejects(
      async () => Reflect.apply(fit, undefined, [on, givenX, givenY, { ...quiet, ...options }]),
      (error: Error) => {
        assert.equal(error.message, message);
        return true;
      },
    );
    assert.deepEqual(
      on.getWeights().map(tensor => [...tensor.dataSync()]),
      before,
    );
  }

  it('x', async () => {
    await refuse(
      [[1], [2], [3]],
      y,
      {},
      'Expected x with 2 columns, as the model has it, received 1 column.',
    );
    await refuse(
      new SparseMatrix({ shape: [3, 4], indptr: [0, 0, 0, 0], indices: [] }),
      y,
      {},
      'Expected x with 2 columns, as the model has it, received 4 columns.',
    );
    await refuse(
      [1, 2, 3],
      y,
      {},
      'Expected x of shape [samples, 2], as the model has it, received [3]. Reshape it.',
    );
    await refuse(
      [[1, 2], [3], [4, 5]],
      y,
      {},
      'Expected x[1] to have 2 values as the first one has, received 1. Make them equally long.',
    );
    await refuse(
      [
        [1, 2],
        [3, null],
      ],
      y,
      {},
      'Expected x[1][1] to be a number, received null.',
    );
    await refuse([[1, 2], 3], y, {}, 'Expected x[1] to be an array of 2 values, received a number.');
    await refuse(
      undefined,
      y,
      {},
      'Expected x to be numbers, a SparseMatrix or a tensor, received undefined.',
    );
    await refuse(
      { values: x },
      y,
      {},
      'Expected x to be data, received an object (Object). Pass its .values.',
    );
    await refuse(
      [],
      [],
      {},
      'Expected x of shape [samples, 2], as the model has it, received [0]. Reshape it.',
    );
    const no = 'Expected x to be numbers, a SparseMatrix or a tensor, received an object';
    await refuse(Promise.resolve(x), y, {}, `${no} (Promise). Await it.`);
    await refuse(new Map([['x', x]]), y, {}, `${no} (Map).`);
    class DataFrame {
      values = x;
    }
    await refuse(new DataFrame(), y, {}, `${no} (DataFrame). Pass its .values.`);
    const dataset = tf.data.array(x);
    await refuse(
      dataset,
      y,
      {},
      `${no} (${dataset.constructor.name}). Collect it with its toArray(), and give x and y as arrays or tensors.`,
    );
    const gone = tf.tensor2d(x);
    gone.dispose();
    await refuse(gone, y, {}, 'Expected x to be a tensor in memory, received one that has been disposed.');
    const empty = tf.zeros([0, 2]);
    await refuse(empty, [], {}, 'Expected x to have at least one sample, received none.');
    const words = tf.tensor2d([['a', 'b']]);
    await refuse(words, [1], {}, 'Expected x to hold real numbers, received a tensor of type string.');
    tf.dispose([empty, words]);
  });

  it('y', async () => {
    await refuse(x, [0, 1], {}, 'Expected x and y to have the same number of samples, received 3 and 2.');
    await refuse(x, x, {}, 'Expected y with 1 column, as the model has it, received 2 columns.');
    softmax.compile({ optimizer: 'sgd', loss: 'categoricalCrossentropy' });
    await refuse(
      x,
      y,
      {},
      'Expected y with 3 columns, one for each class, received a list of 3 numbers. Turn it into one-hot rows with ' +
        'toOneHot(y, { dimension: 3 }), or compile the model with the loss sparseCategoricalCrossentropy.',
      softmax,
    );
    softmax.compile({ optimizer: 'sgd', loss: 'sparseCategoricalCrossentropy' });
    const classes = (value: number) =>
      `Expected y to hold class numbers from 0 to 2, received ${value} at position 1. ` +
      'Check that the last layer has a unit for each class.';
    await refuse(x, [0, 3, 1], {}, classes(3), softmax);
    await refuse(x, [0, -1, 1], {}, classes(-1), softmax);
    await refuse(x, [0, 0.5, 1], {}, classes(0.5), softmax);
    await refuse(
      x,
      [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
      {},
      'Expected y to hold one class number for each sample, received shape [3, 3]. ' +
        'Give class numbers, or compile the model with the loss categoricalCrossentropy for one-hot rows.',
      softmax,
    );
  });

  it('options', async () => {
    const list =
      'batchSize, epochs, verbose, callbacks, validationSplit, validationData, shuffle, classWeight, sampleWeight, ' +
      'initialEpoch, seed, engine';
    await refuse(
      x,
      y,
      { batchsize: 3 },
      `Unknown option "batchsize" of fit. Did you mean "batchSize"? Its options are: ${list}.`,
    );
    await refuse(
      x,
      y,
      { stepsPerEpoch: 3 },
      `The option "stepsPerEpoch" of model.fit does nothing here. Leave it out; fit has: ${list}.`,
    );
    await refuse(
      x,
      y,
      { batchSize: 0 },
      'Expected batchSize to be a whole number of at least 1, received 0.',
    );
    await refuse(x, y, { epochs: 1.5 }, 'Expected epochs to be a whole number of at least 0, received 1.5.');
    await refuse(x, y, { seed: -1 }, 'Expected seed to be a whole number from 0 to 4294967295, received -1.');
    await refuse(x, y, { shuffle: 'batch' }, 'Expected shuffle to be true or false, received "batch".');
    await refuse(x, y, { verbose: true }, "Expected verbose to be 0, 1, 2 or 'auto', received true.");
    await refuse(
      x,
      y,
      { engine: 'fast' },
      'Expected engine to be "auto" or "compiled" or "tfjs", received "fast".',
    );
    await refuse(
      x,
      y,
      { validationSplit: 1 },
      'Expected validationSplit to be above 0 and below 1, received 1.',
    );
    await refuse(
      x,
      y,
      { validationSplit: 0.9 },
      'Expected validationSplit to leave samples on both sides, received 0.9 of 3 samples.',
    );
    await refuse(
      x,
      y,
      { validationSplit: 0.5, validationData: [x, y] },
      'Expected validationData or validationSplit, received both. Leave one out.',
    );
    await refuse(
      x,
      y,
      { validationData: [x] },
      'Expected validationData to be [x, y] or [x, y, sampleWeight], received an array of length 1.',
    );
    await refuse(
      x,
      y,
      { validationData: [x, [1]] },
      'Expected validationData[0] and validationData[1] to have the same number of samples, received 3 and 1.',
    );
    await refuse(
      x,
      y,
      { callbacks: [{ onEpochend() {} }] },
      'Expected callbacks to be objects with hooks such as onEpochEnd, received an object at position 0.',
    );
    await refuse(
      x,
      y,
      { sampleWeight: [1, 2] },
      'Expected sampleWeight to have 3 values, one for each sample, received 2.',
    );
    await refuse(
      x,
      y,
      { sampleWeight: [1, 2, -3] },
      'Expected sampleWeight to hold numbers of at least 0, received -3 at position 2.',
    );
    await refuse(
      x,
      y,
      { classWeight: { 0: '1' } },
      'Expected classWeight[0] to be a number of at least 0, received "1".',
    );
  });

  it('class weights that are no object of them', async () => {
    await refuse(
      x,
      y,
      { classWeight: new Map([[0, 1]]) },
      'Expected classWeight to be an object such as { 0: 1, 1: 5 }, received an object (Map).',
    );
  });

  it('a model that is not compiled', async () => {
    const bare = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
    const error = new Error(
      'Expected a compiled model, received one without a loss and an optimizer. ' +
        "Call model.compile({ optimizer: 'rmsprop', loss: … }) first.",
    );
    await assert.rejects(fit(bare, x, y, quiet), error);
    await assert.rejects(evaluate(bare, x, y, quiet), error);
    assert.equal((await predict(bare, x, quiet)).length, 3);
    bare.dispose();
  });

  it('several inputs', async () => {
    const inputs = ['a', 'b'].map(name => tf.input({ shape: [2], name }));
    const sum = tf.layers.add().apply(inputs);
    if (!(sum instanceof tf.SymbolicTensor)) throw new Error('Expected one output.');
    const two = tf.model({ inputs, outputs: sum });
    const wrong = async (given: unknown, message: string) =>
      assert.rejects(
        async () => Reflect.apply(predict, undefined, [two, given, quiet]),
        (error: Error) => {
          assert.equal(error.message, message);
          return true;
        },
      );
    await wrong(
      x,
      'Expected x to have 2 entries, one for each of a, b, received an array of 3 arrays. ' +
        'Give an array in this order, or an object with these names.',
    );
    await wrong({ a: x, c: x }, 'Expected x to have the names of the model (a, b), received a, c.');
    await wrong({ a: x }, 'Expected x to have the names of the model (a, b), received a.');
    await wrong(
      [x, x.slice(1)],
      'Expected every entry of x to have the same number of samples, received 3 and 2.',
    );
    await wrong([x, [[1]]], 'Expected x["b"] with 2 columns, as the model has it, received 1 column.');
    assert.deepEqual(
      await predict(two, { b: x, a: x }, quiet),
      x.map(row => row.map(value => 2 * value)),
    );
    two.dispose();
  });

  it('evaluate and predict', async () => {
    const call = async (work: typeof evaluate | typeof predict, args: unknown[], message: string) =>
      assert.rejects(
        async () => Reflect.apply(work, undefined, args),
        (error: Error) => {
          assert.equal(error.message, message);
          return true;
        },
      );
    await call(
      evaluate,
      [model, x, y, { batchsize: 3 }],
      'Unknown option "batchsize" of evaluate. Did you mean "batchSize"? ' +
        'Its options are: batchSize, verbose, sampleWeight, engine.',
    );
    await call(
      predict,
      [model, x, { epochs: 3 }],
      'Unknown option "epochs" of predict. Its options are: batchSize, verbose, engine.',
    );
    await call(
      predict,
      [model, [[1]], quiet],
      'Expected x with 2 columns, as the model has it, received 1 column.',
    );
    free();
  });
});
