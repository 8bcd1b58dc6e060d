import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { on } from './helpers';
import { recognise, type Recognised, type Task } from '../../../src/engines/compiled/recognise';

/** tf's type knows lists of names and lists of functions, not both in one. */
function mixed(metrics: readonly (string | object)[]): string[] {
  const list: unknown[] = [...metrics];
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return list as string[];
}

type Compile = Partial<tf.ModelCompileArgs>;

function stack(layers: tf.layers.Layer[], compile: Compile = {}): tf.LayersModel {
  const model = tf.sequential({ layers });
  model.compile({ optimizer: 'rmsprop', loss: 'meanSquaredError', ...compile });
  return model;
}

const first = (rest: Partial<Parameters<typeof tf.layers.dense>[0]> = {}): tf.layers.Layer =>
  tf.layers.dense({ units: 3, inputShape: [4], name: 'first', ...rest });

function reason(model: tf.LayersModel, task: Task = 'fit'): string {
  const recognised = recognise(model, task);
  assert.ok(typeof recognised === 'string', 'the model is not taken');
  return recognised;
}

function taken(model: tf.LayersModel, task: Task = 'fit'): Recognised {
  const recognised = recognise(model, task);
  assert.ok(typeof recognised === 'object', 'the model is taken');
  return recognised;
}

class OwnDense extends tf.layers.Layer {
  static className = 'OwnDense';
}

function myLoss(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return tf.sub(a, b).square().mean(-1);
}

const takes = 'the compiled engine takes Dense, Dropout and Activation layers';

describe('recognise', () => {
  it('takes stacks of Dense, Dropout and Activation layers', () => {
    const model = stack(
      [
        first({
          activation: 'relu',
          kernelRegularizer: 'l1l2',
          biasRegularizer: tf.regularizers.l2({ l2: 0.5 }),
        }),
        tf.layers.dropout({ rate: 0.25 }),
        tf.layers.dropout({ rate: 0 }),
        tf.layers.activation({ activation: 'tanh' }),
        tf.layers.activation({ activation: 'linear' }),
        tf.layers.reLU(),
        tf.layers.elu(),
        tf.layers.dense({ units: 2, useBias: false, trainable: false }),
        tf.layers.softmax(),
      ],
      { loss: 'categoricalCrossentropy', metrics: ['accuracy', 'mse'] },
    );
    const { network, variables, metricOrder } = taken(model);
    const none = { l1: 0, l2: 0 };
    assert.deepEqual(network, {
      inputs: 4,
      layers: [
        {
          kind: 'dense',
          units: 3,
          activation: 'relu',
          useBias: true,
          trainable: true,
          kernelRegularizer: { l1: 0.01, l2: 0.01 },
          biasRegularizer: { l1: 0, l2: 0.5 },
        },
        { kind: 'dropout', rate: 0.25 },
        { kind: 'activation', activation: 'tanh' },
        { kind: 'activation', activation: 'relu' },
        { kind: 'activation', activation: 'elu' },
        {
          kind: 'dense',
          units: 2,
          activation: 'linear',
          useBias: false,
          trainable: false,
          kernelRegularizer: none,
          biasRegularizer: none,
        },
        { kind: 'activation', activation: 'softmax' },
      ],
      loss: 'categoricalCrossentropy',
      metrics: ['categoricalAccuracy', 'meanSquaredError'],
      optimizer: { kind: 'rmsprop', learningRate: 0.001, decay: 0.9, decay2: 0, epsilon: 1e-7 },
    });
    assert.deepEqual(
      variables.map(({ kernel, bias }) => [kernel.shape, bias?.shape]),
      [
        [[4, 3], [3]],
        [[3, 2], undefined],
      ],
    );
    assert.deepEqual(metricOrder, [0, 1]);
  });

  it('takes a functional model that is one line', () => {
    const input = tf.input({ shape: [4] });
    const output = on(tf.layers.dense({ units: 1 }), on(tf.layers.dense({ units: 2 }), input));
    const model = tf.model({ inputs: input, outputs: output });
    model.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
    assert.equal(taken(model).network.layers.length, 2);
  });

  it('takes losses and metrics by name, short name and function', () => {
    for (const [loss, wanted, units] of [
      ['meanSquaredError', 'meanSquaredError', 1],
      [tf.metrics.meanSquaredError, 'meanSquaredError', 1],
      ['meanAbsoluteError', 'meanAbsoluteError', 1],
      [tf.metrics.meanAbsoluteError, 'meanAbsoluteError', 1],
      ['binaryCrossentropy', 'binaryCrossentropy', 1],
      [tf.metrics.binaryCrossentropy, 'binaryCrossentropy', 1],
      ['categoricalCrossentropy', 'categoricalCrossentropy', 3],
      [tf.metrics.categoricalCrossentropy, 'categoricalCrossentropy', 3],
    ] as const) {
      assert.equal(taken(stack([first({ units })], { loss })).network.loss, wanted);
    }
    const metrics = [
      'accuracy',
      'binaryAccuracy',
      tf.metrics.binaryAccuracy,
      'mae',
      tf.metrics.meanAbsoluteError,
      'MSE',
    ];
    const model = stack([first({ units: 1 })], { loss: 'binaryCrossentropy', metrics: mixed(metrics) });
    assert.deepEqual(taken(model).network.metrics, [
      'binaryAccuracy',
      'meanAbsoluteError',
      'meanSquaredError',
    ]);
    assert.deepEqual(taken(model).metricOrder, [0, 0, 0, 1, 1, 2]);
    const sparse = stack([first()], {
      loss: 'sparseCategoricalCrossentropy',
      metrics: mixed(['accuracy', tf.metrics.sparseCategoricalAccuracy]),
    });
    assert.deepEqual(taken(sparse).network.metrics, ['sparseCategoricalAccuracy']);
  });

  it('takes optimizers with all their settings', () => {
    for (const [optimizer, wanted] of [
      [tf.train.sgd(0.5), { kind: 'sgd', learningRate: 0.5, decay: 0, decay2: 0, epsilon: 0 }],
      ['sgd', { kind: 'sgd', learningRate: 0.01, decay: 0, decay2: 0, epsilon: 0 }],
      [
        tf.train.momentum(0.5, 0.8),
        { kind: 'momentum', learningRate: 0.5, decay: 0.8, decay2: 0, epsilon: 0 },
      ],
      [
        tf.train.momentum(0.5, 0.8, true),
        { kind: 'nesterov', learningRate: 0.5, decay: 0.8, decay2: 0, epsilon: 0 },
      ],
      [
        tf.train.rmsprop(0.5, 0.8, 0, 0.1),
        { kind: 'rmsprop', learningRate: 0.5, decay: 0.8, decay2: 0, epsilon: 0.1 },
      ],
      [
        tf.train.adam(0.5, 0.8, 0.7, 0.1),
        { kind: 'adam', learningRate: 0.5, decay: 0.8, decay2: 0.7, epsilon: 0.1 },
      ],
      ['adam', { kind: 'adam', learningRate: 0.001, decay: 0.9, decay2: 0.999, epsilon: 1e-7 }],
    ] as const) {
      assert.deepEqual(taken(stack([first()], { optimizer })).network.optimizer, wanted);
    }
  });

  for (const [what, make, wanted] of [
    [
      'a convolution',
      () =>
        stack([
          tf.layers.conv2d({ filters: 1, kernelSize: 2, inputShape: [4, 4, 1], name: 'conv' }),
          tf.layers.flatten(),
          first({ inputShape: undefined }),
        ]),
      `the layer "conv" is a Conv2D; ${takes}`,
    ],
    [
      'an LSTM',
      () =>
        stack([
          tf.layers.lstm({ units: 2, inputShape: [5, 3], name: 'memory' }),
          tf.layers.dense({ units: 1 }),
        ]),
      `the layer "memory" is an LSTM; ${takes}`,
    ],
    [
      'an embedding',
      () =>
        stack([
          tf.layers.embedding({ inputDim: 5, outputDim: 2, inputLength: 3, name: 'words' }),
          tf.layers.flatten(),
          tf.layers.dense({ units: 1 }),
        ]),
      `the layer "words" is an Embedding; ${takes}`,
    ],
    [
      'a layer of its own class',
      () => stack([new OwnDense({ inputShape: [4], name: 'mine' }), tf.layers.dense({ units: 1 })]),
      `the layer "mine" is an OwnDense; ${takes}`,
    ],
    [
      'a layer of a class derived from Dense',
      () => {
        const layer = first();
        Object.setPrototypeOf(layer, Object.create(Object.getPrototypeOf(layer)));
        return stack([layer]);
      },
      `the layer "first" is of a class of its own; ${takes}`,
    ],
    [
      'another activation',
      () => stack([first({ activation: 'softsign' })]),
      'the layer "first" has the activation softsign, which is not among linear, relu, sigmoid, tanh, softmax, elu, selu',
    ],
    [
      'a constraint',
      () => stack([first({ kernelConstraint: 'maxNorm' })]),
      'the layer "first" has a kernelConstraint',
    ],
    [
      'a relu with an upper bound',
      () => stack([first(), tf.layers.reLU({ maxValue: 6, name: 'six' })]),
      'the layer "six" has a maxValue',
    ],
    [
      'a seeded dropout',
      () => stack([first(), tf.layers.dropout({ rate: 0.5, seed: 3, name: 'drop' })]),
      'the layer "drop" has a seed of its own, with which TensorFlow.js drops the same values in every step',
    ],
    [
      'a dropout with a shape',
      () => stack([first(), tf.layers.dropout({ rate: 0.5, noiseShape: [1, 3], name: 'drop' })]),
      'the layer "drop" has a noiseShape',
    ],
    [
      'no Dense layer',
      () => stack([tf.layers.activation({ activation: 'relu', inputShape: [4] })]),
      'the model has no Dense layer',
    ],
    [
      'more than two axes',
      () => stack([tf.layers.dense({ units: 1, inputShape: [5, 4], name: 'steps' })]),
      'the input has 3 axes of shape [any, 5, 4] instead of samples and features',
    ],
    [
      'another loss',
      () => stack([first({ units: 1 })], { loss: 'hinge' }),
      'the loss hinge is not among meanSquaredError, meanAbsoluteError, binaryCrossentropy, categoricalCrossentropy, sparseCategoricalCrossentropy',
    ],
    [
      'a loss of the user',
      () => stack([first()], { loss: myLoss }),
      'the loss myLoss is not among meanSquaredError, meanAbsoluteError, binaryCrossentropy, categoricalCrossentropy, sparseCategoricalCrossentropy',
    ],
    [
      'a loss of the user with the name of a known one',
      () =>
        stack([first()], {
          loss: { meanSquaredError: (a: tf.Tensor, b: tf.Tensor) => tf.sub(a, b) }.meanSquaredError,
        }),
      'the loss given as another function named meanSquaredError is not among meanSquaredError, meanAbsoluteError, binaryCrossentropy, categoricalCrossentropy, sparseCategoricalCrossentropy',
    ],
    [
      'an operation of tf as the loss',
      () => stack([first()], { loss: tf.losses.meanSquaredError }),
      'the loss given as another function named meanSquaredError is not among meanSquaredError, meanAbsoluteError, binaryCrossentropy, categoricalCrossentropy, sparseCategoricalCrossentropy',
    ],
    [
      'a loss that bundling renamed',
      () => stack([first()], { loss: 'meanAbsolutePercentageError' }),
      'the loss meanAbsolutePercentageError is not among meanSquaredError, meanAbsoluteError, binaryCrossentropy, categoricalCrossentropy, sparseCategoricalCrossentropy',
    ],
    [
      'another metric',
      () => stack([first()], { metrics: ['precision'] }),
      'the metric precision is not among binaryAccuracy, categoricalAccuracy, sparseCategoricalAccuracy, meanAbsoluteError, meanSquaredError',
    ],
    [
      'a metric that does not fit the loss',
      () => stack([first()], { loss: 'sparseCategoricalCrossentropy', metrics: ['mae'] }),
      'the metric meanAbsoluteError does not go with the loss sparseCategoricalCrossentropy',
    ],
    [
      'another optimizer',
      () => stack([first()], { optimizer: 'adagrad' }),
      'the optimizer Adagrad is not among SGD, Momentum, RMSProp and Adam',
    ],
    [
      'a centered RMSprop',
      () => stack([first()], { optimizer: tf.train.rmsprop(0.1, 0.9, 0, 1e-7, true) }),
      'the optimizer RMSProp is centered',
    ],
    [
      'an RMSprop with momentum',
      () => stack([first()], { optimizer: tf.train.rmsprop(0.1, 0.9, 0.5) }),
      'the optimizer RMSProp has a momentum',
    ],
    [
      'a layer used twice',
      () => {
        const input = tf.input({ shape: [4] });
        const shared = tf.layers.dense({ units: 4, name: 'shared' });
        const model = tf.model({
          inputs: input,
          outputs: on(shared, on(shared, input)),
        });
        model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
        return model;
      },
      'the layer "shared" is used twice',
    ],
    [
      'branches',
      () => {
        const input = tf.input({ shape: [4] });
        const [a, b] = [1, 2].map(() => on(tf.layers.dense({ units: 2 }), input));
        const sum = on(tf.layers.add({ name: 'sum' }), a!, b!);
        const model = tf.model({ inputs: input, outputs: sum });
        model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
        return model;
      },
      'the layer "sum" has 2 inputs',
    ],
    [
      'several outputs',
      () => {
        const input = tf.input({ shape: [4] });
        const outputs = [1, 2].map(() => on(tf.layers.dense({ units: 2 }), input));
        const model = tf.model({ inputs: input, outputs });
        model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
        return model;
      },
      'the model has 2 outputs',
    ],
  ] as const) {
    it(`says what is in the way: ${what}`, () => assert.equal(reason(make()), wanted));
  }

  it('asks less for evaluation and prediction', () => {
    const model = stack([first()], { optimizer: 'adagrad', loss: 'meanSquaredError' });
    taken(model, 'evaluate');
    const other = stack([first()], { loss: 'hinge' });
    assert.match(reason(other, 'evaluate'), /^the loss hinge/);
    taken(other, 'predict');
    const uncompiled = tf.sequential({ layers: [first()] });
    taken(uncompiled, 'predict');
  });

  it('leaves the numbering of layers and Math.random alone', () => {
    // referenceModel has run in the tests above; in a fresh process engine.test.ts checks the same.
    const before = tf.layers.dense({ units: 1 }).name;
    recognise(stack([first()]), 'fit');
    const after = tf.layers.dense({ units: 1 }).name;
    assert.equal(Number(/\d+$/.exec(after)![0]) - Number(/\d+$/.exec(before)![0]), 1);
  });
});
