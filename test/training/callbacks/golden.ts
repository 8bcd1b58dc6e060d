import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import type { Callback } from '../../../src/training/Callback';
import { untyped } from '../../untyped';
import { withProgress } from '../models';

/** A number, with NaN and infinities as Python writes them. */
export type Plain = number | 'nan' | 'inf' | '-inf';

/** What real Keras decided: test/reference/keras/callbacks.py. */
export interface Golden {
  earlyStopping: {
    options: Record<string, unknown>;
    first: number;
    values: Plain[];
    stop: boolean;
    last: number;
    best: Plain | null;
    bestEpoch: number;
    stoppedEpoch: number;
    weights: number;
    messages: string[];
  }[];
  reduceLROnPlateau: {
    options: Record<string, unknown>;
    values: Plain[];
    rates: number[];
    logged: number[];
    messages: string[];
  }[];
  modelCheckpoint: {
    options: Record<string, unknown>;
    pattern: string;
    values: Plain[];
    saved: string[];
    best: Plain | null;
    messages: string[];
  }[];
  checkpointBatches: { epochs: number; steps: number; saveFreq: number; saved: string[] }[];
  csv: { separator: string; append: boolean; rows: Record<string, Plain>[]; text: string }[];
  directions: Record<string, 'min' | 'max'>;
  schedules: { name: string; messages: string[]; logged: number[] }[];
  fits: {
    x: number[][];
    y: number[];
    yBroken: number[];
    valX: number[][];
    valY: number[];
    runs: Record<
      string,
      {
        learningRate: number;
        epochs: number;
        epoch: number[];
        history: Record<string, Plain[]>;
        weights: Plain[][];
        messages: string[];
      }
    >;
  };
}

export const golden: Golden = JSON.parse(
  readFileSync(path.join(__dirname, '../../reference/keras/callbacks.json'), 'utf8'),
);

export function number(value: Plain): number {
  return typeof value === 'number' ? value : { nan: NaN, inf: Infinity, '-inf': -Infinity }[value];
}

/** `min_delta` to `minDelta`, as a value of any options. */
export function camelCase(options: Record<string, unknown>): never {
  return untyped(
    Object.fromEntries(
      Object.entries(options).map(([key, value]) => [
        key.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
        value,
      ]),
    ),
  );
}

/** A compiled model whose one weight the tests set to the number of the epoch. */
export function oneWeight(learningRate = 0.01): tf.Sequential {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, useBias: false, inputShape: [1] })] });
  model.compile({ optimizer: tf.train.sgd(learningRate), loss: 'meanSquaredError' });
  return model;
}

export interface Seen {
  messages: string[];
  /** The last epoch. */
  last: number;
  rates: number[];
  logged: (number | undefined)[];
  stop: boolean;
  weight: number;
}

/** Call a callback's hooks as the Python script calls Keras'. */
export async function drive(
  callback: Callback,
  model: tf.Sequential,
  values: readonly Plain[],
  first = 0,
): Promise<Seen> {
  const seen: Seen = { messages: [], last: -1, rates: [], logged: [], stop: false, weight: NaN };
  model.stopTraining = false;
  const { lines } = await withProgress(async () => {
    callback.setModel?.(model);
    await callback.onTrainBegin?.({});
    for (const [i, value] of values.entries()) {
      const epoch = first + i;
      await callback.onEpochBegin?.(epoch, {});
      tf.tidy(() => model.setWeights([tf.tensor2d([[epoch]])]));
      const logs: Record<string, number> = { loss: 0.5, val_loss: number(value) };
      await callback.onEpochEnd?.(epoch, logs);
      seen.last = epoch;
      seen.rates.push(Number(model.optimizer.getConfig().learningRate));
      seen.logged.push(logs.learning_rate);
      if (model.stopTraining) break;
    }
    await callback.onTrainEnd?.({});
  });
  return {
    ...seen,
    messages: lines,
    stop: model.stopTraining,
    weight: model.getWeights()[0]!.dataSync()[0]!,
  };
}
