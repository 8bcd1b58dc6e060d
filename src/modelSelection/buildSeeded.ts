import * as tf from '@tensorflow/tfjs';
import { describe } from '../options/describe';
import { RandomState } from '../random/RandomState';
import { withMathRandom } from '../random/withMathRandom';
import { expectNew } from './expectNew';

/** Makes a new compiled model. Not asynchronous, so that nothing else can draw from its random numbers. */
export type BuildModel = () => tf.LayersModel;

/**
 * Build a model with the initial weights that it would have after `setRandomSeed(seed)`. The stream of the process is left as it was.
 *
 * @param seen See `expectNew`.
 */
export function buildSeeded(build: BuildModel, seed: number, seen: WeakSet<object>): tf.LayersModel {
  if (typeof build !== 'function') {
    throw new TypeError(`Expected a function that builds a model, received ${describe(build)}.`);
  }
  const draws = new RandomState(seed);
  const model: unknown = withMathRandom(
    () => draws.randomSample(),
    () => build(),
  );
  if (!(model instanceof tf.LayersModel)) {
    const advice = model instanceof Promise ? ' Do not make it async.' : ' Return the compiled model.';
    throw new TypeError(
      `Expected the function to return a tf layers model, received ${model instanceof Promise ? 'a promise' : describe(model)}.${advice}`,
    );
  }
  expectNew('model', model, seen);
  try {
    if (model.optimizer !== undefined) expectNew('optimizer', model.optimizer, seen);
  } catch (error) {
    model.dispose();
    throw error;
  }
  return model;
}

/** Free a model and its optimizer. */
export function freeModel(model: tf.LayersModel): void {
  const optimizer: tf.Optimizer | undefined = model.optimizer;
  model.dispose();
  optimizer?.dispose();
}
