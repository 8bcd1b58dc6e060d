import * as tf from '@tensorflow/tfjs';
import {
  functionalModel,
  functionName,
  isTrained,
  modelInternals,
  type LossOrMetric,
} from '../modelInternals';
import { activations, outputsOf } from './network';
import type { Activation, DenseLayer, Metric, Network, NetworkLayer, Penalty } from './network';
import { recogniseOptimizer, unusedOptimizer } from './optimizers';
import { referenceModel } from './referenceModel';

/** A model as the trainer sees it, and the tf variables that hold its weights. */
export interface Recognised {
  readonly network: Network;
  /** For each dense layer, first to last. */
  readonly variables: readonly LayerVariables[];
  /** For each log after the loss its metric's place in `network.metrics`. */
  readonly metricOrder: readonly number[];
}

export interface LayerVariables {
  readonly kernel: tf.Variable;
  readonly bias: tf.Variable | undefined;
}

/** What the model is recognised for: less is asked of one that only predicts. */
export type Task = 'fit' | 'evaluate' | 'predict';

/** The model as the trainer sees it, or a phrase that says what the trainer cannot compute. */
export function recognise(model: tf.LayersModel, task: Task): Recognised | string {
  const stack = stackOf(functionalModel(model));
  if (typeof stack === 'string') return stack;
  const { inputs, layers } = stack;
  if (task === 'predict') {
    return {
      network: {
        inputs,
        layers: layers.map(layer => layer.network),
        loss: 'meanSquaredError',
        metrics: [],
        optimizer: unusedOptimizer,
      },
      variables: layers.flatMap(({ variables }) => variables ?? []),
      metricOrder: [],
    };
  }
  const { optimizer, lossFunctions, metricsTensors, trainableVariables } = modelInternals(model);
  const known = referenceModel();
  const [lossFunction] = lossFunctions;
  const loss = lossFunction && known.losses.get(lossFunction);
  if (loss === undefined) {
    return `the loss ${nameIt(lossFunction, known.losses)} is not among ${list(known.losses)}`;
  }
  const sparse = loss === 'sparseCategoricalCrossentropy';
  if (sparse && outputsOf({ inputs, layers: layers.map(layer => layer.network) }) < 2) {
    return 'the loss sparseCategoricalCrossentropy needs at least two units';
  }
  const wanted: Metric[] = [];
  for (const [metricFunction] of metricsTensors) {
    const metric = known.metrics.get(metricFunction);
    if (metric === undefined) {
      return `the metric ${nameIt(metricFunction, known.metrics)} is not among ${list(known.metrics)}`;
    }
    if (sparse !== (metric === 'sparseCategoricalAccuracy')) {
      return `the metric ${metric} does not go with the loss ${loss}`;
    }
    wanted.push(metric);
  }
  const metrics = [...new Set(wanted)];
  const settings = task === 'fit' ? recogniseOptimizer(optimizer) : unusedOptimizer;
  if (typeof settings === 'string') return settings;
  const trains = (variable: tf.Variable): boolean => isTrained(variable, trainableVariables);
  const halves = layers.some(
    ({ variables }) => variables?.bias && trains(variables.kernel) !== trains(variables.bias),
  );
  if (halves) return 'a layer trains its kernel or its bias alone';
  return {
    network: {
      inputs,
      layers: layers.map(({ network, variables }) =>
        network.kind === 'dense' && variables ? { ...network, trainable: trains(variables.kernel) } : network,
      ),
      loss,
      metrics,
      optimizer: settings,
    },
    variables: layers.flatMap(({ variables }) => variables ?? []),
    metricOrder: wanted.map(metric => metrics.indexOf(metric)),
  };
}

const list = (known: ReadonlyMap<unknown, string>): string => [...new Set(known.values())].join(', ');

/** What to call a loss or metric that is none of the known ones, even if it has the name of one. */
function nameIt(given: LossOrMetric | undefined, known: ReadonlyMap<unknown, string>): string {
  const name = given && functionName(given);
  if (!name) return 'given as a function';
  return [...known.values()].includes(name) ? `given as another function named ${name}` : name;
}

interface Stack {
  readonly inputs: number;
  readonly layers: readonly { readonly network: NetworkLayer; readonly variables?: LayerVariables }[];
}

/** The layers from the input to the output, if they form one line. */
function stackOf(model: tf.LayersModel): Stack | string {
  if (model.inputs.length !== 1) return `the model has ${model.inputs.length} inputs`;
  if (model.outputs.length !== 1) return `the model has ${model.outputs.length} outputs`;
  const [input] = model.inputs;
  const line: tf.layers.Layer[] = [];
  let tensor: tf.SymbolicTensor = model.outputs[0]!;
  while (tensor !== input) {
    const layer = tensor.sourceLayer;
    if (tensor.inputs.length !== 1) {
      return `the layer "${layer.name}" has ${tensor.inputs.length} inputs`;
    }
    if (line.includes(layer)) return `the layer "${layer.name}" is used twice`;
    line.unshift(layer);
    tensor = tensor.inputs[0]!;
  }
  const stack = line.map(recogniseLayer);
  const reason = stack.find(layer => typeof layer === 'string');
  if (reason !== undefined) return reason;
  const [rank, inputs] = [tensor.shape.length, tensor.shape[1]];
  if (rank !== 2 || typeof inputs !== 'number') {
    return `the input has ${rank} axes of shape [${tensor.shape.map(axis => axis ?? 'any').join(', ')}] instead of samples and features`;
  }
  const layers = stack.filter(layer => typeof layer === 'object');
  if (!layers.some(({ network }) => network.kind === 'dense')) return 'the model has no Dense layer';
  return { inputs, layers };
}

const takes = 'the compiled engine takes Dense, Dropout and Activation layers';
const none: Penalty = { l1: 0, l2: 0 };

/** A layer, `undefined` if it does nothing, or what is in the way. */
function recogniseLayer(layer: tf.layers.Layer): Stack['layers'][number] | string | undefined {
  const kind = layer.getClassName();
  const name = `the layer "${layer.name}"`;
  const reference = referenceModel().prototypes.get(kind);
  if (reference === undefined)
    return `${name} is ${/^([AEIO]|LSTM|RNN)/.test(kind) ? 'an' : 'a'} ${kind}; ${takes}`;
  if (Object.getPrototypeOf(layer) !== reference) return `${name} is of a class of its own; ${takes}`;
  const config = layer.getConfig();
  switch (kind) {
    case 'Dense':
      return recogniseDense(layer, config);
    case 'Dropout': {
      if (config.noiseShape !== undefined && config.noiseShape !== null) return `${name} has a noiseShape`;
      if (config.seed !== undefined && config.seed !== null) {
        return `${name} has a seed of its own, with which TensorFlow.js drops the same values in every step`;
      }
      const rate = Number(config.rate);
      // As in TensorFlow.js, a rate of 0 or 1 drops nothing.
      return rate > 0 && rate < 1 ? { network: { kind: 'dropout', rate } } : undefined;
    }
    case 'Activation':
      return activationLayer(name, config.activation);
    case 'ReLU':
      return config.maxValue === undefined || config.maxValue === null
        ? activationLayer(name, 'relu')
        : `${name} has a maxValue`;
    case 'ELU':
      return activationLayer(name, 'elu');
    default:
      return config.axis === -1 || config.axis === 1
        ? activationLayer(name, 'softmax')
        : `${name} takes its softmax over another axis than the last`;
  }
}

function activationLayer(name: string, activation: unknown): Stack['layers'][number] | string | undefined {
  if (activation === 'linear') return undefined;
  return isActivation(activation)
    ? { network: { kind: 'activation', activation } }
    : otherActivation(name, activation);
}

function otherActivation(name: string, activation: unknown): string {
  const given = typeof activation === 'string' ? activation : 'given as an object';
  return `${name} has the activation ${given}, which is not among ${activations.join(', ')}`;
}

function isActivation(name: unknown): name is Activation {
  return typeof name === 'string' && activations.some(known => known === name);
}

function recogniseDense(
  layer: tf.layers.Layer,
  config: tf.serialization.ConfigDict,
): Stack['layers'][number] | string {
  const name = `the layer "${layer.name}"`;
  const { activation } = config;
  if (!isActivation(activation)) return otherActivation(name, activation);
  for (const key of ['activityRegularizer', 'kernelConstraint', 'biasConstraint']) {
    if (config[key] !== undefined && config[key] !== null) {
      return `${name} has ${key.startsWith('a') ? 'an' : 'a'} ${key}`;
    }
  }
  const kernelRegularizer = penaltyOf(config.kernelRegularizer);
  const biasRegularizer = penaltyOf(config.biasRegularizer);
  if (kernelRegularizer === undefined || biasRegularizer === undefined) {
    return `${name} has a regularizer other than l1, l2 and l1l2`;
  }
  const [kernel, bias] = layer.weights.map(weight => weight.read());
  if (!(kernel instanceof tf.Variable) || !(bias === undefined || bias instanceof tf.Variable)) {
    return `${name} has no weights yet`;
  }
  if (kernel.rank !== 2) return `${name} works on more than 2 axes`;
  const network: DenseLayer = {
    kind: 'dense',
    units: kernel.shape[1]!,
    activation,
    useBias: bias !== undefined,
    trainable: true,
    kernelRegularizer,
    biasRegularizer,
  };
  return { network, variables: { kernel, bias } };
}

/** The penalty of a serialized regularizer, `undefined` if it is not of TensorFlow.js' own class. */
function penaltyOf(config: tf.serialization.ConfigDictValue | undefined): Penalty | undefined {
  if (config === undefined || config === null) return none;
  if (typeof config !== 'object' || Array.isArray(config)) return undefined;
  const { className, config: values } = config as { className?: unknown; config?: unknown };
  if (className !== 'L1L2' || typeof values !== 'object' || values === null) return undefined;
  const { l1, l2 } = values as { l1?: unknown; l2?: unknown };
  return { l1: Number(l1), l2: Number(l2) };
}
