import { epochOrders } from '../epochOrders';
import { controlWords, word } from './control';
import { EpochTrainer, evaluateRows, predictRows } from './epoch';
import type { Bench, Watcher } from './epoch';
import type { Layout } from './layout';
import { resultRows, Results } from './results';
import { instantiateTrainer } from './trainer';
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

/**
 * How long a run keeps its worker while others may be waiting, in ms: then it comes back to the host between two epochs, which sends it
 * again. So more runs than workers advance evenly, and no worker idles while another has two to do.
 */
const turn = 100;

/**
 * Do the work. Returns when it is done, was asked to stop or has had its turn, with the epoch that comes next; the results are in the memory.
 */
export function work(wish: Work): number {
  const { module, memory, layout, task, batchSize } = wish;
  const bench = { trainer: instantiateTrainer(module, memory), memory, layout };
  const control = controlWords(memory, layout);
  const watcher: Watcher = {
    goOn: () => !Atomics.load(control, word.stop),
    progress: (rows, batches) => {
      Atomics.store(control, word.rows, rows);
      Atomics.store(control, word.batches, batches);
    },
  };
  if (task === 'fit') return train(wish, bench, control, watcher);
  if (task === 'evaluate') evaluateRows(bench, batchSize, watcher);
  else predictRows(bench, batchSize, watcher);
  return wish.last;
}

function train(wish: Work, bench: Bench, control: Int32Array, watcher: Watcher): number {
  const arrived = performance.now();
  const { memory, layout, batchSize, first, last } = wish;
  const orderOf = wish.shuffle ? ordersOf(wish, layout.data.rows) : undefined;
  const results = new Results(memory, layout);
  const trainer = new EpochTrainer(bench, batchSize, watcher);
  for (let epoch = first; epoch < last; epoch++) {
    const begun = performance.now();
    const order = orderOf?.(epoch);
    // Before the epoch's number, so that nobody takes the last one's progress for its own.
    watcher.progress(0, 0);
    Atomics.store(control, word.epoch, epoch);
    const means = trainer.train(order);
    if (!means) return last;
    const seconds = (performance.now() - begun) / 1000;
    const written = Atomics.load(control, word.written);
    // The host is told at the latest when it has nothing else to do; a worker far ahead waits for it.
    for (;;) {
      const read = Atomics.load(control, word.read);
      if (written - read < resultRows) break;
      if (Atomics.load(control, word.stop)) return last;
      Atomics.wait(control, word.read, read, 100);
    }
    results.write(written, { epoch, seconds, ...means });
    Atomics.store(control, word.written, written + 1);
    if (performance.now() - arrived > turn) return epoch + 1;
  }
  return last;
}

// A run that comes in pieces (its turn was over, or a callback acts between epochs) goes on with its orders; if it meets another worker, that
// one catches up.
const begun = new Map<string, (epoch: number) => Int32Array>();
const remembered = 64;

function ordersOf({ run, seed }: Work, rows: number): (epoch: number) => Int32Array {
  const orders = begun.get(run) ?? epochOrders(seed, rows);
  begun.delete(run);
  begun.set(run, orders);
  for (const old of begun.keys()) {
    if (begun.size <= remembered) break;
    begun.delete(old);
  }
  return orders;
}
