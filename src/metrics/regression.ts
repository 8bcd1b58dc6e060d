import type * as tf from '@tensorflow/tfjs';
import { describe } from '../options/describe';
import { isList } from '../matrix/isList';
import { isTensor } from '../matrix/isTensor';
import { checkChoice } from '../options/checkChoice';
import { checkOptions } from '../options/checkOptions';
import { pairwiseSum } from '../matrix/pairwiseSum';
import { average } from './sum';
import { checkSameLength, toNumbers, toSampleWeight } from './targets';

/** Values to compare: n numbers, n rows of outputs, or a tensor of shape [n] or [n, outputs]. */
export type Values = ArrayLike<number> | readonly ArrayLike<number>[] | tf.Tensor;

/** How the errors of several outputs become one: their mean, their weighted mean, or not at all. */
export type Multioutput = 'uniform_average' | 'raw_values' | readonly number[];

/** Options of the errors of regression. */
export interface RegressionOptions {
  /** One weight for each sample. */
  sampleWeight?: ArrayLike<number>;
  /** With several outputs: `'uniform_average'` (default), one weight for each output, or `'raw_values'` for one error for each. */
  multioutput?: Multioutput;
}

/** The mean of `error(truth, prediction)` over samples, then over outputs. */
export function regressionError(
  name: string,
  yTrue: unknown,
  yPred: unknown,
  options: RegressionOptions,
  error: (truth: number, value: number) => number,
): number | number[] {
  checkOptions(name, options, ['sampleWeight', 'multioutput']);
  const truth = toRows(yTrue, 'yTrue');
  const predicted = toRows(yPred, 'yPred');
  checkSameLength(truth.length, predicted.length);
  const outputs = truth[0]!.length;
  if (outputs !== predicted[0]!.length) {
    throw new RangeError(
      `Expected yTrue and yPred to have as many outputs, received ${outputs} and ${predicted[0]!.length}.`,
    );
  }
  const { multioutput = 'uniform_average' } = options;
  const outputWeights = typeof multioutput === 'string' ? undefined : toOutputWeights(multioutput, outputs);
  if (typeof multioutput === 'string') {
    checkChoice('multioutput', multioutput, ['uniform_average', 'raw_values']);
  }
  const weights = toSampleWeight(options.sampleWeight, truth.length);
  const scale = weights && pairwiseSum(weights);
  if (scale === 0) {
    throw new RangeError(
      'Expected the values of sampleWeight not to sum to 0, received weights whose sum is 0.',
    );
  }
  const errors = Array.from({ length: outputs }, (_, j) => {
    const terms = truth.map((row, i) => error(row[j]!, predicted[i]![j]!) * (weights ? weights[i]! : 1));
    // NumPy adds a single column pairwise, several columns row by row.
    const sum = outputs === 1 ? pairwiseSum(terms) : terms.reduce((total, term) => total + term, 0);
    return sum / (scale ?? truth.length);
  });
  if (multioutput === 'raw_values') return errors;
  return average(errors, outputWeights);
}

function toOutputWeights(value: unknown, outputs: number): number[] {
  const weights = toNumbers(value, 'multioutput');
  if (outputs === 1) {
    throw new RangeError(
      'Expected several outputs when multioutput gives weights, received one. Leave it out.',
    );
  }
  if (weights.length !== outputs) {
    throw new RangeError(
      `Expected multioutput to have one weight for each of the ${outputs} outputs, received ${weights.length}.`,
    );
  }
  if (pairwiseSum(weights) === 0) {
    throw new RangeError(
      'Expected the weights of multioutput not to sum to 0, received weights whose sum is 0.',
    );
  }
  return weights;
}

function toRow(value: unknown, name: string): number[] {
  if (!isList(value)) {
    throw new TypeError(`Expected ${name} to be an array of numbers, received ${describe(value)}.`);
  }
  return Array.from(value, (number, j) => {
    if (typeof number === 'number' && Number.isFinite(number)) return number;
    throw new TypeError(
      `Expected ${name} to hold finite numbers, received ${describe(number)} at position ${j}.`,
    );
  });
}

function toRows(value: unknown, name: string): number[][] {
  if (isTensor(value)) {
    if (value.shape.length === 1 || value.shape.length === 2) return toRows(value.arraySync(), name);
    throw new RangeError(
      `Expected ${name} to have 1 or 2 axes, received a tensor of shape [${value.shape.join(', ')}].`,
    );
  }
  if (!isList(value)) {
    throw new TypeError(`Expected ${name} to be numbers or rows of numbers, received ${describe(value)}.`);
  }
  if (value.length === 0)
    throw new RangeError(`Expected ${name} to have at least one sample, received none.`);
  if (!isList(value[0])) {
    return toNumbers(value, name).map(number => [number]);
  }
  const rows = Array.from(value, (row, i) => toRow(row, `row ${i} of ${name}`));
  const columns = rows[0]!.length;
  if (columns === 0) throw new RangeError(`Expected ${name} to have at least one output, received none.`);
  const odd = rows.findIndex(row => row.length !== columns);
  if (odd >= 0) {
    throw new RangeError(
      `Expected every row of ${name} to have ${columns} values as row 0 has, received ${rows[odd]!.length} in row ${odd}.`,
    );
  }
  return rows;
}
