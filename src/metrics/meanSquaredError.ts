import { regressionError, type Multioutput, type RegressionOptions, type Values } from './regression';

/**
 * The mean of (yTrue − yPred)², in the squared units of the targets.
 * Equals `sklearn.metrics.mean_squared_error` in float64 (the NumPy order of additions).
 *
 * @param yTrue True values: n numbers, or n rows of as many outputs as `yPred` has. n numbers and n rows of one value go together.
 * @returns One number; with `multioutput: 'raw_values'` one for each output.
 * @throws TypeError for NaN or infinite values, RangeError for shapes that do not fit.
 * @example
 * meanSquaredError([3, -0.5, 2, 7], [2.5, 0, 2, 8]); // 0.375
 */
export function meanSquaredError(
  yTrue: Values,
  yPred: Values,
  options: RegressionOptions & { multioutput: 'raw_values' },
): number[];
export function meanSquaredError(
  yTrue: Values,
  yPred: Values,
  options?: RegressionOptions & { multioutput?: Exclude<Multioutput, 'raw_values'> },
): number;
export function meanSquaredError(
  yTrue: Values,
  yPred: Values,
  options: RegressionOptions & { multioutput?: Multioutput } = {},
): number | number[] {
  return regressionError(
    'meanSquaredError',
    yTrue,
    yPred,
    options,
    (truth, value) => (truth - value) * (truth - value),
  );
}
