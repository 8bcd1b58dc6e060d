import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { describe } from '../../options/describe';
import { isPlainObject } from '../../options/isPlainObject';
import { checkPath } from './checkPath';

/**
 * Load a model that `saveModel` saved, or TensorFlow.js in any other way, or tensorflowjs_converter as a layers model; without native code. It is compiled, and
 * its optimizer goes on where it was, if that was saved. Own layer classes must be registered with `tf.serialization.registerClass` before.
 *
 * @param folder the folder or its `model.json`; `file://` may stand before it.
 * @throws Error if there is no model, or it is broken or of another kind.
 * @example
 * const folder = require('node:fs').mkdtempSync(require('node:os').tmpdir() + '/model-');
 * await saveModel(model, folder);
 * const copy = await loadModel(folder);
 * copy.optimizer.getClassName(); // 'RMSProp'
 */
export async function loadModel(folder: string): Promise<tf.LayersModel> {
  const place = checkPath('loadModel', folder);
  const found = await stat(place).catch(() => undefined);
  if (found?.isFile() && /\.(npz|bin|h5|keras)$/.test(place)) {
    throw new Error(
      `Expected the folder of a model or its model.json for loadModel, received the file ${place}. ` +
        'Give the folder that saveModel was given; importWeights reads .npz files.',
    );
  }
  const isFolder = found ? found.isDirectory() : !place.endsWith('.json');
  const file = isFolder ? path.join(place, 'model.json') : place;
  const artifacts = await readArtifacts(file);
  try {
    return await tf.loadLayersModel({ load: async () => artifacts });
  } catch (error) {
    throw broken(
      file,
      'a layers model of TensorFlow.js',
      error instanceof Error ? error.message : String(error),
    );
  }
}

async function readArtifacts(file: string): Promise<tf.io.ModelArtifacts> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new Error(
      `Expected a model at ${file}, received none. Give loadModel the folder that saveModel was given.`,
      { cause: error },
    );
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw broken(file, 'JSON', error instanceof Error ? error.message : 'something else');
  }
  if (!isPlainObject(json) || !isPlainObject(json.modelTopology) || json.format === 'graph-model') {
    throw broken(
      file,
      'a layers model of TensorFlow.js',
      isPlainObject(json) && json.format === 'graph-model' ? 'a graph model' : 'something else',
    );
  }
  const specs: tf.io.WeightsManifestEntry[] = [];
  const parts: Buffer[] = [];
  for (const { paths, weights } of groups(file, json.weightsManifest)) {
    specs.push(...weights);
    for (const name of paths) {
      if (typeof name !== 'string' || path.basename(name) !== name) {
        throw broken(file, 'names of files beside it', describe(name));
      }
      parts.push(
        await readFile(path.join(path.dirname(file), name)).catch(() => {
          throw broken(file, `a model with its weights in ${name}`, 'no such file');
        }),
      );
    }
  }
  const weights = Buffer.concat(parts);
  const size = specs.reduce((sum, spec) => sum + byteSize(spec), 0);
  if (!Number.isNaN(size) && size !== weights.length) {
    throw broken(file, `a model with ${size} bytes of weights`, `${weights.length}`);
  }
  const hash = createHash('sha256').update(weights).digest('hex');
  if (json.weightsSha256 !== undefined && json.weightsSha256 !== hash) {
    throw broken(file, 'a model with the weights that it was saved with', 'others');
  }
  // Checked above as far as it can be; TensorFlow.js checks the rest.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const artifacts = json as tf.io.ModelArtifacts;
  return {
    modelTopology: artifacts.modelTopology,
    trainingConfig: artifacts.trainingConfig,
    userDefinedMetadata: artifacts.userDefinedMetadata,
    weightSpecs: specs,
    weightData: new Uint8Array(weights).buffer,
  };
}

interface Group {
  readonly paths: readonly unknown[];
  readonly weights: readonly tf.io.WeightsManifestEntry[];
}

function groups(file: string, manifest: unknown): readonly Group[] {
  const isGroup = (group: unknown): group is Group =>
    isPlainObject(group) &&
    Array.isArray(group.paths) &&
    Array.isArray(group.weights) &&
    group.weights.every(
      spec => isPlainObject(spec) && Array.isArray(spec.shape) && typeof spec.name === 'string',
    );
  if (Array.isArray(manifest) && manifest.every(isGroup)) return manifest;
  throw broken(file, 'a list of weights', describe(manifest));
}

const bytes: Record<string, number> = {
  float32: 4,
  int32: 4,
  complex64: 8,
  float16: 2,
  uint16: 2,
  uint8: 1,
  bool: 1,
};

/** NaN where it is not known before reading. */
function byteSize({ shape, dtype, quantization }: tf.io.WeightsManifestEntry): number {
  return shape.reduce((product, axis) => product * axis, bytes[quantization?.dtype ?? dtype] ?? NaN);
}

function broken(file: string, expected: string, received: string): Error {
  const end = /[.!?]$/.test(received) ? '' : '.';
  return new Error(`Expected ${file} to be ${expected}, received: ${received}${end} Save the model again.`);
}
