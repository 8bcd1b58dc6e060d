import { describe } from './describe';
import { isPlainObject } from './isPlainObject';
import { nearest } from './nearest';

/**
 * Refuse options that a function does not have. Keras swallows a misspelt option of a loader and goes on with the
 * default; here it is an error that names the nearest known option.
 *
 * @param where The function as the reader calls it, e.g. `'imdb.loadData'`.
 * @param options What the caller gave; `undefined` counts as no options.
 * @param known All option names of the function.
 * @throws TypeError when `options` is not a plain object or has an unknown key.
 * @example
 * checkOptions('imdb.loadData', { numWords: 10000 }, ['numWords', 'seed']); // says nothing: all is known
 */
export function checkOptions(where: string, options: unknown, known: readonly string[]): void {
  if (options === undefined) return;
  const list = known.join(', ');
  if (!isPlainObject(options)) {
    throw new TypeError(
      `Expected an object of options for ${where}, received ${describe(options)}. Its options are: ${list}.`,
    );
  }
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue;
    const near = nearest(name, known);
    const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
    throw new TypeError(`Unknown option "${name}" of ${where}.${hint} Its options are: ${list}.`);
  }
}
