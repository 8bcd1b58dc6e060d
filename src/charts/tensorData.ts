import { isList } from '../matrix/isList';
import { describe } from '../options/describe';
import { hasMethods } from '../options/hasMethods';

/** Anything with a shape and its values in order of the last axis, as a TensorFlow.js tensor has them. */
export interface TensorHandle {
  readonly shape: readonly number[];
  dataSync(): ArrayLike<unknown>;
}

/** What counts as a tensor for a chart: a number, numbers in arrays nested to any depth, a typed array, or a tf tensor. */
export type TensorValues = number | ArrayLike<number> | readonly TensorValues[] | TensorHandle;

/** A tensor as plain values, the last axis running fastest. */
export interface TensorData {
  shape: number[];
  values: number[];
  dtype?: string | undefined;
}

/**
 * The values and the shape of whatever counts as a tensor.
 *
 * @throws TypeError for anything else, and for nested arrays whose rows differ in length.
 */
export function toTensorData(what: string, given: unknown): TensorData {
  if (isHandle(given)) {
    const dtype = 'dtype' in given && typeof given.dtype === 'string' ? given.dtype : undefined;
    const values = Array.from(given.dataSync(), value => toNumber(what, value));
    return { shape: [...given.shape], values, dtype };
  }
  if (hasToArray(given)) return toTensorData(what, given.toArray());
  const shape: number[] = [];
  for (let part: unknown = given; isList(part); part = part[0]) shape.push(part.length);
  const values: number[] = [];
  collect(what, given, shape, 0, values);
  return { shape, values };
}

/** Numbers and what they are called: `2 rows`, `1 row`. */
export function plural(n: number, one: string): string {
  return `${n.toLocaleString('en')} ${one}${n === 1 ? '' : 's'}`;
}

/** A shape as it is printed everywhere here: `(2, 3)`, `(5,)` for one axis as in Python, `()` for none. */
export function shapeText(shape: readonly (number | null)[]): string {
  const sizes = shape.map(size => size ?? 'batch');
  return sizes.length === 1 ? `(${sizes[0]!},)` : `(${sizes.join(', ')})`;
}

function isHandle(value: unknown): value is TensorHandle {
  return hasMethods(value, 'dataSync') && 'shape' in value;
}

function hasToArray(value: unknown): value is { toArray(): unknown } {
  return hasMethods(value, 'toArray');
}

function toNumber(what: string, value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  throw new TypeError(`Expected ${what} to hold numbers, received ${describe(value)}.`);
}

function collect(what: string, part: unknown, shape: number[], depth: number, into: number[]): void {
  if (depth === shape.length) {
    if (isList(part)) throw unequal(what, depth);
    into.push(toNumber(what, part));
    return;
  }
  if (!isList(part) || part.length !== shape[depth]) throw unequal(what, depth);
  for (let i = 0; i < part.length; i++) collect(what, part[i], shape, depth + 1, into);
}

function unequal(what: string, axis: number): TypeError {
  return new TypeError(
    `Expected all parts of ${what} along axis ${axis} to be equally long, received different lengths. Pad them first.`,
  );
}
