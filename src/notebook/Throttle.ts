const everyMs = 100;

/** Draws what has changed, at most ten times a second, and the last state always. */
export class Throttle {
  #dirty = false;
  #drawnAt = -Infinity;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly draw: () => void) {}

  /** Draw now, or as soon as it is time. */
  changed(): void {
    this.#dirty = true;
    const wait = this.#drawnAt + everyMs - performance.now();
    if (wait <= 0) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), wait);
  }

  /** Draw at once if anything has changed since the last time. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#dirty) return;
    this.#dirty = false;
    this.draw();
    // From the end of the drawing, so that a slow one leaves time for the work.
    this.#drawnAt = performance.now();
  }
}
