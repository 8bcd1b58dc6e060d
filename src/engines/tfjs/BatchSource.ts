import * as tf from '@tensorflow/tfjs';
import { SparseMatrix } from '../../matrix/SparseMatrix';
import { sampleSize, type Samples } from '../Samples';

/** Makes batches of one input or target, dense, one at a time. */
export interface BatchSource {
  /**
   * Samples `begin` to `end` of `order`, or of the data's own order, as a tensor that the caller disposes before asking for the next.
   */
  batch(begin: number, end: number, order?: Int32Array): tf.Tensor;
}

/** Batches of at most `batchSize` samples. */
export function batchSource(samples: Samples, batchSize: number): BatchSource {
  if (samples instanceof SparseMatrix) return new SparseSource(samples, batchSize);
  if ('values' in samples) return new DenseSource(samples, batchSize);
  return {
    batch: (begin, end, order) =>
      order === undefined
        ? samples.slice(begin, end - begin)
        : tf.tidy(() => samples.gather(tf.tensor1d(order.subarray(begin, end), 'int32'))),
  };
}

class DenseSource implements BatchSource {
  private readonly size: number;
  private readonly rest: number[];
  private readonly scratch: Float32Array;

  constructor(
    private readonly samples: { readonly shape: readonly number[]; readonly values: Float32Array },
    batchSize: number,
  ) {
    this.size = sampleSize(samples);
    this.rest = samples.shape.slice(1);
    this.scratch = new Float32Array(Math.min(batchSize, samples.shape[0]!) * this.size);
  }

  batch(begin: number, end: number, order?: Int32Array): tf.Tensor {
    const { size, scratch } = this;
    const { values } = this.samples;
    if (order === undefined) {
      scratch.set(values.subarray(begin * size, end * size));
    } else if (size === 1) {
      for (let i = begin; i < end; i++) scratch[i - begin] = values[order[i]!]!;
    } else {
      for (let i = begin; i < end; i++) {
        const at = order[i]! * size;
        scratch.set(values.subarray(at, at + size), (i - begin) * size);
      }
    }
    return tf.tensor(scratch.subarray(0, (end - begin) * size), [end - begin, ...this.rest], 'float32');
  }
}

class SparseSource implements BatchSource {
  private readonly scratch: Float32Array;
  /** Where the last batch's ones are: clearing them costs less than clearing everything. */
  private ones: Uint32Array;
  private filled = 0;

  constructor(
    private readonly matrix: SparseMatrix,
    batchSize: number,
  ) {
    this.scratch = new Float32Array(Math.min(batchSize, matrix.shape[0]) * matrix.shape[1]);
    this.ones = new Uint32Array(1024);
  }

  batch(begin: number, end: number, order?: Int32Array): tf.Tensor {
    const { matrix, scratch } = this;
    const { indptr, indices } = matrix;
    const columns = matrix.shape[1];
    for (let i = 0; i < this.filled; i++) scratch[this.ones[i]!] = 0;
    this.filled = 0;
    for (let i = begin; i < end; i++) {
      const row = order === undefined ? i : order[i]!;
      const last = indptr[row + 1]!;
      const base = (i - begin) * columns;
      if (this.filled + last - indptr[row]! > this.ones.length) this.grow(last - indptr[row]!);
      for (let at = indptr[row]!; at < last; at++) {
        const place = base + indices[at]!;
        scratch[place] = 1;
        this.ones[this.filled++] = place;
      }
    }
    return tf.tensor2d(scratch.subarray(0, (end - begin) * columns), [end - begin, columns], 'float32');
  }

  private grow(more: number): void {
    const wider = new Uint32Array(2 * (this.ones.length + more));
    wider.set(this.ones.subarray(0, this.filled));
    this.ones = wider;
  }
}
