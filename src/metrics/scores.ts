import type { Label } from '../labels/Labels';
import { uniqueLabels } from '../labels/uniqueLabels';
import { pairwiseSum } from '../matrix/pairwiseSum';
import { nanAverage } from './sum';
import { type Targets } from './targets';

/** What a score is where its divisor is 0: 0, 1, NaN (which leaves the label out of averages), or `'warn'` for 0 with a warning. */
export type ZeroDivision = 'warn' | number;

/** Sums for each label: weight of the samples rightly predicted, predicted, and true. */
export interface Counts {
  hits: number[];
  predicted: number[];
  truth: number[];
  /** Whether scikit-learn keeps these as float64, which shows in the printed support. */
  areFloats: boolean;
}

/** Count each of `labels`. */
export function count(
  targets: Targets,
  labels: readonly Label[],
  weights: readonly number[] | undefined,
): Counts {
  const all = uniqueLabels([...labels, ...targets.present]);
  const position = new Map(all.map((label, i) => [label, i]));
  const hits = new Array<number>(all.length).fill(0);
  const predicted = hits.slice();
  const truth = hits.slice();
  let anyHit = false;
  targets.yTrue.forEach((label, i) => {
    const weight = weights ? weights[i]! : 1;
    truth[position.get(label)!]! += weight;
    predicted[position.get(targets.yPred[i]!)!]! += weight;
    if (label !== targets.yPred[i]) return;
    hits[position.get(label)!]! += weight;
    anyHit = true;
  });
  const of = (sums: readonly number[]): number[] => labels.map(label => sums[position.get(label)!]!);
  const chosen = of(hits);
  // scikit-learn goes through false positives and negatives, which rounds weighted sums once more.
  const through = (sums: readonly number[]): number[] =>
    of(sums).map((sum, i) => chosen[i]! + (sum - chosen[i]!));
  return {
    hits: chosen,
    predicted: through(predicted),
    truth: through(truth),
    areFloats: weights !== undefined || !anyHit,
  };
}

/** Scores for each label (or for all labels together), and which of them had a divisor of 0. */
export interface Scores {
  precision: number[];
  recall: number[];
  fscore: number[];
  undefinedScores: { precision: boolean; recall: boolean; fscore: boolean };
}

/** Precision, recall and F-score from counts. */
export function score(counts: Counts, beta: number, zeroDivision: ZeroDivision): Scores {
  const fill = zeroDivision === 'warn' ? 0 : zeroDivision;
  const divide = (above: readonly number[], below: readonly number[]): [number[], boolean] => [
    above.map((value, i) => (below[i] === 0 ? fill : value / below[i]!)),
    below.includes(0),
  ];
  const [precision, noPrediction] = divide(counts.hits, counts.predicted);
  const [recall, noTruth] = divide(counts.hits, counts.truth);
  const undefinedScores = { precision: noPrediction, recall: noTruth, fscore: false };
  if (beta === Infinity) return { precision, recall, fscore: recall, undefinedScores };
  if (beta === 0) return { precision, recall, fscore: precision, undefinedScores };
  const beta2 = beta ** 2;
  const [fscore, neither] = divide(
    counts.hits.map(hit => (1 + beta2) * hit),
    counts.truth.map((sum, i) => beta2 * sum + counts.predicted[i]!),
  );
  return { precision, recall, fscore, undefinedScores: { ...undefinedScores, fscore: neither } };
}

/** Counts of all labels added up, as the micro average takes them. */
export function addUp(counts: Counts): Counts {
  return {
    hits: [pairwiseSum(counts.hits)],
    predicted: [pairwiseSum(counts.predicted)],
    truth: [pairwiseSum(counts.truth)],
    areFloats: counts.areFloats,
  };
}

/** The averages over labels: plain, or weighted by how often a label is true. */
export function averageScores(scores: Scores, weights?: readonly number[]): [number, number, number] {
  return [
    nanAverage(scores.precision, weights),
    nanAverage(scores.recall, weights),
    nanAverage(scores.fscore, weights),
  ];
}

/** Read the option `zeroDivision`. */
export function toZeroDivision(value: unknown): ZeroDivision {
  if (value === undefined || value === 'warn') return 'warn';
  if (typeof value === 'number' && (value === 0 || value === 1 || Number.isNaN(value))) return value;
  throw new RangeError(`Expected zeroDivision to be "warn", 0, 1 or NaN, received ${JSON.stringify(value)}.`);
}

/** What to tell the reader about scores that had a divisor of 0; `undefined` if there is nothing to tell. */
export function undefinedMessage({
  precision,
  recall,
  fscore,
}: Scores['undefinedScores']): string | undefined {
  const parts: string[] = [];
  if (precision) parts.push('precision for labels that were never predicted');
  if (recall) parts.push('recall for labels that are never true');
  if (fscore) parts.push('F-score for labels that are neither');
  if (parts.length === 0) return undefined;
  return `undefined and set to 0: ${parts.join(', ')}. Set zeroDivision to 0, 1 or NaN to choose the value.`;
}
