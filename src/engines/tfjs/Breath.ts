import { setImmediate } from 'node:timers/promises';

const workMs = 25;

/** Lets the event loop run after each 25 ms of work: that is how the kernel hears its stop button and draws progress. */
export class Breath {
  private since = performance.now();

  /** Whether it is time; then await `take()`. Asking is cheap, awaiting is not: a step of a small model takes less. */
  get due(): boolean {
    return performance.now() - this.since > workMs;
  }

  async take(): Promise<void> {
    await setImmediate();
    this.since = performance.now();
  }
}
