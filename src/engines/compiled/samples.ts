import type { SparseMatrix } from '../../matrix/SparseMatrix';
import type { DataPlace, DataSize } from './layout';
import type { WasmMemory } from './wasm';

/** Rows for the trainer, ready to be copied into its memory. */
export interface Rows {
  /** Row-major values, or a multi-hot matrix. */
  readonly x: SparseMatrix | Float32Array;
  readonly rows: number;
  /** Numbers of a row. */
  readonly width: number;
  /** Row-major targets as wide as the output; sparse labels as `Int32Array`. */
  readonly y?: Float32Array | Int32Array;
  /** Where each row of `y` has its 1, if every row is one-hot: spares the trainer looking for it. */
  readonly labels?: Int32Array | undefined;
  readonly weights?: Float32Array;
}

/** How much room rows need. */
export function dataSize({ x, rows, y, labels, weights }: Rows): DataSize {
  const sparse = isSparse(x);
  return {
    rows,
    idBytes: !sparse ? 0 : x.indices instanceof Uint16Array ? 2 : 4,
    nnz: sparse ? x.nnz : 0,
    longest: sparse ? longestRow(x) : 0,
    targets: y !== undefined,
    labels: labels !== undefined,
    weights: weights !== undefined,
  };
}

// Not by its class, which brings TensorFlow.js along: a page has none.
function isSparse(x: Rows['x']): x is SparseMatrix {
  return !(x instanceof Float32Array);
}

function longestRow({ shape: [rows], indptr }: SparseMatrix): number {
  let longest = 0;
  for (let i = 0; i < rows; i++) longest = Math.max(longest, indptr[i + 1]! - indptr[i]!);
  return longest;
}

/** Copy rows to their place. */
export function writeData(
  memory: WasmMemory,
  place: DataPlace,
  { x, rows, width, y, labels, weights }: Rows,
): void {
  if (isSparse(x)) {
    const begin = x.indptr[0]!;
    const indptr = new Uint32Array(memory.buffer, place.x, rows + 1);
    for (let i = 0; i <= rows; i++) indptr[i] = x.indptr[i]! - begin;
    const ids = x.indices.subarray(begin, x.indptr[rows]);
    if (ids instanceof Uint16Array) new Uint16Array(memory.buffer, place.ids, ids.length).set(ids);
    else new Uint32Array(memory.buffer, place.ids, ids.length).set(ids);
  } else {
    const stride = place.stride / 4;
    const target = new Float32Array(memory.buffer, place.x, rows * stride);
    if (stride === width) target.set(x);
    else {
      target.fill(0);
      for (let i = 0; i < rows; i++) target.set(x.subarray(i * width, (i + 1) * width), i * stride);
    }
  }
  if (y instanceof Int32Array) new Int32Array(memory.buffer, place.y, y.length).set(y);
  else if (y) new Float32Array(memory.buffer, place.y, y.length).set(y);
  if (labels) new Int32Array(memory.buffer, place.labels, rows).set(labels);
  if (weights) new Float32Array(memory.buffer, place.weights, rows).set(weights);
}
