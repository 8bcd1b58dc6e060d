import type * as tf from '@tensorflow/tfjs';
import { chooseEngine, type EngineChoice } from '../engines/chooseEngine';
import type { Prediction } from '../engines/engine';
import { functionalModel } from '../engines/modelInternals';
import { checkCount } from '../options/checkCount';
import { checkOptions } from '../options/checkOptions';
import { recordProvenance } from '../provenance/provenance';
import { countSamples, inputSlots, prepare, type ModelData } from './prepare';
import { checkVerbose, Watch, type Verbose } from './Watch';

/** Options of `predict`. */
export interface PredictOptions {
  /** Samples computed at a time. Default 32; the result depends on it only in rounding. */
  batchSize?: number;
  /** 1 (default, or `'auto'`): a line of progress; 2: a plain line at the end; 0: nothing. */
  verbose?: Verbose;
  /** What computes. Default `'auto'`. */
  engine?: EngineChoice;
}

/**
 * What a model makes of samples, as Keras' `model.predict`: a row of numbers for each. The model need not be compiled.
 *
 * @param x samples, as for `fit`.
 * @returns rows of shape (samples, units); rows of rows where the output has more axes (name the type: `predict<number[][][]>`); for several outputs
 * an array with one such for each (`predict<number[][][]>` again).
 * @throws RangeError or TypeError naming what does not fit the model; InterruptedError when the user stops it.
 * @example
 * const predictions = await predict(model, x, { verbose: 0 });
 * predictions.length === x.length; // true
 */
export async function predict<T = number[][]>(
  model: tf.LayersModel,
  x: ModelData,
  options?: PredictOptions,
): Promise<T>;
export async function predict(
  model: tf.LayersModel,
  x: ModelData,
  options: PredictOptions = {},
): Promise<unknown> {
  checkOptions('predict', options, ['batchSize', 'verbose', 'engine']);
  const { batchSize = 32 } = options;
  checkCount('batchSize', batchSize, { min: 1 });
  const verbose = checkVerbose(options.verbose ?? 'auto');
  const inputs = prepare(x, inputSlots(functionalModel(model), 'x'), 'x');
  const count = countSamples({ x: inputs });
  const request = { task: 'predict', batchHooks: false, batchSize, x: inputs } as const;
  const { engine } = chooseEngine(model, request, options.engine);
  const steps = Math.ceil(count / batchSize);
  const watch = new Watch(verbose, steps);
  try {
    watch.begin();
    const predictions = await engine.predict(model, {
      x: inputs,
      batchSize,
      signal: watch.signal,
      onProgress: batches => watch.update(batches, {}),
    });
    watch.finish(steps, {});
    recordProvenance('engine', engine.name, engine.backend());
    const nested = predictions.map(rows);
    return nested.length === 1 ? nested[0] : nested;
  } finally {
    watch.close(watch.signal.aborted ? 'interrupted' : 'stopped by an error');
  }
}

function rows({ shape, values }: Prediction): unknown[] {
  let nested: unknown[] = Array.from(values);
  for (const axis of shape.slice(1).toReversed()) {
    const inner = nested;
    nested = Array.from({ length: inner.length / axis }, (_, i) => inner.slice(i * axis, (i + 1) * axis));
  }
  return nested;
}
