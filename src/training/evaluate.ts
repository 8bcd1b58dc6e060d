import type * as tf from '@tensorflow/tfjs';
import { chooseEngine, type EngineChoice } from '../engines/chooseEngine';
import { metricNames } from '../engines/metricNames';
import { modelInternals } from '../engines/modelInternals';
import { checkCount } from '../options/checkCount';
import { checkOptions } from '../options/checkOptions';
import { recordProvenance } from '../provenance/provenance';
import type { Logs } from './Callback';
import { namedValues } from './namedValues';
import { countSamples, inputSlots, prepare, prepareWeights, targetSlots, type ModelData } from './prepare';
import { checkVerbose, Watch, type Verbose } from './Watch';

/** Options of `evaluate`. */
export interface EvaluateOptions {
  /** Samples computed at a time. Default 32; the result depends on it only in rounding. */
  batchSize?: number;
  /** 1 (default, or `'auto'`): a line of progress; 2: a plain line at the end; 0: nothing. */
  verbose?: Verbose;
  /** The weight of each sample in the loss. */
  sampleWeight?:
    | ArrayLike<number>
    | tf.Tensor1D
    | readonly ArrayLike<number>[]
    | Readonly<Record<string, ArrayLike<number>>>;
  /** What computes. Default `'auto'`. */
  engine?: EngineChoice;
}

/**
 * The losses and metrics of a compiled model on data, as Keras' `model.evaluate(…, return_dict=True)`: plain numbers by their Keras 3 names. As in
 * TensorFlow.js the loss is without regularisers.
 *
 * @param x samples, as for `fit`.
 * @param y targets, as for `fit`.
 * @throws RangeError or TypeError naming what does not fit the model; InterruptedError when the user stops it.
 * @example
 * const scores = await evaluate(model, x, y, { verbose: 0 });
 * Object.keys(scores); // ['accuracy', 'loss']
 */
export async function evaluate(
  model: tf.LayersModel,
  x: ModelData,
  y: ModelData,
  options: EvaluateOptions = {},
): Promise<Record<string, number>> {
  checkOptions('evaluate', options, ['batchSize', 'verbose', 'sampleWeight', 'engine']);
  const { batchSize = 32, sampleWeight } = options;
  checkCount('batchSize', batchSize, { min: 1 });
  const verbose = checkVerbose(options.verbose ?? 'auto');
  const internals = modelInternals(model);
  const names = metricNames(model);
  const slots = targetSlots(internals, 'y');
  const inputs = prepare(x, inputSlots(internals.model, 'x'), 'x');
  const targets = prepare(y, slots, 'y');
  const count = countSamples({ x: inputs, y: targets });
  const weights = prepareWeights(sampleWeight, undefined, targets, slots);
  const request = { task: 'evaluate', batchHooks: false, batchSize, x: inputs, y: targets } as const;
  const { engine } = chooseEngine(model, request, options.engine);
  const steps = Math.ceil(count / batchSize);
  const watch = new Watch(verbose, steps);
  const named = (values: readonly number[]): Logs => namedValues(names, values);
  try {
    watch.begin();
    const values = await engine.evaluate(model, {
      x: inputs,
      y: targets,
      sampleWeight: weights,
      batchSize,
      signal: watch.signal,
      onProgress: (batches, means) => watch.update(batches, named(means)),
    });
    const logs = named(values);
    watch.finish(steps, logs);
    recordProvenance('engine', engine.name, engine.backend());
    return logs;
  } finally {
    watch.close(watch.signal.aborted ? 'interrupted' : 'stopped by an error');
  }
}
