import { epochOrders } from '../epochOrders';
import { controlWords, word } from './control';
import type { DataPlace, Layout } from './layout';
import { resultRows, Results, sumCount } from './results';
import { instantiateTrainer } from './trainerModule';
import type { Trainer } from './trainerModule';
import type { WasmMemory, WasmModule } from './wasm';

/** What a worker is asked to do with a memory that the host has laid out. All it needs is in here and in the memory. */
export interface Work {
  readonly module: WasmModule;
  readonly memory: WasmMemory;
  readonly layout: Layout;
  readonly task: 'fit' | 'evaluate' | 'predict';
  readonly batchSize: number;
  /** For `fit`: epochs from `first` to `last` (not included); `run` names the run, whose epochs may come in several pieces. */
  readonly run: string;
  readonly first: number;
  readonly last: number;
  readonly shuffle: boolean;
  readonly seed: number;
}

/** How long the trainer may compute before it looks whether to stop, in ms; single batches may take longer. */
const pause = 5;

/**
 * How long a run keeps its worker while others may be waiting, in ms: then it comes back to the host between two epochs, which sends it
 * again. So more runs than workers advance evenly, and no worker idles while another has two to do.
 */
const turn = 200;

/**
 * Do the work. Returns when it is done, was asked to stop or has had its turn, with the epoch that comes next; the results are in the memory.
 */
export function work(wish: Work): number {
  const { module, memory, layout, task } = wish;
  const trainer = instantiateTrainer(module, memory);
  const control = controlWords(memory, layout);
  if (task === 'fit') return train(wish, trainer, control);
  const pieces =
    task === 'evaluate'
      ? evaluation(trainer, layout, layout.data, control, wish.batchSize, true)
      : prediction(trainer, layout, control, wish.batchSize);
  pieces.all(layout.data.rows);
  return wish.last;
}

function train(wish: Work, trainer: Trainer, control: Int32Array): number {
  const arrived = performance.now();
  const { memory, layout, batchSize, first, last } = wish;
  const { run, data, validation } = layout;
  const order = new Int32Array(memory.buffer, layout.order, data.rows);
  const nextOrder = wish.shuffle ? ordersFrom(wish, data.rows) : undefined;
  if (!nextOrder) order.forEach((_, i) => (order[i] = i));
  const sums = new Float64Array(memory.buffer, layout.sums, sumCount);
  const noSums = new Float64Array(sumCount);
  const results = new Results(memory, layout);
  const training = new Pieces(control, batchSize, true, (from, to) =>
    trainer.train(run, data.at, layout.order, from, to, batchSize),
  );
  const validating = validation && evaluation(trainer, layout, validation, control, layout.batch, false);
  for (let epoch = first; epoch < last; epoch++) {
    const begun = performance.now();
    if (nextOrder) order.set(nextOrder());
    sums.fill(0);
    Atomics.store(control, word.epoch, epoch);
    const whole = training.all(data.rows);
    // After every epoch, whether or not somebody reads now: the rounding must not depend on that.
    trainer.finish(run);
    if (!whole) return last;
    const trained = sums.map(sum => sum / data.rows);
    let validated = noSums;
    if (validation && validating) {
      sums.fill(0);
      if (!validating.all(validation.rows)) return last;
      validated = sums.map(sum => sum / validation.rows);
    }
    const ended = performance.now();
    const written = Atomics.load(control, word.written);
    // The host is told at the latest when it has nothing else to do; a worker far ahead waits for it.
    for (;;) {
      const read = Atomics.load(control, word.read);
      if (written - read < resultRows) break;
      if (Atomics.load(control, word.stop)) return last;
      Atomics.wait(control, word.read, read, 100);
    }
    results.write(written, {
      epoch,
      seconds: (ended - begun) / 1000,
      training: trained,
      validation: validated,
    });
    Atomics.store(control, word.written, written + 1);
    if (performance.now() - arrived > turn) return epoch + 1;
  }
  return last;
}

function evaluation(
  trainer: Trainer,
  layout: Layout,
  data: DataPlace,
  control: Int32Array,
  batchSize: number,
  report: boolean,
): Pieces {
  return new Pieces(control, batchSize, report, (from, to) =>
    trainer.evaluate(layout.run, data.at, from, to, layout.batch),
  );
}

function prediction(trainer: Trainer, layout: Layout, control: Int32Array, batchSize: number): Pieces {
  const { run, data, out, outputs, batch } = layout;
  return new Pieces(control, batchSize, true, (from, to) =>
    trainer.predict(run, data.at, from, to, batch, out + from * outputs * 4),
  );
}

/** Goes through rows in pieces of whole batches, each about as long as `pause`. */
class Pieces {
  // Batches of the next piece, learned from the time that the last ones took.
  private batches = 1;

  constructor(
    private readonly control: Int32Array,
    private readonly batchSize: number,
    /** Whether to write into the control block how much is done. */
    private readonly report: boolean,
    private readonly piece: (from: number, to: number) => void,
  ) {}

  /** Go through `rows` rows. False if asked to stop before the end. */
  all(rows: number): boolean {
    const { control, batchSize, report } = this;
    let done = 0;
    if (report) {
      Atomics.store(control, word.batches, 0);
      Atomics.store(control, word.rows, 0);
    }
    for (let from = 0; from < rows;) {
      if (Atomics.load(control, word.stop)) return false;
      const to = Math.min(rows, from + this.batches * batchSize);
      const begun = performance.now();
      this.piece(from, to);
      const took = performance.now() - begun;
      const batches = Math.ceil((to - from) / batchSize);
      done += batches;
      if (report) {
        Atomics.store(control, word.rows, to);
        Atomics.store(control, word.batches, done);
      }
      if (took > pause) this.batches = Math.max(1, Math.floor(batches * (pause / took)));
      else if (took < pause / 2 && batches === this.batches) this.batches *= 2;
      from = to;
    }
    return true;
  }
}

interface Orders {
  readonly next: () => Int32Array;
  epoch: number;
}

// A run that comes in pieces (its turn was over, or a callback acts between epochs) goes on with its orders; if it meets another worker, that
// one catches up.
const begun = new Map<string, Orders>();
const remembered = 64;

function ordersFrom({ run, seed, first }: Work, rows: number): () => Int32Array {
  let orders = begun.get(run);
  if (orders === undefined || orders.epoch > first) orders = { next: epochOrders(seed, rows), epoch: 0 };
  begun.delete(run);
  begun.set(run, orders);
  for (const old of begun.keys()) {
    if (begun.size <= remembered) break;
    begun.delete(old);
  }
  const current = orders;
  const next = (): Int32Array => {
    current.epoch++;
    return current.next();
  };
  while (current.epoch < first) next();
  return next;
}
