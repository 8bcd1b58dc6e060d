import { createHash } from 'node:crypto';
import goldens from '../reference/sklearn/splits.json';
import { drawLabels, labelSet, Source, type LabelKind } from '../reference/sklearn/source';
import { untyped } from '../untyped';

interface Inputs {
  n: number;
  classes: number;
  kind: LabelKind;
  skew: number;
  inputs: number;
  hash?: boolean;
}

export interface SplitCase extends Inputs {
  testSize: number | null;
  trainSize: number | null;
  randomState: number | null;
  shuffle: boolean;
  oneHot?: boolean;
}

export interface FoldCase extends Inputs {
  nSplits: number;
  shuffle: boolean;
  randomState: number | null;
}

type Indices = number[] | string;

export const splitCases: [SplitCase, { error?: string; train: Indices; test: Indices }][] = untyped(
  goldens.trainTestSplit,
);
export const foldCases: [FoldCase, { error?: string; test: Indices[] }][] = untyped(goldens.folds);

/** The class of each sample, `undefined` where the case has none. */
export function classesOf(
  given: Inputs & { oneHot?: boolean },
): number[] | string[] | number[][] | undefined {
  if (given.classes === 0) return undefined;
  const labels: (number | string)[] = labelSet(given.kind, given.classes);
  const drawn = drawLabels(new Source(given.inputs), labels, given.n, given.skew);
  if (!given.oneHot) return untyped(drawn);
  return drawn.map(label => Array.from({ length: given.classes }, (_, i) => (i === label ? 1 : 0)));
}

/** Long lists of indices are stored as a hash. */
export function stored(index: readonly number[], hash: boolean | undefined): Indices {
  return hash ? createHash('sha256').update(index.join(',')).digest('hex') : [...index];
}
