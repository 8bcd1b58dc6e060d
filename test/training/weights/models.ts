import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { apply } from '../models';

/** What real Keras predicted, and which of our files it has read: test/reference/keras/weights.py. */
export interface GoldenWeights {
  /** Hashes of the Python in docs/weights.md. */
  docs: string[];
  models: Record<
    string,
    {
      shape: number[];
      x: number[];
      predictions: number[];
      /** The arrays of the file that `exportWeights` wrote and Keras read with the same predictions. */
      names: string[];
      exportedSha256: string;
    }
  >;
}

export const reference = path.join(__dirname, '../../reference/keras');

export const golden: GoldenWeights = JSON.parse(readFileSync(path.join(reference, 'weights.json'), 'utf8'));

const { layers } = tf;

function stack(inputShape: number[], ...rest: tf.layers.Layer[]): tf.Sequential {
  return tf.sequential({ layers: [layers.inputLayer({ inputShape }), ...rest] });
}

const recurrentActivation = 'sigmoid';

function branches(): tf.LayersModel {
  const x = tf.input({ shape: [4] });
  const inner = stack([4], layers.dense({ units: 3, activation: 'tanh' }), layers.batchNormalization());
  const a = apply(layers.dense({ units: 3, activation: 'relu' }), x);
  const both = apply(layers.concatenate(), [apply(inner, x), apply(layers.batchNormalization(), a)]);
  return tf.model({ inputs: x, outputs: apply(layers.dense({ units: 1 }), both) });
}

function lstm(units: number, returnSequences = false): tf.layers.Layer {
  return layers.lstm({ units, returnSequences, recurrentActivation });
}

function gru(units: number, returnSequences = false): tf.layers.Layer {
  return layers.gru({ units, returnSequences, recurrentActivation });
}

function bidirectional(units: number, returnSequences: boolean, cell: 'lstm' | 'gru'): tf.layers.Layer {
  const options = { units, returnSequences, recurrentActivation } as const;
  const layer = cell === 'lstm' ? layers.lstm(options) : layers.gru(options);
  // tf types it as a class that it does not export.
  const args: unknown = { layer, mergeMode: 'concat' };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return layers.bidirectional(args as Parameters<typeof layers.bidirectional>[0]);
}

/** The models of test/reference/keras/weights.py. */
export const models: Record<string, () => tf.LayersModel> = {
  dense: () =>
    stack(
      [4],
      layers.dense({ units: 8, activation: 'relu' }),
      layers.dropout({ rate: 0.5 }),
      layers.dense({ units: 1 }),
    ),
  convolution: () =>
    stack(
      [8, 8, 2],
      layers.conv2d({ filters: 3, kernelSize: [3, 2], activation: 'relu' }),
      layers.batchNormalization(),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.conv2d({ filters: 4, kernelSize: 2, strides: 2, padding: 'same', useBias: false }),
      layers.flatten(),
      layers.dense({ units: 3, activation: 'softmax' }),
    ),
  separable: () =>
    stack(
      [7, 7, 2],
      layers.separableConv2d({ filters: 3, kernelSize: 2, depthMultiplier: 2 }),
      layers.depthwiseConv2d({ kernelSize: 2, depthMultiplier: 2 }),
      layers.conv2dTranspose({ filters: 2, kernelSize: 3, strides: 2 }),
      layers.globalAveragePooling2d({ dataFormat: 'channelsLast' }),
      layers.dense({ units: 2 }),
    ),
  sequence: () =>
    stack(
      [9, 3],
      layers.conv1d({ filters: 4, kernelSize: 3, activation: 'relu' }),
      layers.layerNormalization(),
      layers.simpleRNN({ units: 5 }),
      layers.dense({ units: 2 }),
    ),
  lstm: () => stack([6, 3], lstm(4, true), lstm(5), layers.dense({ units: 1, activation: 'sigmoid' })),
  gru: () => stack([6, 3], gru(4, true), gru(5), layers.dense({ units: 1, activation: 'sigmoid' })),
  bidirectional: () =>
    stack(
      [5],
      layers.embedding({ inputDim: 10, outputDim: 4 }),
      bidirectional(3, true, 'lstm'),
      layers.timeDistributed({ layer: layers.dense({ units: 4 }) }),
      bidirectional(3, false, 'gru'),
      layers.dense({ units: 1 }),
    ),
  branches,
};
