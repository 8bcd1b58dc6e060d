import goldens from '../reference/sklearn/metrics.json';
import {
  drawLabels,
  drawWeights,
  labelSet,
  revive,
  Source,
  type LabelKind,
} from '../reference/sklearn/source';
import { untyped } from '../untyped';

type Weights = 'none' | 'whole' | 'float';

export interface ClassesCase {
  n: number;
  classes: number;
  kind: LabelKind;
  skew: number;
  hits: number;
  weights: Weights;
  chosen: boolean;
  normalize: 'true' | 'pred' | 'all' | null;
  digits: number;
  average: 'micro' | 'macro' | 'weighted' | 'binary' | null;
  beta: number;
  zeroDivision: 'warn' | 0 | 1 | 'nan';
  inputs: number;
}

export interface RegressionCase {
  n: number;
  outputs: number;
  flat: boolean;
  span: number;
  weights: Weights;
  multioutput: 'uniform_average' | 'raw_values' | 'weights';
  inputs: number;
}

export interface RocCase {
  n: number;
  kind: '01' | '-11' | 'text';
  skew: number;
  levels: number;
  weights: Weights;
  drop: boolean;
  inputs: number;
}

function read<Case, K extends string>(rows: readonly unknown[]): [Case, Partial<Record<K, unknown>>][] {
  return rows.map(row => untyped(revive(row)));
}

export const classesCases = read<ClassesCase, 'accuracy' | 'right' | 'matrix' | 'report' | 'scores' | 'dict'>(
  goldens.classes,
);
export const regressionCases = read<RegressionCase, 'mae' | 'mse'>(goldens.regression);
export const rocCases = read<RocCase, 'curve' | 'auc'>(goldens.roc);

/** The inputs of a case, drawn in the order of goldens.py. */
export function classesInputs(given: ClassesCase): {
  yTrue: number[];
  yPred: number[];
  sampleWeight: number[] | undefined;
  labels: number[] | undefined;
} {
  const source = new Source(given.inputs);
  // Texts or numbers: the functions under test take either.
  const labels: number[] = untyped(labelSet(given.kind, given.classes));
  const yTrue = drawLabels(source, labels, given.n, given.skew);
  const other = drawLabels(source, labels, given.n, 1);
  const yPred = yTrue.map((label, i) => (source.unit() < given.hits ? label : other[i]!));
  const sampleWeight = drawWeights(source, given.weights, given.n);
  const chosen = given.chosen ? labels.toReversed().filter(() => source.unit() < 0.6) : undefined;
  return { yTrue, yPred, sampleWeight, labels: chosen };
}

export function zeroDivisionOf(given: ClassesCase): 'warn' | number {
  return given.zeroDivision === 'nan' ? NaN : given.zeroDivision;
}

export function regressionInputs(given: RegressionCase): {
  yTrue: number[] | number[][];
  yPred: number[][];
  sampleWeight: number[] | undefined;
  multioutput: 'uniform_average' | 'raw_values' | number[];
} {
  const source = new Source(given.inputs);
  const { n, outputs, span } = given;
  const draw = (): number => {
    const value = source.unit() - 0.5;
    return value * 10 ** source.below(span);
  };
  const rows = (): number[][] =>
    Array.from({ length: n }, () => Array.from({ length: outputs }, () => draw()));
  const yTrue = rows();
  const yPred = rows();
  const sampleWeight = drawWeights(source, given.weights, n);
  const multioutput =
    given.multioutput === 'weights'
      ? Array.from({ length: outputs }, () => source.unit())
      : given.multioutput;
  return { yTrue: given.flat ? yTrue.map(row => row[0]!) : yTrue, yPred, sampleWeight, multioutput };
}

export function rocInputs(given: RocCase): {
  yTrue: number[];
  yScore: number[];
  sampleWeight: number[] | undefined;
} {
  const source = new Source(given.inputs);
  const labels: number[] = { '01': [0, 1], '-11': [-1, 1], text: untyped(['no', 'yes']) }[given.kind];
  const yTrue = drawLabels(source, labels, given.n, given.skew);
  const { levels } = given;
  const yScore = yTrue.map(() => (levels ? source.below(levels) / levels : source.unit()));
  return { yTrue, yScore, sampleWeight: drawWeights(source, given.weights, given.n) };
}
