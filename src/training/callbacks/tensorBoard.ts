import * as tf from '@tensorflow/tfjs';
import { checkChoice } from '../../options/checkChoice';
import { checkCount } from '../../options/checkCount';
import { checkOptions } from '../../options/checkOptions';
import { describe } from '../../options/describe';
import type { Callback } from '../Callback';

/** Options of `tensorBoard`; those of tfjs-node. */
export interface TensorBoardOptions {
  /** Whether to write after each `'epoch'` (default) or each `'batch'`, which keeps the compiled engine from being used. */
  updateFreq?: 'epoch' | 'batch';
  /** Every how many epochs to write histograms of the weights. Default 0: never. */
  histogramFreq?: number;
}

type Make = (logDir: string, options: TensorBoardOptions) => Callback;

const packages = ['@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu'];

/**
 * A callback that writes event files for TensorBoard: `tf.node.tensorBoard` of tfjs-node, which must be installed (as `keras.callbacks.TensorBoard`).
 *
 * @param logDir the folder to write to. Default `'./logs'`.
 * @throws Error that says what to install if there is no tfjs-node.
 */
export function tensorBoard(logDir = './logs', options: TensorBoardOptions = {}): Callback {
  checkOptions('tensorBoard', options, ['updateFreq', 'histogramFreq']);
  if (typeof logDir !== 'string' || logDir === '') {
    throw new TypeError(`Expected logDir of tensorBoard to be a path, received ${describe(logDir)}.`);
  }
  const { updateFreq = 'epoch', histogramFreq = 0 } = options;
  checkChoice('updateFreq of tensorBoard', updateFreq, ['epoch', 'batch']);
  checkCount('histogramFreq of tensorBoard', histogramFreq);
  const writer = findTensorBoard()(logDir, { updateFreq, histogramFreq });
  // The writer watches batches only to count them, where it writes epochs.
  return {
    setModel: model => writer.setModel?.(model),
    setParams: params => writer.setParams?.(params),
    onTrainBegin: logs => writer.onTrainBegin?.(logs),
    onEpochBegin: (epoch, logs) => writer.onEpochBegin?.(epoch, logs),
    onEpochEnd: (epoch, logs) => writer.onEpochEnd?.(epoch, logs),
    onTrainEnd: logs => writer.onTrainEnd?.(logs),
    ...(updateFreq === 'batch' ? { onBatchEnd: (batch, logs) => writer.onBatchEnd?.(batch, logs) } : {}),
  } satisfies Callback;
}

function findTensorBoard(): Make {
  for (const load of [() => tf, ...packages.map(name => () => tryRequire(name))]) {
    const loaded: unknown = load();
    if (!hasKey(loaded, 'node') || !hasKey(loaded.node, 'tensorBoard')) continue;
    const { tensorBoard: make } = loaded.node;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    if (typeof make === 'function') return make as Make;
  }
  throw new Error(
    'Expected @tensorflow/tfjs-node for tensorBoard, received none: it writes the event files with its native library. ' +
      'Install @tensorflow/tfjs-node 4.22.0, or use csvLogger, which needs nothing.',
  );
}

function tryRequire(name: string): unknown {
  try {
    return require(name);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

function hasKey<K extends string>(value: unknown, key: K): value is Record<K, unknown> {
  return typeof value === 'object' && value !== null && key in value;
}
