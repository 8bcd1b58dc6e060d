import { workerCount } from '../engines/compiled/pool';
import { checkCount } from '../options/checkCount';
import { onInterrupt } from '../progress/interrupt';
import { InterruptedError, type Verbose } from '../training/Watch';
import { RunBoard } from './RunBoard';

/** What a run is given by those who start it. */
export interface RunContext {
  /** Shows how far the run is. */
  readonly board: RunBoard;
  /** Do work that occupies the main thread: one run after the other. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>;
}

/** One of several independent runs. */
export interface Run<T> {
  /** Unlike those of the others. */
  readonly name: string;
  /** Runs of one group differ by their seed only. */
  readonly group?: string;
  start(context: RunContext): Promise<T>;
}

/** How runs ended: in their order, `undefined` for those that the user's stop kept from beginning or ending. */
export interface Outcomes<T> {
  readonly outcomes: readonly (Outcome<T> | undefined)[];
  /** Whether the user asked to stop before all had ended. */
  readonly interrupted: boolean;
}

/** How a run ended. */
export type Outcome<T> = { readonly value: T } | { readonly error: unknown };

/** How many at once, and how much is shown. */
export interface RunTogetherOptions {
  readonly nJobs: number | undefined;
  readonly verbose: Verbose | undefined;
  /** What the runs are, such as `folds`. */
  readonly what: string;
  /** Epochs of each run. */
  readonly epochs: number | undefined;
}

/**
 * Start runs, `nJobs` at once, in their order; by default one more than can compute, so that it is ready when another ends.
 * One that fails leaves the others alone; a stop by the user lets no further one begin.
 */
export async function runTogether<T>(
  runs: readonly Run<T>[],
  { nJobs = workerCount() + 1, verbose = 'auto', what, epochs = 1 }: RunTogetherOptions,
): Promise<Outcomes<T>> {
  checkCount('nJobs', nJobs, { min: 1 });
  const board = new RunBoard({ runs, epochs, what }, verbose);
  const stop = new AbortController();
  const stopListening = onInterrupt(() => stop.abort());
  let last: Promise<unknown> = Promise.resolve();
  const context: RunContext = {
    board,
    alone: work => {
      const begin = (): ReturnType<typeof work> => {
        if (stop.signal.aborted) throw new InterruptedError();
        return work();
      };
      const result = last.then(begin, begin);
      last = result;
      return result;
    },
  };
  const outcomes = new Array<Outcome<T> | undefined>(runs.length).fill(undefined);
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < runs.length && !stop.signal.aborted) {
      const at = next++;
      const run = runs[at]!;
      board.begin(run.name);
      try {
        outcomes[at] = { value: await run.start(context) };
      } catch (error) {
        if (!(error instanceof InterruptedError)) outcomes[at] = { error };
      }
      board.end(run.name);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(nJobs, runs.length) }, lane));
  } finally {
    stopListening();
    const failed = outcomes.filter(outcome => outcome && 'error' in outcome).length;
    board.close((failed > 0 ? `, ${failed} failed` : '') + (stop.signal.aborted ? ', interrupted' : ''));
  }
  return { outcomes, interrupted: stop.signal.aborted };
}

/** An error's message, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
