import type * as tf from '@tensorflow/tfjs';
import { modelInternals } from './modelInternals';

/**
 * What the numbers of an engine's logs are called, in their order: `loss`, with several outputs the loss of each, then the metrics. The
 * names are those that Keras 3 gives the same metrics: a metric compiled by its name keeps that name (`accuracy`, `mae`), one compiled as
 * a function has the function's (`tf.metrics.binaryAccuracy` is `binary_accuracy`); never `acc`.
 *
 * @throws Error if the model is not compiled.
 */
export function metricNames(model: tf.LayersModel): string[] {
  const { metricsTensors, metricsNames, lossFunctions, model: inner } = modelInternals(model);
  const outputs = lossFunctions.length;
  const names = metricsNames.map((name, i) => {
    if (i === 0 || (outputs > 1 && i <= outputs)) return name;
    const output = inner.outputNames[metricsTensors[i - 1]![1]]!;
    return outputs > 1 ? `${output}_${kerasName(name.slice(output.length + 1))}` : kerasName(name);
  });
  // As TensorFlow.js does, later ones of the same name are numbered from 1.
  return names.map((name, i) => {
    const before = names.slice(0, i).filter(other => other === name).length;
    return before === 0 ? name : `${name}_${before}`;
  });
}

const short: Record<string, string> = { acc: 'accuracy', ce: 'crossentropy', '': 'metric' };

function kerasName(name: string): string {
  const snake = name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();
  return short[snake] ?? snake;
}
