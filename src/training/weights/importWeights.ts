import { basename } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { shapeText } from '../../datasets/files/damaged';
import { readNpz, type Npz } from '../../datasets/files/readNpz';
import type { NpyArray } from '../../datasets/files/readNpy';
import { checkPath } from './checkPath';
import { setWeight } from './setWeight';
import { namedWeights, type NamedWeight } from './namedWeights';

/**
 * Set a model's weights from an .npz file: one by `exportWeights`, whose names must be those of this model, or one by Python's
 * `numpy.savez('weights.npz', *model.get_weights())`, whose arrays `arr_0`, `arr_1`, … are taken in order. All is checked first: after an
 * error the model is as it was. Numbers of any type become 32-bit floats.
 *
 * @param path a path; `file://` may stand before it.
 * @throws Error if there is no such file or it is broken, RangeError naming the arrays that are missing, too many, or of other shapes.
 * @example
 * const folder = require('node:fs').mkdtempSync(require('node:os').tmpdir() + '/weights-');
 * await exportWeights(model, `${folder}/weights.npz`);
 * await importWeights(model, `${folder}/weights.npz`);
 */
export async function importWeights(model: tf.LayersModel, path: string): Promise<void> {
  const file = checkPath('importWeights', path);
  const weights = namedWeights(model);
  const short = basename(file);
  const arrays = await readArrays(file, short, weights);
  tf.tidy(() =>
    weights.forEach(({ weight }, i) => {
      const { values, shape } = arrays[i]!;
      setWeight(weight, tf.tensor(Float32Array.from(values), shape, weight.dtype));
    }),
  );
}

async function readArrays(
  file: string,
  short: string,
  weights: readonly NamedWeight[],
): Promise<NpyArray<number>[]> {
  let npz: Npz;
  try {
    npz = await readNpz(file);
  } catch (error) {
    throw unreadable(file, error);
  }
  const given = npz.names;
  const positional = given.length > 0 && given.every((_, i) => given.includes(`arr_${i}`));
  const wanted = weights.map(({ name }, i) => (positional ? `arr_${i}` : name));
  const faults = [
    ...wanted.filter(name => !given.includes(name)).map(name => `"${name}" is missing`),
    ...given.filter(name => !wanted.includes(name)).map(name => `"${name}" is too many`),
  ];
  const arrays: NpyArray<number>[] = [];
  let hint = '';
  weights.forEach(({ weight, name, layer }, i) => {
    const key = wanted[i]!;
    if (!given.includes(key)) return;
    let content;
    try {
      content = npz.array(key);
    } catch (error) {
      throw unreadable(file, error);
    }
    const label = positional ? `"${key}" (${name})` : `"${key}"`;
    if (content.kind !== 'numbers') {
      faults.push(`${label} holds ${content.kind}`);
      return;
    }
    const shape = weight.shape.map(Number);
    if (shapeText(shape) !== shapeText(content.shape)) {
      faults.push(`${label} has the shape ${shapeText(content.shape)}, not ${shapeText(shape)}`);
      if (layer === 'GRU' && content.shape.length === 2 && content.shape[0] === 2 && shape.length === 1) {
        hint = " TensorFlow.js has only Keras' GRU with reset_after=False: build and train that one.";
      }
      return;
    }
    arrays.push(content);
  });
  if (faults.length > 0) {
    const shown = faults.slice(0, 6).join('; ') + (faults.length > 6 ? `; … (${faults.length} in all)` : '');
    throw new RangeError(
      `Expected ${short} to hold the ${weights.length} weights of this model, received others: ${shown}.${hint} ` +
        'The model is unchanged. Build the model that the weights were saved from.',
    );
  }
  return arrays;
}

function unreadable(file: string, error: unknown): Error {
  const cause = error instanceof Error ? error : new Error(String(error));
  if ('code' in cause && cause.code === 'EISDIR') {
    return new Error(
      `Expected a file of weights, received the folder ${file}. loadModel reads a folder of saveModel. The model is unchanged.`,
      { cause },
    );
  }
  if ('code' in cause && cause.code === 'ENOENT') {
    return new Error(`Expected a file of weights at ${file}, received none. The model is unchanged.`, {
      cause,
    });
  }
  const [reason] = cause.message.split(' The file is damaged');
  return new Error(`${reason} The file is damaged or no .npz file. The model is unchanged.`, { cause });
}
