import type * as tf from '@tensorflow/tfjs';
import type { FitOptions } from './FitOptions';
import type { History } from './History';
import type { ModelData } from './prepare';
import { runFit } from './runFit';

/**
 * Train a compiled TensorFlow.js layers model, as Keras' `model.fit`. The model is changed in place: it holds the weights and the
 * optimizer's state afterwards, and a second `fit` goes on from there. Data are not changed.
 *
 * Unlike tf's own `model.fit` it takes plain arrays and sparse matrices (made dense a batch at a time), can be seeded and stopped, names the
 * history as Keras 3 does, and may run on another engine. Where both can, they give the same numbers.
 *
 * The notebook's stop button ends it: the promise then resolves with the finished epochs and `interrupted` set, and the model keeps its weights.
 *
 * @param x samples: rows of numbers, a `SparseMatrix` or a tensor, shaped as the model's input; with several inputs an array or object of them.
 * @param y targets: shaped as the output, or `number[]` where the model has one unit or sparse labels.
 * @throws RangeError or TypeError naming what does not fit the model, or an option that `fit` does not have.
 * @example
 * const history = await fit(model, x, y, { epochs: 20, batchSize: 512, validationSplit: 0.4, seed: 1, verbose: 0 });
 * history.history.val_accuracy.length; // 20
 */
export async function fit(
  model: tf.LayersModel,
  x: ModelData,
  y: ModelData,
  options: FitOptions = {},
): Promise<History> {
  return runFit(model, x, y, options);
}
