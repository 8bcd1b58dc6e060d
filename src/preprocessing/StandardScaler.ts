import type { Matrix } from '../matrix/Matrix';
import { SparseMatrix } from '../matrix/SparseMatrix';
import { toMatrix } from '../matrix/toMatrix';
import { checkBoolean } from '../options/checkBoolean';
import { checkOptions } from '../options/checkOptions';
import { columnSums } from './columnSums';

/** Options of `StandardScaler`; names and defaults as in scikit-learn. */
export interface StandardScalerOptions {
  /** Subtract the mean of each column? Default true. */
  withMean?: boolean;
  /** Divide by the standard deviation of each column? Default true. */
  withStd?: boolean;
}

/**
 * Standardise columns: subtract the mean and divide by the standard deviation (of the population, as `numpy.std`) that
 * `fit` found. The numbers are those of `sklearn.preprocessing.StandardScaler` to the last bit: float64, sums in NumPy's
 * order, the corrected two-pass variance, near-constant columns divided by 1, NaN left out of account and passed on.
 *
 * @example
 * const scaler = new StandardScaler().fit([[0, 5], [2, 5]]);
 * scaler.transform([[4, 5]]); // [[3, 0]]
 */
export class StandardScaler {
  readonly #withMean: boolean;
  readonly #withStd: boolean;
  #fitted: Fitted | undefined;

  constructor(options: StandardScalerOptions = {}) {
    checkOptions('StandardScaler', options, ['withMean', 'withStd']);
    this.#withMean = checkBoolean('withMean', options.withMean ?? true);
    this.#withStd = checkBoolean('withStd', options.withStd ?? true);
  }

  /** Mean of each column (`mean_`); null when neither mean nor deviation is used. */
  get mean(): number[] | null {
    const { mean } = this.#get('mean');
    return this.#withMean || this.#withStd ? mean.slice() : null;
  }

  /** Variance of each column (`var_`); null without `withStd`. */
  get var(): number[] | null {
    const { variance } = this.#get('var');
    return this.#withStd ? variance.slice() : null;
  }

  /** What each column is divided by (`scale_`): its standard deviation, 1 for a constant column; null without `withStd`. */
  get scale(): number[] | null {
    const { scale } = this.#get('scale');
    return this.#withStd ? scale.slice() : null;
  }

  /** How many rows were seen (`n_samples_seen_`); by column where missing values (NaN) make it differ. */
  get nSamplesSeen(): number | number[] {
    const { seen } = this.#get('nSamplesSeen');
    return seen.every(n => n === seen[0]) ? seen[0]! : seen.slice();
  }

  /**
   * Find mean and deviation of the columns of `x`, forgetting what was found before.
   *
   * @param x Rows of numbers or a 2-D tensor, at least one row; not changed.
   * @returns The scaler itself.
   */
  fit(x: Matrix): this {
    const rows = toRows(x);
    this.#fitted = this.#update(undefined, rows);
    return this;
  }

  /**
   * Take further rows into account, as if they had been fitted together with the former ones. Rows that are NaN throughout in a column make its mean and
   * deviation NaN for good, as in scikit-learn.
   */
  partialFit(x: Matrix): this {
    const rows = toRows(x);
    if (this.#fitted !== undefined) checkColumns(rows, this.#fitted.mean.length);
    this.#fitted = this.#update(this.#fitted, rows);
    return this;
  }

  /**
   * The rows standardised, as new rows.
   *
   * @throws Error before `fit`, TypeError for another number of columns.
   */
  transform(x: Matrix): number[][] {
    const { mean, scale } = this.#get('transform');
    const rows = toRows(x);
    checkColumns(rows, mean.length);
    return rows.map(row =>
      row.map((value, j) => {
        const centred = this.#withMean ? value - mean[j]! : value;
        return this.#withStd ? centred / scale[j]! : centred;
      }),
    );
  }

  /** `fit(x).transform(x)`. */
  fitTransform(x: Matrix): number[][] {
    return this.fit(x).transform(x);
  }

  /**
   * Standardised rows back in their former units, as new rows. For values only: an error or a deviation is multiplied by
   * `scale` and gets no mean added.
   */
  inverseTransform(x: Matrix): number[][] {
    const { mean, scale } = this.#get('inverseTransform');
    const rows = toRows(x);
    checkColumns(rows, mean.length);
    return rows.map(row =>
      row.map((value, j) => {
        const stretched = this.#withStd ? value * scale[j]! : value;
        return this.#withMean ? stretched + mean[j]! : stretched;
      }),
    );
  }

  #get(what: string): Fitted {
    if (this.#fitted === undefined) {
      throw new Error(
        `Expected the StandardScaler to be fitted before ${what}, received none. Call fit(x) first.`,
      );
    }
    return this.#fitted;
  }

  /** scikit-learn's `_incremental_mean_and_var` (Chan, Golub and LeVeque, The American Statistician 37, 1983). */
  #update(last: Fitted | undefined, rows: readonly (readonly number[])[]): Fitted {
    const missing = columnSums(rows, value => (Number.isNaN(value) ? 1 : 0));
    const sums = columnSums(rows, value => (Number.isNaN(value) ? 0 : value));
    const counts = missing.map(n => rows.length - n);
    const means = sums.map((sum, j) => sum / counts[j]!);
    const deviation = (value: number, j: number): number => (Number.isNaN(value) ? 0 : value - means[j]!);
    const corrections = columnSums(rows, deviation);
    const squares = columnSums(rows, (value, j) => deviation(value, j) ** 2);
    const fitted: Fitted = { mean: [], variance: [], scale: [], seen: [] };
    sums.forEach((sum, j) => {
      const count = counts[j]!;
      const lastCount = last?.seen[j] ?? 0;
      const lastSum = (last?.mean[j] ?? 0) * lastCount;
      const seen = lastCount + count;
      const mean = (lastSum + sum) / seen;
      let squared = squares[j]! - corrections[j]! ** 2 / count;
      if (lastCount > 0) {
        const ratio = lastCount / count;
        squared = last!.variance[j]! * lastCount + squared + (ratio / seen) * (lastSum / ratio - sum) ** 2;
      }
      const variance = squared / seen;
      fitted.mean.push(mean);
      fitted.variance.push(variance);
      fitted.scale.push(isConstant(variance, mean, seen) ? 1 : Math.sqrt(variance));
      fitted.seen.push(seen);
    });
    return fitted;
  }
}

interface Fitted {
  mean: number[];
  variance: number[];
  scale: number[];
  seen: number[];
}

/** Is the variance within the rounding error of a constant column? scikit-learn's `_is_constant_feature`. */
function isConstant(variance: number, mean: number, n: number): boolean {
  return variance <= n * Number.EPSILON * variance + (n * mean * Number.EPSILON) ** 2;
}

function toRows(x: Matrix): number[][] {
  const matrix = toMatrix(x);
  if (matrix instanceof SparseMatrix) {
    throw new TypeError(
      'Expected rows of numbers for StandardScaler, received a SparseMatrix, which would not stay sparse. ' +
        'Call toArray() first if it is small.',
    );
  }
  const rows = Array.isArray(matrix) ? matrix : matrix.arraySync();
  if (rows.length === 0 || rows[0]!.length === 0) {
    throw new RangeError(
      `Expected x to have at least one row and one column, received shape [${rows.length}, ${rows[0]?.length ?? 0}].`,
    );
  }
  rows.forEach((row, i) => {
    const j = row.findIndex(value => value === Infinity || value === -Infinity);
    if (j >= 0)
      throw new RangeError(
        `Expected x to have no infinite value, received ${row[j]} in row ${i}, column ${j}.`,
      );
  });
  return rows;
}

function checkColumns(rows: readonly (readonly number[])[], columns: number): void {
  if (rows[0]!.length !== columns) {
    throw new TypeError(
      `Expected x to have ${columns} columns, as fitted, received ${rows[0]!.length}. ` +
        'Give the columns that the scaler was fitted on.',
    );
  }
}
