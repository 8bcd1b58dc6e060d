import type * as tf from '@tensorflow/tfjs';
import { isList } from '../matrix/isList';
import { isTensor } from '../matrix/isTensor';
import { checkBoolean } from '../options/checkBoolean';
import { checkCount } from '../options/checkCount';
import { checkOptions } from '../options/checkOptions';
import { describe } from '../options/describe';
import { hasMethods } from '../options/hasMethods';
import { drawSeed } from '../random/setRandomSeed';
import type { Callback } from '../training/Callback';
import type { History } from '../training/History';
import type { Data } from '../training/prepare';
import type { Verbose } from '../training/Watch';
import { freeModel, type BuildModel } from './buildSeeded';
import type { Fold, Splitter } from './folds';
import { KFold } from './KFold';
import { checkPreprocessing, preprocessFold, takeData, type Preprocessing } from './preprocessFold';
import { runSeed } from './runSeed';
import { messageOf, runTogether } from './runTogether';
import { countSamples } from './samples';
import { sharedFitOptions, trainRun, type RunResult, type SharedFitOptions } from './trainRun';

/** Options of `crossValidate`. */
export interface CrossValidateOptions extends SharedFitOptions {
  /** The number of folds, cut in order without shuffle, or a splitter such as `new KFold(…)`. Default 5. */
  cv?: number | Splitter;
  /**
   * Makes what is fitted on the training part of each fold and applied to both of its parts, such as
   * `() => ({ x: new StandardScaler(), y: new StandardScaler() })`. Called once a fold. A `y` of numbers goes through as a column.
   */
  preprocess?: () => Preprocessing;
  /** 0 to 2^32 − 1; fold i is seeded by `runSeed(seed, i)`. Default: the next of the stream that `setRandomSeed` started. */
  seed?: number;
  /** Makes the callbacks of a fold; they keep state, so each fold needs its own. */
  callbacks?: (fold: number) => Callback | readonly Callback[];
  /** Return the trained models, which the caller disposes. Default `false`. */
  returnModels?: boolean;
  /** How many folds to train at once. Default: one more than there are cores, as one prepares while others compute. Changes no result. */
  nJobs?: number;
  /** 1 (default): a line of progress, in a notebook the curves of all folds; 2: a line at the end; 0: nothing. */
  verbose?: Verbose;
}

/** What `crossValidate` returns: one entry for each fold, in the order of the folds. */
export interface CrossValidation {
  /** With `val_` values of the fold's test part. */
  histories: History[];
  /** Loss and metrics on the fold's test part after the last epoch, as `evaluate` gives them. */
  scores: Record<string, number>[];
  /** The sample numbers. */
  folds: Fold[];
  /** With `preprocess`: what was fitted. */
  preprocessing?: Preprocessing[];
  /** With `returnModels: true`: the trained models. */
  models?: tf.LayersModel[];
  /** Whether the user stopped it: folds without an epoch are missing, those under way have fewer epochs. */
  interrupted: boolean;
}

/**
 * Train a new model on each fold's training part and score it on its test part. Folds run at the same time over the cores; each is seeded
 * on its own, so that the result depends on the seed alone.
 *
 * @param buildModel Makes a new compiled model; called once a fold, with the initial weights that the fold's seed gives.
 * @param x Samples of a model with one input.
 * @param y Targets.
 * @throws The error of a fold, its number in front if other folds finished; RangeError or TypeError for options that do not fit.
 * @example
 * const buildModel = () => {
 *   const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
 *   model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
 *   return model;
 * };
 * const { scores, histories } = await crossValidate(buildModel, [[0], [1], [2], [3]], [1, 3, 5, 7], { cv: 2, epochs: 3, verbose: 0 });
 * scores.length; // 2
 * histories[0].history.val_loss.length; // 3
 */
export async function crossValidate(
  buildModel: BuildModel,
  x: Data,
  y: Data,
  options: CrossValidateOptions = {},
): Promise<CrossValidation> {
  checkOptions('crossValidate', options, [
    'cv',
    'preprocess',
    'seed',
    'callbacks',
    'returnModels',
    'nJobs',
    'verbose',
    ...sharedFitOptions,
  ]);
  const { cv = 5, preprocess, seed = drawSeed(), callbacks, returnModels = false, nJobs, verbose } = options;
  checkBoolean('returnModels', returnModels);
  checkFunction('preprocess', preprocess);
  checkFunction('callbacks', callbacks);
  const folds = cutFolds(cv, x, y);
  const fitOptions = Object.fromEntries(sharedFitOptions.map(key => [key, options[key]]));
  const fitted = new Map<number, Preprocessing>();
  const seen = new WeakSet();
  const runs = folds.map(([train, test], i) => {
    const name = `fold ${i + 1}`;
    return {
      name,
      start: (context: Parameters<typeof trainRun>[1]): Promise<RunResult> =>
        trainRun(
          {
            name,
            build: buildModel,
            seed: runSeed(seed, i),
            fitOptions,
            callbacks: callbacks?.(i) ?? [],
            keepModel: returnModels,
            seen,
            data: owned => {
              const own = (part: Data): Data => {
                if (isTensor(part)) owned.push(part);
                return part;
              };
              const raw = {
                x: own(takeData(x, train)),
                y: own(takeData(y, train)),
                xTest: own(takeData(x, test)),
                yTest: own(takeData(y, test)),
              };
              const preprocessing = preprocess ? checkPreprocessing(preprocess(), seen) : {};
              const parts = preprocessFold(raw, preprocessing, own);
              fitted.set(i, preprocessing);
              return {
                x: parts.x,
                y: parts.y,
                options: { validationData: [parts.xTest, parts.yTest] },
                test: [parts.xTest, parts.yTest],
              };
            },
          },
          context,
        ),
    };
  });
  const { outcomes, interrupted } = await runTogether(runs, {
    nJobs,
    verbose,
    what: 'folds',
    epochs: options.epochs,
  });
  const done = outcomes.flatMap((outcome, i) => (outcome && 'value' in outcome ? [i] : []));
  const results = outcomes.flatMap(outcome => (outcome && 'value' in outcome ? [outcome.value] : []));
  outcomes.forEach((outcome, i) => {
    if (!outcome || 'value' in outcome) return;
    for (const { model } of results) if (model) freeModel(model);
    if (results.length === 0) throw outcome.error;
    throw new Error(`Fold ${i + 1} of ${folds.length} failed: ${messageOf(outcome.error)}`, {
      cause: outcome.error,
    });
  });
  return {
    histories: results.map(({ history }) => history),
    scores: results.map(({ scores }) => scores),
    folds: done.map(i => folds[i]!),
    ...(preprocess ? { preprocessing: done.map(i => fitted.get(i)!) } : {}),
    ...(returnModels ? { models: results.flatMap(({ model }) => model ?? []) } : {}),
    interrupted,
  };
}

function cutFolds(cv: number | Splitter, x: Data, y: Data): Fold[] {
  const samples = countSamples(x, 'x');
  const targets = countSamples(y, 'y');
  if (samples !== targets) {
    throw new RangeError(`Expected x and y to have as many samples, received ${samples} and ${targets}.`);
  }
  const splitter: unknown =
    typeof cv === 'number' ? new KFold({ nSplits: checkCount('cv', cv, { min: 2 }) }) : cv;
  if (!isSplitter(splitter)) {
    throw new TypeError(
      `Expected cv to be a number of folds or an object with a split method, received ${describe(cv)}.`,
    );
  }
  const cut: unknown = splitter.split(x, y);
  if (!isIterable(cut)) {
    throw new TypeError(
      `Expected the split method of cv to give [train, test] for each fold, received ${describe(cut)}.`,
    );
  }
  const folds = Array.from(cut, fold => {
    if (isFold(fold)) return fold;
    throw new TypeError(
      `Expected the split method of cv to give [train, test], two lists of sample numbers, for each fold, received ${describe(fold)}.`,
    );
  });
  if (folds.length === 0 || folds.some(([train, test]) => train.length === 0 || test.length === 0)) {
    throw new RangeError(
      'Expected cv to give folds with samples to train and to test on, received an empty one.',
    );
  }
  return folds;
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}

function isFold(value: unknown): value is Fold {
  return Array.isArray(value) && value.length === 2 && value.every(isList);
}

function isSplitter(value: unknown): value is { split(x: Data, y: Data): Iterable<Fold> } {
  return hasMethods(value, 'split');
}

function checkFunction(name: string, value: unknown): void {
  if (value === undefined || typeof value === 'function') return;
  throw new TypeError(
    `Expected ${name} to be a function that makes them anew for each fold, received ${describe(value)}.`,
  );
}
