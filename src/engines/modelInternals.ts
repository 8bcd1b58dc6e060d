import * as tf from '@tensorflow/tfjs';
import { describe } from '../options/describe';

/** A loss or metric of a compiled model: values per sample (losses: rank of the output less one) from targets and predictions. */
export type LossOrMetric = (yTrue: tf.Tensor, yPred: tf.Tensor) => tf.Tensor;

/** The name of a loss or metric function, as it was before TensorFlow.js was bundled and without what it adds to operations. */
export function functionName(lossOrMetric: LossOrMetric): string {
  return lossOrMetric.name.replace(/\$\d+$/, '').replace(/__op$/, '');
}

/** Parts of a compiled tf layers model that its type keeps to itself. Named as there. */
export interface ModelInternals {
  /** For a `tf.sequential` the functional model inside it, which does the work; else the model itself. */
  readonly model: tf.LayersModel;
  readonly optimizer: tf.Optimizer;
  /** One for each output. */
  readonly lossFunctions: readonly LossOrMetric[];
  /** `[function, output number]`; with several outputs the loss of each comes first. */
  readonly metricsTensors: readonly (readonly [LossOrMetric, number])[];
  /** `'loss'`, then one name for each of `metricsTensors`. */
  readonly metricsNames: readonly string[];
  /** The weights that training moves, as of `compile`. */
  readonly trainableVariables: readonly tf.Variable[];
}

interface Insides {
  model?: tf.LayersModel;
  isTraining: boolean;
  stopTraining: boolean;
  optimizer: tf.Optimizer | undefined;
  lossFunctions: LossOrMetric[];
  metricsTensors: [LossOrMetric, number][];
  metricsNames: string[];
  collectedTrainableWeights: { read(): tf.Variable }[];
}

function insides(model: tf.LayersModel): Insides {
  // The one place that looks into TensorFlow.js layers 4.22; `modelInternals` checks what it needs.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return model as unknown as Insides;
}

/**
 * The functional model that does the work: the one inside a `tf.sequential`, else the model itself.
 * @throws TypeError for what cannot be a model.
 */
export function functionalModel(model: tf.LayersModel): tf.LayersModel {
  if (typeof model !== 'object' || model === null) {
    throw new TypeError(
      `Expected a tf layers model, received ${describe(model)}. Build one with tf.sequential or tf.model.`,
    );
  }
  return (model instanceof tf.Sequential ? insides(model).model : undefined) ?? model;
}

/**
 * What training needs to know of a compiled model.
 * @throws Error if the model is not compiled, or if TensorFlow.js has changed.
 */
export function modelInternals(model: tf.LayersModel): ModelInternals {
  const inner = functionalModel(model);
  const { optimizer, lossFunctions, metricsTensors, metricsNames, collectedTrainableWeights } =
    insides(inner);
  if (optimizer === undefined || lossFunctions === undefined) {
    throw new Error(
      'Expected a compiled model, received one without a loss and an optimizer. ' +
        "Call model.compile({ optimizer: 'rmsprop', loss: … }) first.",
    );
  }
  if (![lossFunctions, metricsTensors, metricsNames, collectedTrainableWeights].every(Array.isArray)) {
    throw new Error(
      `Expected the layers model of @tensorflow/tfjs 4.22, received one of ${tf.version.tfjs} with other insides. ` +
        'Install @tensorflow/tfjs 4.22.0.',
    );
  }
  return {
    model: inner,
    optimizer,
    lossFunctions,
    metricsTensors,
    metricsNames,
    trainableVariables: collectedTrainableWeights.map(weight => weight.read()),
  };
}

/** Whether a step moves this variable: TensorFlow.js lists the weights of a layer that was frozen after `compile`, and leaves them alone. */
export function isTrained(variable: tf.Variable, trainableVariables: readonly tf.Variable[]): boolean {
  return variable.trainable && trainableVariables.includes(variable);
}

/** Whether `model.fit` or ours is at work on this model; both refuse to start then. */
export function isTraining(model: tf.LayersModel): boolean {
  return insides(functionalModel(model)).isTraining;
}

/** Mark the model as being trained, or not. */
export function setTraining(model: tf.LayersModel, training: boolean): void {
  insides(functionalModel(model)).isTraining = training;
}

/** `model.stopTraining`, which callbacks set to end a run. */
export function stopTraining(model: tf.LayersModel): boolean {
  return insides(functionalModel(model)).stopTraining;
}

/** Set `model.stopTraining`. */
export function setStopTraining(model: tf.LayersModel, stop: boolean): void {
  insides(functionalModel(model)).stopTraining = stop;
}
