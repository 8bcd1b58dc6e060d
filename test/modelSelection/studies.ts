import * as tf from '@tensorflow/tfjs';
import { setProgressPort } from '../../src/progress/progressPort';
import { RandomState } from '../../src/random/RandomState';

/** Rows of normal draws with very different scales, and a linear target with noise. */
export function regressionData(samples: number, seed = 0): { x: number[][]; y: number[] } {
  const rng = new RandomState(seed);
  const x = rng.randn(samples, 3).map(([a, b, c]) => [a!, 100 * b!, 5 + c! / 10]);
  return { x, y: x.map(([a, b, c]) => 20 + 3 * a! - b! / 50 + c! + rng.randn() / 10) };
}

/** Build a small regression model; its weights come from `Math.random`. */
export function regression(units = 4, dropout = 0): () => tf.LayersModel {
  return () => {
    const layers = [
      tf.layers.dense({ units, activation: 'relu', inputShape: [3] }),
      ...(dropout > 0 ? [tf.layers.dropout({ rate: dropout })] : []),
      tf.layers.dense({ units: 1 }),
    ];
    const model = tf.sequential({ layers });
    model.compile({ optimizer: tf.train.rmsprop(0.001), loss: 'meanSquaredError', metrics: ['mae'] });
    return model;
  };
}

/** Collect the lines of progress that `work` draws. */
export async function withProgress<T>(
  work: () => Promise<T>,
): Promise<{ value: T; updates: string[]; lines: string[] }> {
  const updates: string[] = [];
  const lines: string[] = [];
  setProgressPort({
    line: () => ({ update: text => void updates.push(text), finish: text => void lines.push(text) }),
  });
  try {
    return { value: await work(), updates, lines };
  } finally {
    setProgressPort(undefined);
  }
}

/** Collect what is said through `console.warn` while `work` goes on. */
export async function withWarnings<T>(work: () => Promise<T>): Promise<{ value: T; warnings: string[] }> {
  const { warn } = console;
  const warnings: string[] = [];
  console.warn = (message: string) => void warnings.push(message);
  try {
    return { value: await work(), warnings };
  } finally {
    console.warn = warn;
  }
}
