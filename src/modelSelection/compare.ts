import type * as tf from '@tensorflow/tfjs';
import { checkBoolean } from '../options/checkBoolean';
import { checkCount } from '../options/checkCount';
import { checkOptions } from '../options/checkOptions';
import { describe } from '../options/describe';
import type { Callback } from '../training/Callback';
import type { FitOptions } from '../training/FitOptions';
import type { History } from '../training/History';
import type { ModelData } from '../training/prepare';
import type { Verbose } from '../training/Watch';
import type { BuildModel } from './buildSeeded';
import { messageOf, runTogether, type RunContext } from './runTogether';
import { summarize, type ScoreSummary } from './summarize';
import { sharedFitOptions, trainRun, type RunResult, type SharedFitOptions } from './trainRun';

/** What every run of `compare` is trained and scored on. */
export interface CompareData {
  /** Samples, as for `fit`. */
  x: ModelData;
  /** Targets, as for `fit`. */
  y: ModelData;
  /** The weight of each sample in the loss. */
  sampleWeight?: FitOptions['sampleWeight'];
  /** For the `val_` values of each epoch. */
  validationData?: readonly [x: ModelData, y: ModelData];
  /** For the scores after the last epoch. Default: the last `val_` values are the scores. */
  testData?: readonly [x: ModelData, y: ModelData];
}

/** Options of `compare`. */
export interface CompareOptions extends SharedFitOptions {
  /** The seeds to train each model with, or how many: n stands for 0 … n − 1. Default 1. */
  seeds?: number | readonly number[];
  /** The share of the samples to hold out for the `val_` values, as for `fit`. */
  validationSplit?: number;
  /** Makes the callbacks of a run; they keep state, so each run needs its own. */
  callbacks?: (name: string, seed: number) => Callback | readonly Callback[];
  /** Return the trained models, which the caller disposes. Default `false`. */
  returnModels?: boolean;
  /** How many runs at once. Default: one more than there are cores, as one prepares while others compute. Changes no result. */
  nJobs?: number;
  /** 1 (default): a line of progress, in a notebook the curves of all runs; 2: a line at the end; 0: nothing. */
  verbose?: Verbose;
}

/** One run of `compare`. */
export interface ComparedRun {
  /** The model's name. */
  name: string;
  /** Of its initial weights, shuffles and dropout. */
  seed: number;
  /** What `fit` returned. */
  history: History;
  /** Loss and metrics on `testData`, or the last validation values. */
  scores: Record<string, number>;
  /** With `returnModels: true`. */
  model?: tf.LayersModel;
}

/** What `compare` returns. */
export interface Comparison {
  /** By model in the order given, then by seed. One that the user stopped before its first epoch is missing, one that was cut short says so in its history. */
  runs: ComparedRun[];
  /** For each model and score, over the runs that came to their end: mean, sample standard deviation, and the values by seed. */
  summary: Record<string, Record<string, ScoreSummary>>;
  /** Those that did not. */
  failures: { name: string; seed: number; error: unknown }[];
  /** Whether the user stopped it: runs without an epoch are missing, those under way have fewer epochs. */
  interrupted: boolean;
}

/**
 * Train several models on the same data, each with several seeds, and score them. Runs go on at the same time over the cores; each
 * depends on its model and its seed alone: it is what `setRandomSeed(seed)`, `buildModel()` and `fit(…, { seed })` give.
 *
 * A run that fails is named in a warning and in `failures`, and the others finish; if all fail, the first error is thrown.
 *
 * @param models A function for each name that makes a new compiled model. JavaScript puts names that are whole numbers (`'64'`) first.
 * @throws RangeError or TypeError for options that do not fit, or if there is nothing to score on.
 * @example
 * const build = (units: number) => () => {
 *   const layers = [tf.layers.dense({ units, activation: 'relu', inputShape: [1] }), tf.layers.dense({ units: 1 })];
 *   const model = tf.sequential({ layers });
 *   model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
 *   return model;
 * };
 * const data = { x: [[0], [1], [2]], y: [1, 3, 5], testData: [[[3]], [7]] };
 * const { summary } = await compare({ narrow: build(2), wide: build(16) }, data, { seeds: 3, epochs: 2, verbose: 0 });
 * summary.wide.loss.values.length; // 3
 */
export async function compare(
  models: Readonly<Record<string, BuildModel>>,
  data: CompareData,
  options: CompareOptions = {},
): Promise<Comparison> {
  checkOptions('compare', options, [
    'seeds',
    'validationSplit',
    'callbacks',
    'returnModels',
    'nJobs',
    'verbose',
    ...sharedFitOptions,
  ]);
  if (typeof models !== 'object' || models === null) {
    throw new TypeError(
      `Expected models to be an object with a function for each name, received ${describe(models)}.`,
    );
  }
  if (typeof data !== 'object' || data === null) {
    throw new TypeError(
      `Expected the data of compare as { x, y, validationData, testData }, received ${describe(data)}.`,
    );
  }
  checkOptions('the data of compare', data, ['x', 'y', 'sampleWeight', 'validationData', 'testData']);
  if (data.testData !== undefined && !(Array.isArray(data.testData) && data.testData.length === 2)) {
    throw new TypeError(`Expected testData to be [x, y], received ${describe(data.testData)}.`);
  }
  const { callbacks, returnModels = false, nJobs, verbose, validationSplit } = options;
  checkBoolean('returnModels', returnModels);
  if (callbacks !== undefined && typeof callbacks !== 'function') {
    throw new TypeError(
      `Expected callbacks to be a function that makes them anew for each run, received ${describe(callbacks)}.`,
    );
  }
  const names = Object.keys(models);
  if (names.length === 0) throw new RangeError('Expected at least one model to compare, received none.');
  if (data.testData === undefined && data.validationData === undefined && validationSplit === undefined) {
    throw new TypeError(
      'Expected something to score on, received neither testData nor validationData in the data, nor validationSplit in the options. ' +
        'Give one of them.',
    );
  }
  const seeds = toSeeds(options.seeds ?? 1);
  const fitOptions = Object.fromEntries(sharedFitOptions.map(key => [key, options[key]]));
  const seen = new WeakSet();
  const planned = names.flatMap(name => seeds.map(seed => ({ name, seed })));
  const runs = planned.map(({ name, seed }) => {
    const runName = seeds.length === 1 ? name : `${name} (seed ${seed})`;
    return {
      name: runName,
      group: name,
      start: (context: RunContext): Promise<RunResult> =>
        trainRun(
          {
            name: runName,
            build: models[name]!,
            seed,
            fitOptions,
            callbacks: callbacks?.(name, seed) ?? [],
            keepModel: returnModels,
            seen,
            data: () => ({
              x: data.x,
              y: data.y,
              options: {
                sampleWeight: data.sampleWeight,
                validationData: data.validationData,
                validationSplit,
              },
              test: data.testData,
            }),
          },
          context,
        ),
    };
  });
  const { outcomes, interrupted } = await runTogether(runs, {
    nJobs,
    verbose,
    what: 'runs',
    epochs: options.epochs,
  });
  const result: Comparison = { runs: [], summary: {}, failures: [], interrupted };
  outcomes.forEach((outcome, i) => {
    const { name, seed } = planned[i]!;
    if (outcome === undefined) return;
    if ('error' in outcome) {
      result.failures.push({ name, seed, error: outcome.error });
      return;
    }
    const { history, scores, model } = outcome.value;
    result.runs.push({ name, seed, history, scores, ...(model ? { model } : {}) });
  });
  const [failure] = result.failures;
  if (failure && result.runs.length === 0) throw failure.error;
  for (const { name, seed, error } of result.failures) {
    console.warn(`Warning: ${name} (seed ${seed}) failed: ${messageOf(error)}`);
  }
  for (const name of names) {
    const own = result.runs.filter(run => run.name === name && !run.history.interrupted);
    if (own.length > 0) result.summary[name] = summarize(own.map(({ scores }) => scores));
  }
  return result;
}

function toSeeds(seeds: number | readonly number[]): readonly number[] {
  if (typeof seeds === 'number') {
    return Array.from({ length: checkCount('seeds', seeds, { min: 1 }) }, (_, i) => i);
  }
  if (!Array.isArray(seeds) || seeds.length === 0) {
    throw new TypeError(`Expected seeds to be a count or an array of seeds, received ${describe(seeds)}.`);
  }
  seeds.forEach((seed, i) => checkCount(`seeds[${i}]`, seed, { max: 2 ** 32 - 1 }));
  if (new Set(seeds).size < seeds.length) {
    throw new RangeError(
      `Expected each seed once, received ${seeds.join(', ')}. The same seed gives the same run.`,
    );
  }
  return seeds;
}
