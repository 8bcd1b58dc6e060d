/** @typedef {{ write(text: string): unknown, isTTY?: boolean, columns?: number }} Terminal */

/** One line for each notebook: rewritten in place on a terminal, written once when it is done elsewhere. */
export class ProgressLines {
  #out;
  #width;
  /** @type {string} */ #state = '';
  /** @type {NodeJS.Timeout | undefined} */ #timer;
  #started = 0;

  /** @param {Terminal} out @param {readonly string[]} names of all notebooks, for the width of the first column */
  constructor(out, names) {
    this.#out = out;
    this.#width = Math.max(...names.map(name => name.length), 0) + 2;
  }

  /** @param {string} name */
  start(name) {
    this.#started = performance.now();
    this.#state = 'starting';
    this.#draw(name);
    if (this.#out.isTTY) {
      this.#timer = setInterval(() => this.#draw(name), 1000);
      this.#timer.unref();
    }
  }

  /** @param {string} name @param {number} cell @param {number} of */
  cell(name, cell, of) {
    this.#state = `cell ${cell} of ${of}`;
    this.#draw(name);
  }

  /** @param {import('./executor.mjs').Execution} result */
  end({ name, cells, seconds, failure }) {
    this.stop();
    const state = failure
      ? failure.cell
        ? `failed in cell ${failure.cell} of ${cells}`
        : 'failed'
      : `${cells} ${cells === 1 ? 'cell' : 'cells'}`;
    this.#out.write(`${name.padEnd(this.#width)}${state}  ${seconds.toFixed(1)} s\n`);
  }

  /** Takes the unfinished line away. */
  stop() {
    clearInterval(this.#timer);
    if (this.#out.isTTY) this.#out.write('\r\x1b[2K');
  }

  /** @param {string} name */
  #draw(name) {
    if (!this.#out.isTTY) return;
    const seconds = Math.floor((performance.now() - this.#started) / 1000);
    const line = `${name.padEnd(this.#width)}${this.#state}  ${seconds} s`;
    this.#out.write(`\r\x1b[2K${line.slice(0, (this.#out.columns ?? 80) - 1)}`);
  }
}
