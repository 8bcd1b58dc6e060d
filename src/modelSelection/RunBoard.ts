import { getProgressPort, type ProgressLine } from '../progress/progressPort';
import type { Logs } from '../training/Callback';
import type { Verbose } from '../training/Watch';
import { checkVerbose } from '../training/Watch';

/** One line of progress for many runs. */
export class RunBoard {
  readonly #moves: boolean;
  readonly #line: ProgressLine | undefined;
  readonly #begun = performance.now();
  readonly #running = new Map<string, string>();
  #done = 0;

  /** @param what What the runs are, such as `folds`. */
  constructor(
    private readonly total: number,
    private readonly what: string,
    verbose: Verbose,
  ) {
    const level = checkVerbose(verbose);
    this.#moves = level === 1;
    this.#line = level === 0 ? undefined : getProgressPort().line();
  }

  begin(name: string): void {
    this.#running.set(name, '');
    this.#draw();
  }

  epoch(name: string, epoch: number, epochs: number, logs: Logs): void {
    const values = Object.entries(logs).map(([key, value]) => ` - ${key}: ${value.toPrecision(4)}`);
    this.#running.set(name, ` epoch ${epoch + 1}/${epochs}${values.join('')}`);
    this.#draw();
  }

  end(name: string): void {
    this.#running.delete(name);
    this.#done++;
    this.#draw();
  }

  /** End the line. */
  close(note: string): void {
    this.#line?.finish(
      `${this.#count()} in ${((performance.now() - this.#begun) / 1000).toFixed(1)} s${note}`,
    );
  }

  #count(): string {
    return `${this.#done}/${this.total} ${this.what}`;
  }

  #draw(): void {
    if (!this.#moves) return;
    const running = [...this.#running].map(([name, state]) => name + state);
    this.#line?.update(
      running.length === 0 ? this.#count() : `${this.#count()}, running: ${running.join('; ')}`,
    );
  }
}
