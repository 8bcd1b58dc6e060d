import { isList } from '../matrix/isList';
import { take } from '../matrix/take';
import { checkOptions } from '../options/checkOptions';
import { describe } from '../options/describe';
import { hasMethods } from '../options/hasMethods';
import { isPlainObject } from '../options/isPlainObject';
import type { Data } from '../training/prepare';
import { expectNew } from './expectNew';

/** Something that learns from data (`fit`) and changes data by what it learned (`transform`), such as a `StandardScaler`. */
export interface Transformer {
  /** Learn from the training part. */
  fit(data: never): unknown;
  /** Change data by what was learned; returns new data. */
  transform(data: never): unknown;
}

/** What to do to the samples and to the targets. */
export interface Preprocessing {
  x?: Transformer;
  y?: Transformer;
}

/** The data of a fold. */
export interface FoldData {
  readonly x: Data;
  readonly y: Data;
  readonly xTest: Data;
  readonly yTest: Data;
}

/** The samples named by `index`. */
export function takeData(data: Data, index: readonly number[]): Data {
  // Which kind it is, take finds out.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return take(data as readonly number[], index);
}

/**
 * Check what `preprocess` has returned: something for x, for y or for both.
 *
 * @param seen See `expectNew`.
 */
export function checkPreprocessing(given: unknown, seen: WeakSet<object>): Preprocessing {
  if (given instanceof Promise) {
    throw new TypeError('Expected preprocess to return { x, y }, received a promise. Do not make it async.');
  }
  if (isTransformer(given)) {
    throw new TypeError(
      `Expected preprocess to return { x, y }, received ${describe(given)}. Return { x: … } to change the samples, { y: … } the targets.`,
    );
  }
  if (!isPlainObject(given) || Object.keys(given).length === 0) {
    throw new TypeError(
      `Expected preprocess to return { x, y } or one of the two, received ${isPlainObject(given) ? 'neither' : describe(given)}.`,
    );
  }
  checkOptions('what preprocess returns', given, ['x', 'y']);
  for (const [name, transformer] of Object.entries(given)) {
    if (transformer === undefined) continue;
    if (!isTransformer(transformer)) {
      throw new TypeError(
        `Expected preprocess to return for ${name} something with fit and transform, received ${describe(transformer)}.`,
      );
    }
    expectNew('transformer', transformer, seen);
  }
  return given;
}

function isTransformer(value: unknown): value is Transformer {
  return hasMethods(value, 'fit', 'transform');
}

/**
 * Fit on the training part, apply to both.
 *
 * @param own Told of all data made here, which may be tensors to free.
 */
export function preprocessFold(
  data: FoldData,
  preprocessing: Preprocessing,
  own: (made: Data) => Data = made => made,
): FoldData {
  const [x, xTest] = apply(preprocessing.x, data.x, data.xTest, own);
  const [y, yTest] = apply(preprocessing.y, data.y, data.yTest, own);
  return { x, y, xTest, yTest };
}

function apply(
  transformer: Transformer | undefined,
  train: Data,
  test: Data,
  own: (made: Data) => Data,
): [train: Data, test: Data] {
  if (transformer === undefined) return [train, test];
  // Scalers take columns, and a list of targets is one.
  const values: unknown = train;
  const isFlat = isList(values) && !isList(values[0]);
  const column = (data: unknown): never =>
    anyData(isFlat && isList(data) ? Array.from(data, value => [value]) : data);
  const flat = (data: unknown): Data =>
    anyData(isFlat && isList(data) ? Array.from(data, row => (isList(row) ? row[0] : row)) : data);
  transformer.fit(column(train));
  return [own(flat(transformer.transform(column(train)))), own(flat(transformer.transform(column(test))))];
}

/** Data as the transformer wants or gives them; `fit` and `evaluate` check what comes out. */
function anyData(data: unknown): never {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return data as never;
}
