import { availableParallelism } from 'node:os';
import type { Piscina } from 'piscina';
import { workerFile } from '../workerFile';
import type { Work } from './work';

let pool: Promise<Piscina<Work, number>> | undefined;

/** How many runs compute at the same time: the environment variable `KERAS_PRIMER_WORKERS`, or as many as there are cores. */
export function workerCount(): number {
  const wanted = process.env.KERAS_PRIMER_WORKERS;
  if (!wanted) return availableParallelism();
  const count = Number(wanted);
  if (Number.isInteger(count) && count >= 1 && count <= 256) return count;
  throw new Error(
    `Expected KERAS_PRIMER_WORKERS to be a whole number from 1 to 256, received "${wanted}". Unset it for one worker a core.`,
  );
}

/**
 * Do this work in a worker thread as soon as one is free. Resolves with the epoch that comes next. Threads start when there is work, do not keep
 * the process alive without, and end after half a minute of idleness.
 *
 * @throws what the worker throws; Error if its thread ends.
 */
export async function inWorker(work: Work): Promise<number> {
  const threads = await thePool();
  try {
    return await threads.run(work);
  } catch (cause) {
    if (!(cause instanceof Error && cause.message.startsWith('worker exited'))) throw cause;
    throw new Error(
      `Expected the worker thread of the compiled engine to finish, but it ended (${cause.message}), most likely for lack of memory. ` +
        'Try again, with less data or smaller layers if it happens twice.',
      { cause },
    );
  }
}

async function thePool(): Promise<Piscina<Work, number>> {
  pool ??= startPool();
  try {
    return await pool;
  } catch (error) {
    // What kept it from starting may be mended when the next run begins.
    pool = undefined;
    throw error;
  }
}

async function startPool(): Promise<Piscina<Work, number>> {
  // Loaded when first needed: 20 ms.
  const { Piscina } = await import('piscina');
  return new Piscina<Work, number>({
    ...workerFile(__dirname, 'worker'),
    minThreads: 0,
    maxThreads: workerCount(),
    idleTimeout: 30_000,
    concurrentTasksPerWorker: 1,
    // Else a task that has to wait goes to the end of the queue, again and again.
    stricterFIFO: true,
    // Blocking waits between tasks would save 0.1 ms each and keep idle threads from collecting garbage.
    atomics: 'disabled',
  });
}
