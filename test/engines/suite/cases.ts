import * as tf from '@tensorflow/tfjs';
import { RandomState } from '../../../src/random/RandomState';

/** A model to train a little on every engine and back end. */
export interface Case {
  readonly name: string;
  /** Compiled, with the same weights every time. */
  readonly build: () => tf.LayersModel;
  readonly x: number[][] | tf.Tensor;
  readonly y: number[] | number[][];
}

const glorot = (seed: number) => tf.initializers.glorotUniform({ seed });

const random = (seed: number, ...shape: number[]): Float32Array =>
  Float32Array.from(new RandomState(seed).randn(shape.reduce((size, axis) => size * axis, 1)));

const table = (seed: number, rows: number, columns: number): number[][] => {
  const values = random(seed, rows, columns);
  return Array.from({ length: rows }, (_, row) => [...values.slice(row * columns, (row + 1) * columns)]);
};

const integers = (seed: number, count: number, below: number): number[] =>
  [...random(seed, count)].map(value => Math.floor(Math.abs(value) * 1000) % below);

const oneHot = (labels: readonly number[], classes: number): number[][] =>
  labels.map(label => Array.from({ length: classes }, (_, i) => (i === label ? 1 : 0)));

const samples = 48;

function classifier(
  layers: tf.layers.Layer[],
  classes = 3,
  optimizer: tf.Optimizer = tf.train.adam(0.01),
): tf.LayersModel {
  const end = tf.layers.dense({ units: classes, activation: 'softmax', kernelInitializer: glorot(99) });
  const model = tf.sequential({ layers: [...layers, end] });
  model.compile({ optimizer, loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  return model;
}

const classes = oneHot(integers(7, samples, 3), 3);
const images = (): tf.Tensor => tf.tensor(random(1, samples, 12, 12, 2), [samples, 12, 12, 2]);
const series = (): tf.Tensor => tf.tensor(random(2, samples, 10, 4), [samples, 10, 4]);
const words = (): number[][] => Array.from({ length: samples }, (_, i) => integers(100 + i, 14, 60));

/** The models of the suite: each kind of layer that the engines compute in their own way. */
export const cases: readonly (() => Case)[] = [
  () => ({
    name: 'dense, mean squared error, batch after batch',
    x: table(3, samples, 13),
    y: [...random(4, samples)],
    build: () => {
      const layers = [16, 16, 1].map((units, i) =>
        tf.layers.dense({
          units,
          kernelInitializer: glorot(i),
          ...(i < 2 ? { activation: 'relu' as const } : {}),
          ...(i === 0 ? { inputShape: [13] } : {}),
        }),
      );
      const model = tf.sequential({ layers });
      model.compile({ optimizer: tf.train.rmsprop(0.001), loss: 'meanSquaredError', metrics: ['mae'] });
      return model;
    },
  }),
  () => ({
    name: 'dense, 46 classes, multi-hot',
    x: Array.from({ length: samples }, (_, i) =>
      oneHot(integers(200 + i, 9, 400), 400).reduce((a, b) => a.map((value, j) => Math.max(value, b[j]!))),
    ),
    y: oneHot(integers(8, samples, 46), 46),
    build: () =>
      classifier(
        [tf.layers.dense({ units: 24, activation: 'relu', inputShape: [400], kernelInitializer: glorot(5) })],
        46,
        tf.train.rmsprop(0.001),
      ),
  }),
  () => ({
    name: 'convolution and pooling',
    x: images(),
    y: classes,
    build: () =>
      classifier([
        tf.layers.conv2d({
          filters: 6,
          kernelSize: 3,
          padding: 'same',
          activation: 'relu',
          inputShape: [12, 12, 2],
          kernelInitializer: glorot(1),
        }),
        tf.layers.maxPooling2d({ poolSize: 2 }),
        tf.layers.conv2d({ filters: 8, kernelSize: 3, strides: 2, kernelInitializer: glorot(2) }),
        tf.layers.averagePooling2d({ poolSize: 2 }),
        tf.layers.flatten(),
      ]),
  }),
  () => ({
    name: 'separable, depthwise and transposed convolution',
    x: images(),
    y: classes,
    build: () =>
      classifier([
        tf.layers.separableConv2d({
          filters: 5,
          kernelSize: 3,
          inputShape: [12, 12, 2],
          depthwiseInitializer: glorot(1),
          pointwiseInitializer: glorot(2),
        }),
        tf.layers.depthwiseConv2d({ kernelSize: 3, depthwiseInitializer: glorot(3) }),
        tf.layers.conv2d({ filters: 4, kernelSize: 2, padding: 'same', kernelInitializer: glorot(4) }),
        tf.layers.conv2dTranspose({ filters: 3, kernelSize: 3, kernelInitializer: glorot(5) }),
        tf.layers.globalAveragePooling2d({}),
      ]),
  }),
  () => ({
    name: 'normalisation by batch and by layer',
    x: images(),
    y: classes,
    build: () =>
      classifier([
        tf.layers.conv2d({
          // No bias: behind it, batch normalisation takes the gradient to 0, and adam would train on the rounding.
          useBias: false,
          filters: 4,
          kernelSize: 3,
          inputShape: [12, 12, 2],
          kernelInitializer: glorot(1),
        }),
        tf.layers.batchNormalization(),
        tf.layers.activation({ activation: 'tanh' }),
        tf.layers.layerNormalization(),
        tf.layers.globalMaxPooling2d({}),
      ]),
  }),
  () => ({
    name: 'embedding, dropout and one-dimensional convolution',
    x: words(),
    y: classes,
    build: () =>
      classifier([
        tf.layers.embedding({
          inputDim: 60,
          outputDim: 8,
          inputLength: 14,
          embeddingsInitializer: tf.initializers.randomUniform({ minval: -0.1, maxval: 0.1, seed: 1 }),
        }),
        tf.layers.dropout({ rate: 0.2 }),
        tf.layers.conv1d({ filters: 6, kernelSize: 3, activation: 'relu', kernelInitializer: glorot(2) }),
        tf.layers.globalMaxPooling1d(),
      ]),
  }),
  ...(['simpleRNN', 'lstm', 'gru'] as const).map(kind => () => ({
    name: `recurrence: ${kind}`,
    x: series(),
    y: classes,
    build: () => classifier([recurrent(kind, { inputShape: [10, 4] })]),
  })),
  () => ({
    name: 'recurrence: stacked, both directions, masked words',
    x: words(),
    y: classes,
    build: () =>
      classifier([
        tf.layers.embedding({
          inputDim: 60,
          outputDim: 6,
          inputLength: 14,
          maskZero: true,
          embeddingsInitializer: tf.initializers.randomUniform({ minval: -0.3, maxval: 0.3, seed: 1 }),
        }),
        tf.layers.gru({
          units: 5,
          returnSequences: true,
          kernelInitializer: glorot(1),
          recurrentInitializer: glorot(2),
        }),
        tf.layers.bidirectional({ layer: recurrent('lstm'), mergeMode: 'concat' }),
      ]),
  }),
];

function recurrent(kind: 'simpleRNN' | 'lstm' | 'gru', shape: { inputShape?: number[] } = {}): tf.layers.RNN {
  const options = { units: 7, kernelInitializer: glorot(21), recurrentInitializer: glorot(22), ...shape };
  // glorotUniform also replaces the default initializer of the recurrent weights, a QR decomposition that back ends may round differently.
  if (kind === 'simpleRNN') return tf.layers.simpleRNN(options);
  return kind === 'lstm' ? tf.layers.lstm(options) : tf.layers.gru(options);
}
