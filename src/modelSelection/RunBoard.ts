import { getProgressPort, type ProgressBoard, type ProgressLine } from '../progress/progressPort';
import { timeLeft } from '../progress/timeLeft';
import type { Logs } from '../training/Callback';
import type { Verbose } from '../training/Watch';
import { checkVerbose } from '../training/Watch';

/** What a board of runs shows. */
export interface RunBoardPlan {
  readonly runs: readonly { readonly name: string; readonly group?: string }[];
  /** Epochs of each run. */
  readonly epochs: number;
  /** What the runs are, such as `folds`. */
  readonly what: string;
}

interface State {
  epoch: number;
  logs: Logs;
}

/** The progress of many runs at once: one line for all, and where the display can draw the curves of all. */
export class RunBoard {
  readonly #moves: boolean;
  readonly #board: ProgressBoard | undefined;
  readonly #line: ProgressLine | undefined;
  readonly #begun = performance.now();
  readonly #running = new Map<string, State>();
  #done = 0;

  constructor(
    private readonly plan: RunBoardPlan,
    verbose: Verbose,
  ) {
    const level = checkVerbose(verbose);
    this.#moves = level === 1;
    if (level === 0) return;
    const port = getProgressPort();
    if (level === 1) this.#board = port.board?.({ runs: plan.runs, first: 1, last: plan.epochs });
    this.#line = (this.#board ?? port).line();
  }

  begin(name: string): void {
    this.#running.set(name, { epoch: 0, logs: {} });
    this.#draw();
  }

  /** Say which loss a run makes small, before its first epoch. */
  loss(name: string, loss: string): void {
    this.#board?.loss?.(name, loss);
  }

  epoch(name: string, epoch: number, logs: Logs): void {
    this.#running.set(name, { epoch: epoch + 1, logs });
    this.#board?.point(name, epoch + 1, logs);
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
    this.#board?.close();
  }

  #count(): string {
    return `${this.#done}/${this.plan.runs.length} ${this.plan.what}`;
  }

  #draw(): void {
    if (!this.#moves) return;
    const { epochs, runs } = this.plan;
    const under = [...this.#running.values()].reduce((sum, { epoch }) => sum + epoch / epochs, 0);
    const share = (this.#done + under) / runs.length;
    this.#board?.advance(share);
    // A board shows the time left itself.
    const left = this.#board ? undefined : timeLeft((performance.now() - this.#begun) / 1000, share);
    const running = [...this.#running].map(([name, { epoch, logs }]) => {
      if (epoch === 0) return name;
      const values = Object.entries(logs).map(([key, value]) => ` - ${key}: ${value.toPrecision(4)}`);
      return `${name} epoch ${epoch}/${epochs}${values.join('')}`;
    });
    this.#line?.update(
      [this.#count(), ...(left === undefined ? [] : [left])].join(', ') +
        (running.length === 0 ? '' : `, running: ${running.join('; ')}`),
    );
  }
}
