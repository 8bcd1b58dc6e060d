import type { Label } from '../labels/Labels';
import { toLabels } from '../labels/toLabels';
import { toList } from '../labels/toList';
import { uniqueLabels } from '../labels/uniqueLabels';
import { describe } from '../options/describe';

/** The checked labels of a classification. */
export interface Targets {
  yTrue: Label[];
  yPred: Label[];
  /** Those present in either list, in order. */
  readonly present: Label[];
}

/** Check true and predicted labels as scikit-learn's metrics do: same length, not empty, labels and not probabilities, one kind. */
export function checkTargets(yTrue: unknown, yPred: unknown): Targets {
  const truth = toLabels(yTrue, 'yTrue');
  const predicted = toLabels(yPred, 'yPred');
  checkSameLength(truth.length, predicted.length);
  if (typeof truth[0] !== typeof predicted[0]) {
    throw new TypeError(
      `Expected yTrue and yPred to hold the same kind of labels, received ${typeof truth[0]}s and ${typeof predicted[0]}s. ` +
        'Turn one into the other first.',
    );
  }
  return {
    yTrue: truth,
    yPred: predicted,
    // Not every metric asks for them.
    get present() {
      return uniqueLabels([...truth, ...predicted]);
    },
  };
}

/** Read one list of finite numbers. */
export function toNumbers(value: unknown, name: string): number[] {
  return toList(value, name).map((number, i) => {
    if (typeof number === 'number' && Number.isFinite(number)) return number;
    throw new TypeError(
      `Expected ${name} to hold finite numbers, received ${describe(number)} at position ${i}.`,
    );
  });
}

/** Read the option `sampleWeight`: one finite number for each sample, not all of them 0. */
export function toSampleWeight(value: unknown, samples: number): number[] | undefined {
  if (value === undefined || value === null) return undefined;
  const weights = toNumbers(value, 'sampleWeight');
  if (weights.length !== samples) {
    throw new RangeError(
      `Expected sampleWeight to have one weight for each of the ${samples} samples, received ${weights.length}.`,
    );
  }
  if (weights.every(weight => weight === 0)) {
    throw new RangeError(
      'Expected sampleWeight to have at least one weight other than 0, received only zeros.',
    );
  }
  return weights;
}

/** Read the option `labels`: distinct labels of the kind that the data have. */
export function toLabelsOption(value: unknown, targets: Targets): Label[] | undefined {
  if (value === undefined || value === null) return undefined;
  const labels = toLabels(value, 'labels');
  const kind = typeof targets.present[0];
  if (typeof labels[0] !== kind) {
    throw new TypeError(
      `Expected labels to be of the kind found in yTrue and yPred (${kind}s), received ${typeof labels[0]}s.`,
    );
  }
  const repeated = labels.find((label, i) => labels.indexOf(label) !== i);
  if (repeated !== undefined) {
    throw new RangeError(
      `Expected labels to name each label once, received ${JSON.stringify(repeated)} twice.`,
    );
  }
  return labels;
}

/** Refuse lists of different lengths. */
export function checkSameLength(
  yTrue: number,
  yPred: number,
  names: [string, string] = ['yTrue', 'yPred'],
): void {
  if (yTrue === yPred) return;
  throw new RangeError(
    `Expected ${names[0]} and ${names[1]} to have as many samples, received ${yTrue} and ${yPred}.`,
  );
}
