import { describe } from '../options/describe';
import { onInterrupt } from '../progress/interrupt';
import { getProgressPort, type ProgressBoard, type ProgressLine } from '../progress/progressPort';
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

/** The epochs of a training: those before `first` and from `last` on are not part of it. */
export interface Epochs {
  readonly first: number;
  readonly last: number;
}

/** The progress of one call, in lines and where the display can in curves, and its ear for the stop button. */
export class Watch {
  private readonly controller = new AbortController();
  private readonly stopListening = onInterrupt(() => this.controller.abort(new InterruptedError()));
  private board: ProgressBoard | undefined;
  private line: ProgressLine | undefined;
  private prefix = '';
  private epochsDone = 0;
  private begun = 0;
  private drawn = -Infinity;

  constructor(
    private readonly verbose: 0 | 1 | 2,
    private readonly target: number,
    private readonly epochs?: Epochs,
  ) {}

  /** Aborted when the user asks to stop. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Begin a line; its text starts with `prefix`. */
  begin(prefix = ''): void {
    this.prefix = prefix;
    this.begun = performance.now();
    if (this.verbose === 0) return;
    const port = getProgressPort();
    if (this.verbose === 1 && this.epochs && this.epochsDone === 0) {
      const { first, last } = this.epochs;
      this.board ??= port.board?.({ runs: [{ name: '' }], first: first + 1, last });
    }
    this.line = (this.board ?? port).line();
  }

  /** Show how far it is, at most ten times a second. */
  update(current: number, logs: Logs): void {
    const now = performance.now();
    if (this.verbose !== 1 || now - this.drawn < drawEveryMs) return;
    this.drawn = now;
    this.advance(current / this.target);
    this.line?.update(this.text(current, logs, false));
  }

  /** Tell what an epoch brought. */
  epoch(epoch: number, logs: Logs): void {
    this.epochsDone++;
    this.board?.point('', epoch + 1, logs);
    this.advance(0);
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
    this.board?.close();
    this.board = undefined;
  }

  private advance(ofEpoch: number): void {
    if (this.epochs)
      this.board?.advance((this.epochsDone + ofEpoch) / (this.epochs.last - this.epochs.first));
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
