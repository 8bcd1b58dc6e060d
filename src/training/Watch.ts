import { describe } from '../options/describe';
import { onInterrupt } from '../progress/interrupt';
import { getProgressPort, type ProgressLine } from '../progress/progressPort';
import type { Logs } from './Callback';
import { progressText } from './progressText';

const drawEveryMs = 100;

/** How much `fit`, `evaluate` and `predict` say: 0 nothing, 1 a line that moves, 2 a plain line at the end. */
export type Verbose = 0 | 1 | 2 | 'auto';

/**
 * The option `verbose` with `'auto'` resolved.
 * @throws TypeError for another value.
 */
export function checkVerbose(verbose: unknown): 0 | 1 | 2 {
  if (verbose === 'auto') return 1;
  if (verbose === 0 || verbose === 1 || verbose === 2) return verbose;
  throw new TypeError(`Expected verbose to be 0, 1, 2 or 'auto', received ${describe(verbose)}.`);
}

/** The progress lines of one call and its ear for the stop button. */
export class Watch {
  private readonly controller = new AbortController();
  private readonly stopListening = onInterrupt(() => this.controller.abort(new InterruptedError()));
  private line: ProgressLine | undefined;
  private prefix = '';
  private begun = 0;
  private drawn = -Infinity;

  constructor(
    private readonly verbose: 0 | 1 | 2,
    private readonly target: number,
  ) {}

  /** Aborted when the user asks to stop. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Begin a line; its text starts with `prefix`. */
  begin(prefix = ''): void {
    this.prefix = prefix;
    this.begun = performance.now();
    this.line = this.verbose === 0 ? undefined : getProgressPort().line();
  }

  /** Show how far it is, at most ten times a second. */
  update(current: number, logs: Logs): void {
    const now = performance.now();
    if (this.verbose !== 1 || now - this.drawn < drawEveryMs) return;
    this.drawn = now;
    this.line?.update(this.text(current, logs, false));
  }

  /** End the line in its last state, after the `seconds` that it took, by default since it began. */
  finish(current: number, logs: Logs, seconds?: number): void {
    this.line?.finish(this.text(current, logs, true, seconds));
    this.line = undefined;
  }

  /** Stop listening; ends a line that an error or the stop button left open. */
  close(note: string): void {
    this.stopListening();
    this.line?.finish(this.prefix + note);
    this.line = undefined;
  }

  private text(
    current: number,
    logs: Logs,
    done: boolean,
    seconds = (performance.now() - this.begun) / 1000,
  ): string {
    const text = progressText({ current, target: this.target, seconds, logs, done }, this.verbose === 1);
    return this.prefix + text;
  }
}

/** What `evaluate` and `predict` throw when the user stops them. */
export class InterruptedError extends Error {
  override name = 'InterruptedError';
  constructor() {
    super('Stopped by the user.');
  }
}
