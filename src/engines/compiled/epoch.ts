import { sumCount } from './layout';
import type { DataPlace, Layout } from './layout';
import type { Trainer } from './trainer';
import type { WasmMemory } from './wasm';

/** Who watches the trainer while it goes through rows. */
export interface Watcher {
  /** Asked before each piece: false ends the work there. */
  goOn(): boolean;
  /** Told after each piece how much is done. */
  progress(rows: number, batches: number): void;
}

/** A trainer and the memory that was laid out for it. */
export interface Bench {
  readonly trainer: Trainer;
  readonly memory: WasmMemory;
  readonly layout: Layout;
}

/** How long the trainer may compute before it asks whether to go on, in ms; single batches may take longer. */
const pause = 5;

/**
 * Train one epoch, then look at the validation rows if there are any. Returns the means of loss and metrics over the rows, in the trainer's
 * order, those of training first; `undefined` if it was not to go on.
 *
 * @param order The row at each position; without it rows are taken in their own order.
 */
export function trainEpoch(
  { trainer, memory, layout }: Bench,
  batchSize: number,
  order: Int32Array | undefined,
  watcher: Watcher,
): Float64Array | undefined {
  const { run, data, validation } = layout;
  const sums = new Float64Array(memory.buffer, layout.sums, sumCount);
  const means = new Float64Array(2 * sumCount);
  if (order) new Int32Array(memory.buffer, layout.order, data.rows).set(order);
  sums.fill(0);
  const whole = inPieces(data.rows, batchSize, watcher, (from, to) =>
    trainer.train(run, data.at, order ? layout.order : 0, from, to, batchSize),
  );
  // After every epoch, whether or not somebody reads now: the rounding must not depend on that.
  trainer.finish(run);
  if (!whole) return undefined;
  for (let i = 0; i < sumCount; i++) means[i] = sums[i]! / data.rows;
  if (validation) {
    sums.fill(0);
    const silent = { goOn: () => watcher.goOn(), progress: () => {} };
    if (!evaluateRows({ trainer, memory, layout }, validation, layout.batch, silent)) return undefined;
    for (let i = 0; i < sumCount; i++) means[sumCount + i] = sums[i]! / validation.rows;
  }
  return means;
}

/** Add loss and metrics of rows to the sums. False if it was not to go on. */
export function evaluateRows(
  { trainer, layout }: Bench,
  data: DataPlace,
  batchSize: number,
  watcher: Watcher,
): boolean {
  return inPieces(data.rows, batchSize, watcher, (from, to) =>
    trainer.evaluate(layout.run, data.at, from, to, layout.batch),
  );
}

/** Compute the outputs of the data's rows into `layout.out`. False if it was not to go on. */
export function predictRows({ trainer, layout }: Bench, batchSize: number, watcher: Watcher): boolean {
  const { run, data, out, outputs, batch } = layout;
  return inPieces(data.rows, batchSize, watcher, (from, to) =>
    trainer.predict(run, data.at, from, to, batch, out + from * outputs * 4),
  );
}

/** Go through rows in pieces of whole batches, each about as long as `pause`. False if it was not to go on to the end. */
function inPieces(
  rows: number,
  batchSize: number,
  watcher: Watcher,
  piece: (from: number, to: number) => void,
): boolean {
  let batches = 1;
  let done = 0;
  watcher.progress(0, 0);
  for (let from = 0; from < rows;) {
    if (!watcher.goOn()) return false;
    const to = Math.min(rows, from + batches * batchSize);
    const begun = performance.now();
    piece(from, to);
    const took = performance.now() - begun;
    done += Math.ceil((to - from) / batchSize);
    watcher.progress(to, done);
    if (took < pause / 2) batches *= 2;
    else if (took > pause) batches = Math.max(1, Math.floor(batches * (pause / took)));
    from = to;
  }
  return true;
}
