// The data and models of the chapter, as the bench and the comparison of fidelity use them.

import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
/** @type {typeof import('@tensorflow/tfjs')} */
export const tf = require('@tensorflow/tfjs');
/** @type {typeof import('../../src/index.ts')} */
export const primer = require('../../dist/index.js');

const { bostonHousing, imdb, reuters, StandardScaler, toCategorical, trainTestSplit, vectorizeSequences } =
  primer;

/** Boston housing, features and targets standardised by all 404 training rows. */
export async function loadBoston() {
  const [[rawX, rawY], [rawXt, rawYt]] = await bostonHousing.loadData();
  const scaler = new StandardScaler().fit(rawX);
  const column = new StandardScaler().fit(rawY.map(v => [v]));
  /** @param {number[]} y */
  const scale = y => column.transform(y.map(v => [v])).map((/** @type {number[]} */ row) => row[0] ?? NaN);
  return { x: scaler.transform(rawX), y: scale(rawY), xt: scaler.transform(rawXt), yt: scale(rawYt) };
}

/** IMDB, the 10,000 most frequent words, multi-hot. */
export async function loadImdb() {
  const [[train, y], [test, yt]] = await imdb.loadData({ numWords: 10000 });
  return {
    x: vectorizeSequences(train, { dimension: 10000 }),
    y,
    xt: vectorizeSequences(test, { dimension: 10000 }),
    yt,
  };
}

/** Reuters, the same; 1,000 rows for validation by scikit-learn's split. */
export async function loadReuters() {
  const [[train, labels], [test, testLabels]] = await reuters.loadData({ numWords: 10000 });
  const x = vectorizeSequences(train, { dimension: 10000 });
  const y = toCategorical(labels, { numClasses: 46 });
  const [xTrain, xVal, yTrain, yVal] = trainTestSplit(x, y, { testSize: 1000, randomState: 12345 });
  const xt = vectorizeSequences(test, { dimension: 10000 });
  return { xTrain, xVal, yTrain, yVal, xt, yt: toCategorical(testLabels, { numClasses: 46 }) };
}

/**
 * @param {number[]} widths hidden layers
 * @param {{ inputs: number, units: number, end: 'linear' | 'sigmoid' | 'softmax', loss: string, metric: string }} ends
 */
function build(widths, { inputs, units, end, loss, metric }) {
  const model = tf.sequential();
  [...widths, units].forEach((width, i) => {
    const activation = i === widths.length ? end : 'relu';
    const shape = i === 0 ? { inputShape: [inputs] } : {};
    // Keras' default; that of TensorFlow.js is glorotNormal.
    model.add(tf.layers.dense({ units: width, activation, kernelInitializer: 'glorotUniform', ...shape }));
  });
  model.compile({ optimizer: tf.train.rmsprop(0.001), loss, metrics: [metric] });
  return model;
}

export const bostonModel = () =>
  build([64, 64], { inputs: 13, units: 1, end: 'linear', loss: 'meanSquaredError', metric: 'mae' });

export const imdbModel = () =>
  build([16, 16], {
    inputs: 10000,
    units: 1,
    end: 'sigmoid',
    loss: 'binaryCrossentropy',
    metric: 'accuracy',
  });

/** @param {number[]} widths */
export const reutersModel = widths =>
  build(widths, {
    inputs: 10000,
    units: 46,
    end: 'softmax',
    loss: 'categoricalCrossentropy',
    metric: 'accuracy',
  });
