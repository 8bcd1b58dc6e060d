import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { assertClose, free, weights } from '../../training/models';
import { normal, useWasm } from './compare';

const optimizers = {
  sgd: () => tf.train.sgd(0.05),
  momentum: () => tf.train.momentum(0.05, 0.9, true),
  adagrad: () => tf.train.adagrad(0.05),
  adadelta: () => tf.train.adadelta(0.5),
  adam: () => tf.train.adam(0.01),
  adamax: () => tf.train.adamax(0.01),
  rmsprop: () => tf.train.rmsprop(0.01, 0.9, 0.1),
};

/** A convolutional, recurrent and dense model in one. */
function model(outputActivation: 'linear' | 'softmax' | 'sigmoid'): tf.Sequential {
  const kernelInitializer = tf.initializers.glorotUniform({ seed: 3 });
  const recurrentInitializer = tf.initializers.glorotUniform({ seed: 4 });
  return tf.sequential({
    layers: [
      tf.layers.conv2d({
        filters: 4,
        kernelSize: 3,
        activation: 'relu',
        inputShape: [6, 6, 2],
        kernelInitializer,
      }),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.reshape({ targetShape: [4, 4] }),
      tf.layers.gru({ units: 5, kernelInitializer, recurrentInitializer }),
      tf.layers.dense({ units: 3, activation: outputActivation, kernelInitializer }),
    ],
  });
}

const losses = [
  ['meanSquaredError', 'linear'],
  ['meanAbsoluteError', 'linear'],
  ['meanAbsolutePercentageError', 'linear'],
  ['meanSquaredLogarithmicError', 'sigmoid'],
  ['squaredHinge', 'linear'],
  ['hinge', 'linear'],
  ['categoricalHinge', 'linear'],
  ['logcosh', 'linear'],
  ['categoricalCrossentropy', 'softmax'],
  ['sparseCategoricalCrossentropy', 'softmax'],
  ['binaryCrossentropy', 'sigmoid'],
  ['kullbackLeiblerDivergence', 'softmax'],
  ['poisson', 'softmax'],
  ['cosineProximity', 'linear'],
] as const;

async function trained(
  backend: 'cpu' | 'wasm',
  optimizer: tf.Optimizer,
  [loss, activation]: (typeof losses)[number],
): Promise<{ loss: readonly (number | tf.Tensor)[]; weights: number[] }> {
  await tf.setBackend(backend);
  const made = model(activation);
  made.compile({ optimizer, loss });
  const x = normal([8, 6, 6, 2], 6);
  const classes = tf.tensor1d([0, 1, 2, 0, 1, 2, 0, 1], 'float32');
  const sparse = loss === 'sparseCategoricalCrossentropy';
  // A percentage needs targets other than 0.
  const least = loss === 'meanAbsolutePercentageError' ? 1 : 0;
  const y = sparse ? classes : tf.tidy(() => tf.add(tf.oneHot(tf.cast(classes, 'int32'), 3), least));
  const history = await made.fit(x, y, { batchSize: 4, epochs: 2, shuffle: false, verbose: 0 });
  const result = { loss: history.history.loss ?? [], weights: weights(made).flat() };
  tf.dispose([x, y, classes]);
  free(made);
  await tf.setBackend('wasm');
  return result;
}

describe('training on wasm, by TensorFlow.js’ own model.fit', () => {
  before(useWasm);

  for (const [name, make] of Object.entries(optimizers)) {
    it(`moves weights as on the cpu back end with ${name}`, async () => {
      const expected = await trained('cpu', make(), losses[8]);
      const actual = await trained('wasm', make(), losses[8]);
      assertClose(actual.weights, expected.weights, 1e-4);
    });
  }

  for (const loss of losses) {
    it(`lowers ${loss[0]} as on the cpu back end`, async () => {
      const expected = await trained('cpu', tf.train.sgd(0.01), loss);
      const actual = await trained('wasm', tf.train.sgd(0.01), loss);
      assertClose(actual.loss.map(Number), expected.loss.map(Number), 1e-4);
      assertClose(actual.weights, expected.weights, 1e-4);
    });
  }

  for (const [loss, activation] of losses) {
    it(`shows in ${loss} that a weight is NaN`, async () => {
      const made = model(activation);
      made.compile({ optimizer: 'sgd', loss });
      tf.tidy(() => made.setWeights(made.getWeights().map(weight => tf.fill(weight.shape, NaN))));
      const x = normal([4, 6, 6, 2], 6);
      const y = loss === 'sparseCategoricalCrossentropy' ? tf.zeros([4, 1]) : tf.ones([4, 3]);
      assert.equal(Number(await made.trainOnBatch(x, y)), NaN);
      tf.dispose([x, y]);
      free(made);
    });
  }

  it('takes no more memory after 2,000 steps than after 100', async () => {
    const made = tf.sequential({
      layers: [
        tf.layers.embedding({ inputDim: 20, outputDim: 4, inputLength: 6, maskZero: true }),
        tf.layers.bidirectional({ layer: lstm() }),
        tf.layers.reshape({ targetShape: [6, 6, 1] }),
        tf.layers.conv2d({ filters: 2, kernelSize: 3, activation: 'relu' }),
        tf.layers.maxPooling2d({ poolSize: 2 }),
        tf.layers.flatten(),
        tf.layers.dense({ units: 1, activation: 'sigmoid' }),
      ],
    });
    made.compile({ optimizer: 'rmsprop', loss: 'binaryCrossentropy' });
    const x = tf.tensor2d([1, 2, 3, 4, 0, 0, 7, 8, 9, 0, 0, 0], [2, 6]);
    const y = tf.tensor2d([0, 1], [2, 1]);
    const train = async (steps: number): Promise<void> => {
      for (let i = 0; i < steps; i++)
        await made.trainOnBatch(x, y).then(loss => assert(Number.isFinite(Number(loss))));
    };
    const taken = () => {
      const { numTensors, numDataBuffers } = tf.memory();
      const { backend } = tf.engine();
      return { numTensors, numDataBuffers, ids: backend.numDataIds(), bytes: heapBytes(backend) };
    };
    await train(100);
    const early = taken();
    await train(1900);
    assert.deepEqual(taken(), early);
    tf.dispose([x, y]);
    free(made);
  }).timeout(120_000);
});

function lstm(): tf.RNN {
  const layer = tf.layers.lstm({ units: 3, returnSequences: true });
  assert(layer instanceof tf.RNN);
  return layer;
}

function heapBytes(backend: object): number {
  assert('wasm' in backend && typeof backend.wasm === 'object' && backend.wasm !== null);
  assert('HEAPU8' in backend.wasm && backend.wasm.HEAPU8 instanceof Uint8Array);
  return backend.wasm.HEAPU8.byteLength;
}
