import * as tf from '@tensorflow/tfjs';
import { setProgressPort, type BoardPlan } from '../../src/progress/progressPort';
import { RandomState } from '../../src/random/RandomState';

/** Rows of normal draws, and whether the sum of each is above 0. */
export function dataset(samples: number, columns: number, seed = 0): { x: number[][]; y: number[] } {
  const x = new RandomState(seed).randn(samples, columns);
  return { x, y: x.map(row => (row.reduce((sum, value) => sum + value, 0) > 0 ? 1 : 0)) };
}

/** A small classifier with the same weights every time. */
export function classifier(
  columns: number,
  metrics: (string | typeof tf.metrics.binaryAccuracy)[] = ['accuracy'],
): tf.Sequential {
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: 8, activation: 'relu', inputShape: [columns], kernelInitializer: glorot(1) }),
      tf.layers.dense({ units: 1, activation: 'sigmoid', kernelInitializer: glorot(2) }),
    ],
  });
  model.compile({ optimizer: tf.train.rmsprop(0.01), loss: 'binaryCrossentropy', metrics });
  return model;
}

export function glorot(seed: number) {
  return tf.initializers.glorotUniform({ seed });
}

/** Apply a layer that has one output. */
export function apply(
  layer: tf.layers.Layer,
  input: tf.SymbolicTensor | tf.SymbolicTensor[],
): tf.SymbolicTensor {
  const output = layer.apply(input);
  if (output instanceof tf.SymbolicTensor) return output;
  throw new Error('Expected one symbolic tensor.');
}

/** Weights as numbers. */
export function weights(model: tf.LayersModel): number[][] {
  return model.getWeights().map(tensor => [...tensor.dataSync()]);
}

/** Free a model and its optimizer. */
export function free(...models: tf.LayersModel[]): void {
  for (const model of models) {
    const { optimizer } = model;
    model.dispose();
    optimizer.dispose();
  }
}

/** Assert that numbers agree to `tolerance`, absolute or relative. */
export function assertClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-5): void {
  if (actual.length !== expected.length)
    throw new Error(`Expected ${expected.length} values, received ${actual.length}.`);
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i]! - expected[i]!);
    if (!(difference <= tolerance * Math.max(1, Math.abs(expected[i]!)))) {
      throw new Error(`Expected ${expected[i]} at ${i}, received ${actual[i]}.`);
    }
  }
}

/** Collect the lines of progress that `work` draws. */
export async function withProgress(
  work: () => Promise<unknown>,
): Promise<{ updates: string[]; lines: string[] }> {
  const updates: string[] = [];
  const lines: string[] = [];
  setProgressPort({
    line: () => ({ update: text => void updates.push(text), finish: text => void lines.push(text) }),
  });
  try {
    await work();
  } finally {
    setProgressPort(undefined);
  }
  return { updates, lines };
}

/** What a display that draws is told while `work` goes on. */
export async function withBoards(work: () => Promise<unknown>): Promise<Board[]> {
  const boards: Board[] = [];
  setProgressPort({
    line: () => ({ update: () => {}, finish: () => {} }),
    board: plan => {
      const board: Board = { plan, losses: [], points: [], lines: [], shares: [], closed: 0 };
      boards.push(board);
      return {
        line: () => ({ update: () => {}, finish: text => void board.lines.push(text) }),
        point: (run, epoch, values) => void board.points.push([run, epoch, { ...values }]),
        loss: (run, name) => void board.losses.push([run, name]),
        advance: share => void board.shares.push(share),
        close: () => void board.closed++,
      };
    },
  });
  try {
    await work();
  } finally {
    setProgressPort(undefined);
  }
  return boards;
}

interface Board {
  plan: BoardPlan;
  losses: [run: string, name: string][];
  points: [run: string, epoch: number, values: Record<string, number>][];
  lines: string[];
  shares: number[];
  closed: number;
}
