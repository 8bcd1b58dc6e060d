import type * as tf from '@tensorflow/tfjs';
import type { TrainingJob } from '../engines/engine';
import { metricNames } from '../engines/metricNames';
import { modelInternals } from '../engines/modelInternals';
import { sliceSamples, type Samples } from '../engines/Samples';
import { isTensor } from '../matrix/isTensor';
import { checkBoolean } from '../options/checkBoolean';
import { checkCount } from '../options/checkCount';
import { checkOptions } from '../options/checkOptions';
import { describe } from '../options/describe';
import { drawSeed } from '../random/setRandomSeed';
import { watches, type Callback } from './Callback';
import type { FitOptions } from './FitOptions';
import { countSamples, inputSlots, prepare, prepareWeights, targetSlots } from './prepare';
import { prepareData } from './prepareData';
import { checkVerbose } from './Watch';

const known: readonly (keyof FitOptions)[] = [
  'batchSize',
  'epochs',
  'verbose',
  'callbacks',
  'validationSplit',
  'validationData',
  'shuffle',
  'classWeight',
  'sampleWeight',
  'initialEpoch',
  'seed',
  'engine',
];

const elsewhere = ['stepsPerEpoch', 'validationSteps', 'validationBatchSize', 'validationFreq', 'yieldEvery'];

/** A call of `fit`, checked. */
export interface Plan {
  readonly job: Omit<TrainingJob, 'signal' | 'onProgress'>;
  readonly names: string[];
  readonly samples: number;
  readonly callbacks: readonly Callback[];
  readonly epochs: number;
  readonly initialEpoch: number;
  readonly verbose: 0 | 1 | 2;
  /** Tensors made here. */
  readonly owned: readonly tf.Tensor[];
}

/** Check all that `fit` was given, and make of it what an engine needs. */
export function planFit(model: tf.LayersModel, x: unknown, y: unknown, options: FitOptions): Plan {
  checkKnown(options);
  const {
    batchSize = 32,
    epochs = 1,
    initialEpoch = 0,
    shuffle = true,
    seed,
    validationSplit,
    validationData,
  } = options;
  checkCount('batchSize', batchSize, { min: 1 });
  checkCount('epochs', epochs);
  checkCount('initialEpoch', initialEpoch);
  checkBoolean('shuffle', shuffle);
  if (seed !== undefined) checkCount('seed', seed, { max: 2 ** 32 - 1 });
  const verbose = checkVerbose(options.verbose ?? 'auto');
  const callbacks = checkCallbacks(options.callbacks);
  const internals = modelInternals(model);
  if (!internals.trainableVariables.some(variable => variable.trainable)) {
    throw new Error(
      'Expected a model with weights to train, received one whose layers are all frozen or have none. ' +
        'Set trainable = true on a layer, and compile the model again.',
    );
  }
  const names = metricNames(model);
  const slots = targetSlots(internals, 'y');
  const inputs = prepare(x, inputSlots(internals.model, 'x'), 'x');
  const targets = prepare(y, slots, 'y');
  const count = countSamples({ x: inputs, y: targets });
  const sampleWeight = prepareWeights(options.sampleWeight, options.classWeight, targets, slots);
  const base = { batchSize, shuffle, seed: seed ?? drawSeed() };
  const rest = { names, callbacks, epochs, initialEpoch, verbose };
  if (validationData !== undefined && validationSplit !== undefined) {
    throw new TypeError('Expected validationData or validationSplit, received both. Leave one out.');
  }
  if (validationSplit !== undefined) {
    if (!(typeof validationSplit === 'number' && validationSplit > 0 && validationSplit < 1)) {
      throw new RangeError(
        `Expected validationSplit to be above 0 and below 1, received ${describe(validationSplit)}.`,
      );
    }
    const at = Math.floor(count * (1 - validationSplit));
    if (at === 0 || at === count) {
      throw new RangeError(
        `Expected validationSplit to leave samples on both sides, received ${validationSplit} of ${count} samples.`,
      );
    }
    const owned: tf.Tensor[] = [];
    const cut = (samples: Samples, begin: number, end: number): Samples => {
      const part = sliceSamples(samples, begin, end);
      if (isTensor(part)) owned.push(part);
      return part;
    };
    const side = (begin: number, end: number) => ({
      x: inputs.map(samples => cut(samples, begin, end)),
      y: targets.map(samples => cut(samples, begin, end)),
      sampleWeight: sampleWeight.map(weights => weights?.subarray(begin, end)),
    });
    // The weights of classes are for training alone.
    const own = prepareWeights(options.sampleWeight, undefined, targets, slots);
    const validation = {
      ...side(at, count),
      sampleWeight: own.map(weights => weights?.subarray(at, count)),
    };
    return { job: { ...base, ...side(0, at), validation }, samples: at, owned, ...rest };
  }
  const job = { ...base, x: inputs, y: targets, sampleWeight };
  if (validationData === undefined) return { job, samples: count, owned: [], ...rest };
  if (!Array.isArray(validationData) || validationData.length < 2 || validationData.length > 3) {
    throw new TypeError(
      `Expected validationData to be [x, y] or [x, y, sampleWeight], received ${describe(validationData)}.`,
    );
  }
  const [valX, valY, valWeight]: readonly unknown[] = validationData;
  const validation = prepareData(internals, valX, valY, 'validationData');
  const weights = prepareWeights(valWeight, undefined, validation.y, slots, 'validationData[2]');
  return {
    job: { ...job, validation: { ...validation, sampleWeight: weights } },
    samples: count,
    owned: [],
    ...rest,
  };
}

function checkKnown(options: unknown): void {
  if (typeof options === 'object' && options !== null) {
    const other = Object.keys(options).find(name => elsewhere.includes(name));
    if (other !== undefined) {
      throw new TypeError(
        `The option "${other}" of model.fit does nothing here. Leave it out; fit has: ${known.join(', ')}.`,
      );
    }
  }
  checkOptions('fit', options, known);
}

function checkCallbacks(given: unknown): readonly Callback[] {
  if (given === undefined) return [];
  const list: unknown[] = Array.isArray(given) ? given : [given];
  return list.map((callback, i) => {
    if (isCallback(callback)) return callback;
    throw new TypeError(
      `Expected callbacks to be objects with hooks such as onEpochEnd, received ${describe(callback)} at position ${i}.`,
    );
  });
}

function isCallback(value: unknown): value is Callback {
  return (
    typeof value === 'object' && value !== null && (watches(value, 'epochs') || watches(value, 'batches'))
  );
}
