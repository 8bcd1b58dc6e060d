import * as tf from '@tensorflow/tfjs';
import { modelInternals, type LossOrMetric } from '../modelInternals';
import { losses, metrics } from './network';
import type { Loss, Metric } from './network';

/** TensorFlow.js' own layers, losses and metrics, to recognise others by identity. */
export interface Reference {
  /** Class name → prototype of the layers that the trainer computes. */
  readonly prototypes: ReadonlyMap<string, unknown>;
  readonly losses: ReadonlyMap<LossOrMetric, Loss>;
  readonly metrics: ReadonlyMap<LossOrMetric, Metric>;
}

let reference: Reference | undefined;

/** What TensorFlow.js' own names lead to, found by compiling a small model with them. */
export function referenceModel(): Reference {
  return (reference ??= look());
}

// Names are given and weights are zeros, so that neither the numbering of the user's layers nor Math.random notices.
const name = (part: string): string => `keras_primer_reference_${part}`;

function look(): Reference {
  const dense = tf.layers.dense({
    name: name('dense'),
    units: 2,
    inputShape: [1],
    kernelInitializer: 'zeros',
  });
  const model = tf.sequential({ name: name('model'), layers: [dense] });
  const knownLosses = new Map<LossOrMetric, Loss>([
    [tf.metrics.meanSquaredError, 'meanSquaredError'],
    [tf.metrics.meanAbsoluteError, 'meanAbsoluteError'],
    [tf.metrics.binaryCrossentropy, 'binaryCrossentropy'],
    [tf.metrics.categoricalCrossentropy, 'categoricalCrossentropy'],
  ]);
  const knownMetrics = new Map<LossOrMetric, Metric>([
    [tf.metrics.binaryAccuracy, 'binaryAccuracy'],
    [tf.metrics.categoricalAccuracy, 'categoricalAccuracy'],
    [tf.metrics.sparseCategoricalAccuracy, 'sparseCategoricalAccuracy'],
    [tf.metrics.meanAbsoluteError, 'meanAbsoluteError'],
    [tf.metrics.meanSquaredError, 'meanSquaredError'],
  ]);
  const optimizer = tf.train.sgd(1);
  const compile = (loss: string, wanted: string[]): ReturnType<typeof modelInternals> => {
    model.compile({ optimizer, loss, metrics: wanted });
    return modelInternals(model);
  };
  for (const loss of losses) knownLosses.set(compile(loss, []).lossFunctions[0]!, loss);
  const named: Partial<Record<Metric, string>> = {
    binaryAccuracy: 'binaryAccuracy',
    categoricalAccuracy: 'categoricalAccuracy',
    meanAbsoluteError: 'mae',
    meanSquaredError: 'mse',
  };
  for (const metric of metrics) {
    const short = named[metric];
    if (short) knownMetrics.set(compile('meanSquaredError', [short]).metricsTensors[0]![0], metric);
  }
  const [sparse] = compile('sparseCategoricalCrossentropy', ['accuracy']).metricsTensors[0]!;
  knownMetrics.set(sparse, 'sparseCategoricalAccuracy');
  const layers = [
    dense,
    tf.layers.dropout({ name: name('dropout'), rate: 0.5 }),
    tf.layers.activation({ name: name('activation'), activation: 'relu' }),
    tf.layers.reLU({ name: name('relu') }),
    tf.layers.elu({ name: name('elu') }),
    tf.layers.softmax({ name: name('softmax') }),
  ];
  const prototypes = new Map<string, unknown>(
    layers.map(layer => [layer.getClassName(), Object.getPrototypeOf(layer)]),
  );
  model.dispose();
  optimizer.dispose();
  return { prototypes, losses: knownLosses, metrics: knownMetrics };
}
