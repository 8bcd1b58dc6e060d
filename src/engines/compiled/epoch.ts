import type { DataPlace, Layout } from './layout';
import { sumCount } from './results';
import type { EpochMeans } from './results';
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

/** Trains epoch by epoch, and looks at the validation rows after each if there are any. */
export class EpochTrainer {
  readonly #bench: Bench;
  readonly #training: Pieces;
  readonly #validating: Pieces | undefined;

  constructor(bench: Bench, batchSize: number, watcher: Watcher) {
    const { trainer, layout } = bench;
    const { run, data, validation } = layout;
    // More would not fit into the trainer's 32 bits.
    const batch = Math.min(batchSize, data.rows);
    this.#bench = bench;
    this.#training = new Pieces(batch, watcher, (from, to) =>
      trainer.train(run, data.at, layout.order, from, to, batch),
    );
    const silent = { goOn: () => watcher.goOn(), progress: () => {} };
    this.#validating = validation && evaluation(bench, validation, layout.batch, silent);
  }

  /**
   * One epoch. `undefined` if it was not to go on to the end.
   * @param order The row at each position; without it rows are taken in their own order.
   */
  train(order?: Int32Array): Pick<EpochMeans, 'training' | 'validation'> | undefined {
    const { trainer, memory, layout } = this.#bench;
    const { run, data, validation } = layout;
    const places = new Int32Array(memory.buffer, layout.order, data.rows);
    if (order) places.set(order);
    else places.forEach((_, i) => (places[i] = i));
    const sums = new Float64Array(memory.buffer, layout.sums, sumCount).fill(0);
    const whole = this.#training.all(data.rows);
    // After every epoch, whether or not somebody reads now: the rounding must not depend on that.
    trainer.finish(run);
    if (!whole) return undefined;
    const training = sums.map(sum => sum / data.rows);
    if (!validation || !this.#validating) return { training, validation: new Float64Array(sumCount) };
    sums.fill(0);
    if (!this.#validating.all(validation.rows)) return undefined;
    return { training, validation: sums.map(sum => sum / validation.rows) };
  }
}

/** Add loss and metrics of the data's rows to the sums. False if it was not to go on. */
export function evaluateRows(bench: Bench, batchSize: number, watcher: Watcher): boolean {
  const { data } = bench.layout;
  return evaluation(bench, data, batchSize, watcher).all(data.rows);
}

/** Compute the outputs of the data's rows into `layout.out`. False if it was not to go on. */
export function predictRows({ trainer, layout }: Bench, batchSize: number, watcher: Watcher): boolean {
  const { run, data, out, outputs, batch } = layout;
  return new Pieces(batchSize, watcher, (from, to) =>
    trainer.predict(run, data.at, from, to, batch, out + from * outputs * 4),
  ).all(data.rows);
}

function evaluation(
  { trainer, layout }: Bench,
  data: DataPlace,
  batchSize: number,
  watcher: Watcher,
): Pieces {
  return new Pieces(batchSize, watcher, (from, to) =>
    trainer.evaluate(layout.run, data.at, from, to, layout.batch),
  );
}

/** Goes through rows in pieces of whole batches, each about as long as `pause`. */
class Pieces {
  // Batches of the next piece, learned from the time that the last ones took.
  private batches = 1;

  constructor(
    private readonly batchSize: number,
    private readonly watcher: Watcher,
    private readonly piece: (from: number, to: number) => void,
  ) {}

  /** Go through `rows` rows. False if it was not to go on to the end. */
  all(rows: number): boolean {
    const { batchSize, watcher } = this;
    let done = 0;
    watcher.progress(0, 0);
    for (let from = 0; from < rows;) {
      if (!watcher.goOn()) return false;
      const to = Math.min(rows, from + this.batches * batchSize);
      const begun = performance.now();
      this.piece(from, to);
      const took = performance.now() - begun;
      const batches = Math.ceil((to - from) / batchSize);
      done += batches;
      watcher.progress(to, done);
      if (took > pause) this.batches = Math.max(1, Math.floor(batches * (pause / took)));
      else if (took < pause / 2 && batches === this.batches) this.batches *= 2;
      from = to;
    }
    return true;
  }
}
