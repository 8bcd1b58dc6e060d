import { describe } from '../options/describe';

/**
 * How many samples train and test get: a whole number is a count, a fraction between 0 and 1 a share (rounded down for train, up for
 * test), and what is left out is the rest. Without both, test gets a quarter.
 */
export function splitSizes(
  samples: number,
  testSize?: number | null,
  trainSize?: number | null,
): [train: number, test: number] {
  const test = checkSize('testSize', testSize ?? (typeof trainSize === 'number' ? undefined : 0.25), samples);
  const train = checkSize('trainSize', trainSize, samples);
  if (isShare(test) && isShare(train) && test + train > 1) {
    throw new RangeError(
      `Expected the shares testSize and trainSize to sum to at most 1, received ${test + train}. Reduce one of them.`,
    );
  }
  const testCount = test === undefined ? undefined : isShare(test) ? Math.ceil(test * samples) : test;
  const trainCount =
    train === undefined ? samples - testCount! : isShare(train) ? Math.floor(train * samples) : train;
  const restCount = testCount ?? samples - trainCount;
  if (trainCount + restCount > samples) {
    throw new RangeError(
      `Expected trainSize and testSize to sum to at most the ${samples} samples, received ${trainCount + restCount}. ` +
        'Reduce one of them.',
    );
  }
  if (trainCount === 0) {
    throw new RangeError(
      `Expected samples to be left for training, received ${samples} of which testSize takes ${restCount} and trainSize none. ` +
        'Adjust testSize or trainSize.',
    );
  }
  return [trainCount, restCount];
}

function isShare(size: number | undefined): size is number {
  return size !== undefined && !Number.isInteger(size);
}

function checkSize(name: string, size: unknown, samples: number): number | undefined {
  if (size === undefined || size === null) return undefined;
  if (typeof size === 'number' && size > 0 && (Number.isInteger(size) ? size < samples : size < 1))
    return size;
  throw new RangeError(
    `Expected ${name} to be a count from 1 to ${samples - 1} (one less than the samples) or a share between 0 and 1, received ${describe(size)}.`,
  );
}
