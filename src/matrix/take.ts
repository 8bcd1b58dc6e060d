import * as tf from '@tensorflow/tfjs';
import { checkIndex } from './checkIndex';
import { describeData } from './describeData';
import { isTensor } from './isTensor';
import { SparseMatrix } from './SparseMatrix';

type TypedArray =
  Float32Array | Float64Array | Int32Array | Uint8Array | Uint16Array | Uint32Array | Int8Array | Int16Array;

/**
 * The samples named by `index`, in its order, as `numpy.take(x, index, axis=0)`: of an array, of rows, of a typed array, a sparse matrix
 * or a tensor of any rank. The result has the kind of `x`; rows of an array are shared, not copied. Negative numbers count from the end.
 *
 * @param index sample numbers, for example one part of `KFold.split`.
 * @throws RangeError if a number names no sample.
 * @example
 * take(['a', 'b', 'c'], [2, 0]); // ['c', 'a']
 */
export function take(x: SparseMatrix, index: ArrayLike<number>): SparseMatrix;
export function take<T extends tf.Tensor>(x: T, index: ArrayLike<number>): T;
export function take<T extends TypedArray>(x: T, index: ArrayLike<number>): T;
export function take<T>(x: readonly T[], index: ArrayLike<number>): T[];
export function take<X extends SparseMatrix | tf.Tensor | readonly unknown[]>(
  x: X,
  index: ArrayLike<number>,
): X;
export function take(x: unknown, index: ArrayLike<number>): unknown {
  if (x instanceof SparseMatrix) return x.take(index);
  if (isTensor(x)) {
    if (x.shape.length === 0)
      throw new TypeError('Expected x to have samples, received a tensor of shape [].');
    const at = Int32Array.from(positions(x.shape[0] ?? 0, index));
    return tf.tidy(() => x.gather(tf.tensor1d(at, 'int32')));
  }
  if (Array.isArray(x)) {
    const samples: unknown[] = x;
    return positions(samples.length, index).map(at => samples[at]);
  }
  if (isTypedArray(x)) {
    const taken: TypedArray = Reflect.construct(x.constructor, [index.length]);
    positions(x.length, index).forEach((at, i) => (taken[i] = x[at]!));
    return taken;
  }
  throw new TypeError(`Expected x to be an array, a SparseMatrix or a tensor, received ${describeData(x)}.`);
}

function isTypedArray(x: unknown): x is TypedArray {
  return ArrayBuffer.isView(x) && !(x instanceof DataView);
}

function positions(length: number, index: ArrayLike<number>): number[] {
  checkIndex(index);
  const at = new Array<number>(index.length);
  for (let i = 0; i < index.length; i++) {
    const given = index[i]!;
    const position = given < 0 ? given + length : given;
    if (!Number.isInteger(position) || position < 0 || position >= length) {
      throw new RangeError(
        `Expected sample numbers from ${-length} to ${length - 1}, received ${given} at position ${i}.`,
      );
    }
    at[i] = position;
  }
  return at;
}
