import type * as tf from '@tensorflow/tfjs';
import { writeNpz, type NpzArray } from '../../datasets/files/writeNpz';
import { checkPath } from './checkPath';
import { namedWeights } from './namedWeights';
import { writeAtomically } from './writeAtomically';

/**
 * Write a model's weights as an .npz file, which NumPy reads. The arrays are in the order of Keras' `model.weights`, so that
 * `model.set_weights([arrays[name] for name in arrays.files])` sets them into the same model there; names are like `0_dense/kernel`. A file that is
 * there is replaced when the new one is whole.
 *
 * @param path ends in `.npz`; `file://` may stand before it. Its folder is made.
 * @throws Error if the model has no weights; RangeError if the path does not end in `.npz`.
 * @example
 * const folder = require('node:fs').mkdtempSync(require('node:os').tmpdir() + '/weights-');
 * await exportWeights(model, `${folder}/weights.npz`);
 * await importWeights(model, `${folder}/weights.npz`);
 */
export async function exportWeights(model: tf.LayersModel, path: string): Promise<void> {
  const file = checkPath('exportWeights', path);
  if (!file.endsWith('.npz')) {
    throw new RangeError(`Expected path of exportWeights to end in .npz, received "${path}".`);
  }
  const arrays = await Promise.all(
    namedWeights(model).map(async ({ name, weight }): Promise<[string, NpzArray]> => {
      const tensor = weight.read();
      return [name, { shape: tensor.shape, values: await tensor.data() }];
    }),
  );
  await writeAtomically(file, writeNpz(Object.fromEntries(arrays)));
}
