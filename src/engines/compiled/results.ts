import type { Layout } from './layout';
import { metrics } from './network';
import type { WasmMemory } from './wasm';

/** Loss and metrics: how many sums the trainer keeps. */
export const sumCount = 1 + metrics.length;

/** How many epochs a worker may be ahead of the host. */
export const resultRows = 1024;

const rowSize = 2 + 2 * sumCount;

/** Bytes that the results need. */
export const resultBytes = resultRows * rowSize * 8;

/** What the trainer counts over an epoch, divided by rows: loss, then each metric that it knows. */
export interface EpochMeans {
  readonly epoch: number;
  /** How long the worker computed. */
  readonly seconds: number;
  readonly training: Float64Array;
  /** Zeros without validation data. */
  readonly validation: Float64Array;
}

/** The results of epochs, on their way from the worker to the host: the last `resultRows` of them, counted from 0. */
export class Results {
  private readonly numbers: Float64Array;

  constructor(memory: WasmMemory, layout: Layout) {
    this.numbers = new Float64Array(memory.buffer, layout.results, resultBytes / 8);
  }

  write(count: number, { epoch, seconds, training, validation }: EpochMeans): void {
    const row = this.row(count);
    row[0] = epoch;
    row[1] = seconds;
    row.set(training, 2);
    row.set(validation, 2 + sumCount);
  }

  /** A copy. */
  read(count: number): EpochMeans {
    const row = this.row(count).slice();
    const [epoch, seconds] = row;
    return {
      epoch: epoch!,
      seconds: seconds!,
      training: row.subarray(2, 2 + sumCount),
      validation: row.subarray(2 + sumCount),
    };
  }

  private row(count: number): Float64Array {
    const at = (count % resultRows) * rowSize;
    return this.numbers.subarray(at, at + rowSize);
  }
}
