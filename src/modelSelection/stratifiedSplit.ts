import type { Label } from '../labels/Labels';
import { uniqueLabels } from '../labels/uniqueLabels';
import type { RandomState } from '../random/RandomState';

/** One draw of scikit-learn's `StratifiedShuffleSplit`: sample numbers for train and test with equal shares of the classes. */
export function stratifiedSplit(
  labels: readonly Label[],
  trainCount: number,
  testCount: number,
  rng: RandomState,
): [train: number[], test: number[]] {
  const classes = uniqueLabels(labels);
  const members = new Map(classes.map((label): [Label, number[]] => [label, []]));
  labels.forEach((label, i) => members.get(label)!.push(i));
  const counts = classes.map(label => members.get(label)!.length);
  check(classes, counts, trainCount, testCount);

  const forTrain = approximateMode(counts, trainCount, rng);
  const forTest = approximateMode(
    counts.map((count, k) => count - forTrain[k]!),
    testCount,
    rng,
  );
  const train: number[] = [];
  const test: number[] = [];
  classes.forEach((label, k) => {
    const mixed = rng.permutation(members.get(label)!);
    const end = forTrain[k]! + forTest[k]!;
    mixed.forEach((sample, i) => {
      if (i < end) (i < forTrain[k]! ? train : test).push(sample);
    });
  });
  return [rng.permutation(train), rng.permutation(test)];
}

/** How many to draw from each class: its share, rounded so that the sum is right; `rng` decides between equal remainders. */
function approximateMode(counts: readonly number[], draws: number, rng: RandomState): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const exact = counts.map(count => (count / total) * draws);
  const drawn = exact.map(Math.floor);
  let missing = draws - drawn.reduce((sum, count) => sum + count, 0);
  const remainders = exact.map((value, k) => value - drawn[k]!);
  for (const value of [...new Set(remainders)].sort((a, b) => b - a)) {
    if (missing <= 0) break;
    const equal = remainders.flatMap((remainder, k) => (remainder === value ? [k] : []));
    const added = Math.min(equal.length, missing);
    for (const k of rng.choice(equal, added, { replace: false })) drawn[k]!++;
    missing -= added;
  }
  return drawn;
}

function check(
  classes: readonly Label[],
  counts: readonly number[],
  trainCount: number,
  testCount: number,
): void {
  const single = classes.filter((_, k) => counts[k]! < 2);
  if (single.length > 0) {
    throw new RangeError(
      `Expected at least 2 samples of each class in stratify, received 1 of ${single.map(label => JSON.stringify(label)).join(', ')}.`,
    );
  }
  for (const [name, size] of [
    ['trainSize', trainCount],
    ['testSize', testCount],
  ] as const) {
    if (size >= classes.length) continue;
    throw new RangeError(
      `Expected ${name} to be at least the number of classes in stratify (${classes.length}), received ${size} samples.`,
    );
  }
}
