import path from 'node:path';
import { checkChoice } from '../../options/checkChoice';
import { checkCount } from '../../options/checkCount';
import { checkOptions } from '../../options/checkOptions';
import { describe } from '../../options/describe';
import type { Callback, Logs } from '../Callback';
import { namedWeights } from '../weights/namedWeights';
import { EventFile } from './events/EventFile';
import { getLearningRate } from './learningRate';
import { Subject } from './Subject';

/** Options of `tensorBoard`; those of Keras. */
export interface TensorBoardOptions {
  /** Every how many epochs to write histograms of the weights. Default 0: never. */
  histogramFreq?: number;
  /** `'epoch'` (default), or after each `'batch'` or so many of them as well, which keeps the compiled engine from being used. */
  updateFreq?: 'epoch' | 'batch' | number;
}

/**
 * A callback that writes event files for TensorBoard, as `keras.callbacks.TensorBoard` does: training in `logDir/train`, validation in
 * `logDir/validation`, under the same names (`epoch_loss`, `epoch_learning_rate`, `batch_loss`) and steps. Histograms are named as weights are in files,
 * `0_dense/kernel/histogram`. Look at them with `tensorboard --logdir logs`. Each `fit` begins files of its own.
 *
 * @param logDir the folder to write to. Default `'logs'`.
 * @throws TypeError or RangeError for an option that does not fit.
 * @example
 * const folder = require('node:fs').mkdtempSync(require('node:os').tmpdir() + '/board-');
 * await fit(model, x, y, { epochs: 2, callbacks: [tensorBoard(folder, { histogramFreq: 1 })], verbose: 0 });
 * require('node:fs').readdirSync(folder); // ['train']
 */
export function tensorBoard(logDir = 'logs', options: TensorBoardOptions = {}): Callback {
  checkOptions('tensorBoard', options, ['histogramFreq', 'updateFreq']);
  if (typeof logDir !== 'string' || logDir === '') {
    throw new TypeError(`Expected logDir of tensorBoard to be a path, received ${describe(logDir)}.`);
  }
  const { histogramFreq = 0, updateFreq = 'epoch' } = options;
  checkCount('histogramFreq of tensorBoard', histogramFreq);
  if (typeof updateFreq === 'number') checkCount('updateFreq of tensorBoard', updateFreq, { min: 1 });
  else checkChoice('updateFreq of tensorBoard', updateFreq, ['epoch', 'batch']);
  const subject = new Subject('tensorBoard');
  let train: EventFile;
  let validation: EventFile;
  let batches = 0;
  const batchHook = (every: number): Pick<Callback, 'onBatchEnd'> => ({
    async onBatchEnd(_, logs = {}) {
      if (++batches % every !== 0) return;
      for (const [name, value] of Object.entries(logs)) train.scalar(`batch_${name}`, value, batches);
      await train.write();
    },
  });
  return {
    setModel: subject.set,
    onTrainBegin() {
      train = new EventFile(path.join(logDir, 'train'));
      validation = new EventFile(path.join(logDir, 'validation'));
      batches = 0;
    },
    async onEpochEnd(epoch, logs = {}) {
      const { model } = subject;
      const all: Logs = { ...logs, learning_rate: getLearningRate(model) };
      const held = Object.entries(all).filter(([name]) => name.startsWith('val_'));
      for (const [name, value] of Object.entries(all)) {
        if (!name.startsWith('val_')) train.scalar(`epoch_${name}`, value, epoch);
      }
      for (const [name, value] of held) validation.scalar(`epoch_${name.slice('val_'.length)}`, value, epoch);
      if (histogramFreq > 0 && epoch % histogramFreq === 0) {
        for (const { name, weight } of namedWeights(model)) {
          train.histogram(`${name}/histogram`, await weight.read().data(), epoch);
        }
      }
      await train.write();
      if (held.length > 0) await validation.write();
    },
    ...(updateFreq === 'epoch' ? {} : batchHook(updateFreq === 'batch' ? 1 : updateFreq)),
  };
}
