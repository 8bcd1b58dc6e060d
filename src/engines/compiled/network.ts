/** Activations that the trainer computes, in the order of their numbers there. */
export const activations = ['linear', 'relu', 'sigmoid', 'tanh', 'softmax', 'elu', 'selu'] as const;
export type Activation = (typeof activations)[number];

/** Losses that the trainer computes, in the order of their numbers there. */
export const losses = [
  'meanSquaredError',
  'meanAbsoluteError',
  'binaryCrossentropy',
  'categoricalCrossentropy',
  'sparseCategoricalCrossentropy',
] as const;
export type Loss = (typeof losses)[number];

/** Metrics that the trainer computes, in the order of their bits there. */
export const metrics = [
  'binaryAccuracy',
  'categoricalAccuracy',
  'sparseCategoricalAccuracy',
  'meanAbsoluteError',
  'meanSquaredError',
] as const;
export type Metric = (typeof metrics)[number];

/** Optimizers that the trainer computes, in the order of their numbers there. */
export const optimizers = ['sgd', 'momentum', 'nesterov', 'rmsprop', 'adam'] as const;
export type OptimizerKind = (typeof optimizers)[number];

/** How many moments the trainer keeps of each weight, for each kind of optimizer. */
export const momentCount: Readonly<Record<OptimizerKind, number>> = {
  sgd: 0,
  momentum: 1,
  nesterov: 1,
  rmsprop: 1,
  adam: 2,
};

export interface DenseLayer {
  readonly kind: 'dense';
  readonly units: number;
  readonly activation: Activation;
  readonly useBias: boolean;
  readonly trainable: boolean;
  readonly kernelRegularizer: Penalty;
  readonly biasRegularizer: Penalty;
}

/** `l1 · Σ|w| + l2 · Σw²`. */
export interface Penalty {
  readonly l1: number;
  readonly l2: number;
}

export interface ActivationLayer {
  readonly kind: 'activation';
  readonly activation: Activation;
}

export interface DropoutLayer {
  readonly kind: 'dropout';
  readonly rate: number;
}

export type NetworkLayer = DenseLayer | ActivationLayer | DropoutLayer;

/** An optimizer's settings; those that its kind does not use are 0. */
export interface OptimizerSettings {
  readonly kind: OptimizerKind;
  readonly learningRate: number;
  /** rho of RMSprop, momentum of SGD, beta1 of Adam. */
  readonly decay: number;
  /** beta2 of Adam. */
  readonly decay2: number;
  readonly epsilon: number;
}

/** A stack of layers on one input of `inputs` numbers, as plain values: all that the trainer knows of a model. */
export interface Network {
  readonly inputs: number;
  readonly layers: readonly NetworkLayer[];
  readonly loss: Loss;
  readonly metrics: readonly Metric[];
  readonly optimizer: OptimizerSettings;
}

/** How many numbers the network gives for a row. */
export function outputsOf(network: Pick<Network, 'inputs' | 'layers'>): number {
  let width = network.inputs;
  for (const layer of network.layers) if (layer.kind === 'dense') width = layer.units;
  return width;
}
