import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { functionalModel } from '../../engines/modelInternals';
import { checkBoolean } from '../../options/checkBoolean';
import { checkOptions } from '../../options/checkOptions';
import { checkPath } from './checkPath';
import { mendTopology } from './mendTopology';
import { trainingConfig } from './trainingConfig';
import { writeAtomically } from './writeAtomically';

/** Options of `saveModel`. */
export interface SaveModelOptions {
  /** Whether to save how the model was compiled and what its optimizer remembers, so that training can go on. Default true. */
  includeOptimizer?: boolean;
}

/**
 * Save a model as TensorFlow.js does, without native code: a folder with `model.json` (layers, loss, metrics, optimizer) and `weights.bin`, which
 * `loadModel`, tfjs-node and browsers load. As Keras' `model.save`. Each file is replaced when the new one is whole.
 *
 * @param folder its path; `file://` may stand before it. It is made if it is not there.
 * @throws Error if the loss, a metric or the optimizer is a function or class that TensorFlow.js could not load again.
 * @example
 * const folder = require('node:fs').mkdtempSync(require('node:os').tmpdir() + '/model-');
 * await saveModel(model, folder);
 * const copy = await loadModel(folder);
 * copy.countParams() === model.countParams(); // true
 */
export async function saveModel(
  model: tf.LayersModel,
  folder: string,
  options: SaveModelOptions = {},
): Promise<void> {
  checkOptions('saveModel', options, ['includeOptimizer']);
  const includeOptimizer = checkBoolean('includeOptimizer of saveModel', options.includeOptimizer ?? true);
  // Refuses what is no model.
  functionalModel(model);
  const place = checkPath('saveModel', folder);
  const found = await stat(place).catch(() => undefined);
  if (/\.(npz|keras|h5|json)$/.test(place) || found?.isFile()) {
    throw new Error(
      `Expected a folder for saveModel, received "${folder}". It writes model.json and weights.bin there; exportWeights writes .npz files.`,
    );
  }
  const compiled = includeOptimizer
    ? trainingConfig(model, 'set includeOptimizer: false to save layers and weights only')
    : undefined;
  const artifacts = await artifactsOf(model);
  mendTopology(artifacts.modelTopology, model);
  const parts: ArrayBuffer[] = [tf.io.CompositeArrayBuffer.join(artifacts.weightData)];
  const specs = [...(artifacts.weightSpecs ?? [])];
  if (compiled) {
    const state = await model.optimizer.getWeights();
    const encoded = await tf.io.encodeWeights(state, 'optimizer');
    // The count of iterations is made for the occasion, the rest are the optimizer's own.
    state[0]?.tensor.dispose();
    parts.push(encoded.data);
    specs.push(...encoded.specs);
  }
  const weights = Buffer.concat(parts.map(part => new Uint8Array(part)));
  const json = {
    format: artifacts.format,
    generatedBy: artifacts.generatedBy,
    convertedBy: null,
    modelTopology: artifacts.modelTopology,
    ...(compiled ? { trainingConfig: compiled } : {}),
    ...(artifacts.userDefinedMetadata ? { userDefinedMetadata: artifacts.userDefinedMetadata } : {}),
    weightsManifest: [{ paths: ['weights.bin'], weights: specs }],
    // Ours: TensorFlow.js does not read it.
    weightsSha256: createHash('sha256').update(weights).digest('hex'),
  };
  await writeAtomically(path.join(place, 'weights.bin'), weights);
  await writeAtomically(path.join(place, 'model.json'), Buffer.from(JSON.stringify(json)));
}

async function artifactsOf(model: tf.LayersModel): Promise<tf.io.ModelArtifacts> {
  let artifacts: tf.io.ModelArtifacts | undefined;
  await model.save(
    tf.io.withSaveHandler(async given => {
      artifacts = given;
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    }),
  );
  return artifacts!;
}
