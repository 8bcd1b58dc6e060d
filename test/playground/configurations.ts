import * as tf from '@tensorflow/tfjs';
import { bostonHousing } from '../../src/datasets/bostonHousing';
import type { PlaygroundOptions } from '../../src/playground/playground';
import { StandardScaler } from '../../src/preprocessing/StandardScaler';
import { RandomState } from '../../src/random/RandomState';

/** A training that a page shall repeat. */
export interface Configuration {
  readonly name: string;
  readonly build: () => tf.Sequential;
  readonly x: number[][];
  readonly y: number[];
  readonly options: PlaygroundOptions & { readonly seed: number };
}

/** The chapter's net for Boston, a two-dimensional toy problem as in 02, and one of another loss, activation and optimizer. */
export async function configurations(): Promise<Configuration[]> {
  return [await boston(), toy(), classes()];
}

async function boston(): Promise<Configuration> {
  const [[trainX, trainY], [testX, testY]] = await bostonHousing.loadData();
  const scaler = new StandardScaler().fit(trainX);
  const targets = new StandardScaler().fit(trainY.map(price => [price]));
  const scaled = (prices: number[]): number[] => targets.transform(prices.map(price => [price])).flat();
  return {
    name: 'Boston housing',
    build: () => {
      const model = tf.sequential();
      model.add(tf.layers.dense({ units: 64, activation: 'relu', inputShape: [13] }));
      model.add(tf.layers.dense({ units: 64, activation: 'relu' }));
      model.add(tf.layers.dense({ units: 1 }));
      model.compile({ optimizer: 'rmsprop', loss: 'meanSquaredError', metrics: ['mae'] });
      return model;
    },
    x: scaler.transform(trainX),
    y: scaled(trainY),
    options: {
      epochs: 80,
      batchSize: 16,
      seed: 1,
      validationSplit: 0.2,
      testData: [scaler.transform(testX), scaled(testY)],
      measures: { mae: { title: 'mean absolute error (thousand dollars)', factor: targets.scale![0]! } },
    },
  };
}

function toy(): Configuration {
  const random = new RandomState(3);
  const points = random.uniform(-1, 1, [400, 2]);
  const inside = points.map(([a, b]) => (Math.hypot(a!, b!) < 0.75 ? 1 : 0));
  return {
    name: 'points in a circle',
    build: () => {
      const model = tf.sequential();
      model.add(tf.layers.dense({ units: 16, activation: 'relu', inputShape: [2] }));
      model.add(tf.layers.dense({ units: 1, activation: 'sigmoid' }));
      model.compile({ optimizer: tf.train.rmsprop(0.01), loss: 'binaryCrossentropy', metrics: ['accuracy'] });
      return model;
    },
    x: points.slice(0, 300),
    y: inside.slice(0, 300),
    options: {
      epochs: 30,
      seed: 2 ** 32 - 1,
      validationData: [points.slice(300), inside.slice(300)],
      features: ['x', 'y'],
      classes: ['outside', 'inside'],
    },
  };
}

function classes(): Configuration {
  const random = new RandomState(5);
  const x = random.uniform(-2, 2, [101, 3]);
  return {
    name: 'three classes',
    build: () => {
      const model = tf.sequential();
      for (const inputShape of [[3], undefined, undefined]) {
        model.add(tf.layers.dense({ units: 7, activation: 'tanh', inputShape }));
      }
      model.add(tf.layers.dense({ units: 3, activation: 'softmax' }));
      model.compile({
        optimizer: tf.train.adam(0.003),
        loss: 'sparseCategoricalCrossentropy',
        metrics: ['accuracy'],
      });
      return model;
    },
    x,
    y: x.map(row => row.indexOf(Math.max(...row))),
    options: { epochs: 12, batchSize: 1, seed: 42, title: 'Which is the largest?' },
  };
}
