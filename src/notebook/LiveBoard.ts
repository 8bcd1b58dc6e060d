import { randomUUID } from 'node:crypto';
import type { BoardPlan, ProgressBoard, ProgressLine } from '../progress/progressPort';
import { timeLeft } from '../progress/timeLeft';
import { boardHtml } from './boardHtml';
import type { DisplayPort } from './display';
import { Throttle } from './Throttle';

/** The epochs of one run so far: `epochs[i]` ended with `values[i]`. */
export interface RunCurve {
  readonly name: string;
  readonly group: string;
  readonly epochs: number[];
  readonly values: Readonly<Record<string, number>>[];
}

/** All that a board knows at a moment. */
export interface BoardState {
  readonly plan: BoardPlan;
  readonly runs: readonly RunCurve[];
  /** Lines that have ended, and the one under way. */
  readonly lines: readonly string[];
  readonly open: string | undefined;
  readonly share: number;
  readonly left: string | undefined;
  readonly done: boolean;
}

/** Trainings in a notebook: one display, replaced as they go on. */
export class LiveBoard implements ProgressBoard {
  readonly #runs: Map<string, RunCurve>;
  readonly #lines: string[] = [];
  readonly #begun = performance.now();
  readonly #throttle = new Throttle(() => this.#draw());
  #id: string | undefined;
  #open: string | undefined;
  #share = 0;
  #done = false;

  /**
   * @param lastOnly show nothing before the end
   * @param onClose called when the last state has been shown
   */
  constructor(
    private readonly plan: BoardPlan,
    private readonly display: DisplayPort['display'],
    private readonly lastOnly: boolean,
    private readonly onClose: () => void,
  ) {
    this.#runs = new Map(
      plan.runs.map(({ name, group = name }) => [name, { name, group, epochs: [], values: [] }]),
    );
  }

  line(): ProgressLine {
    return {
      update: text => {
        this.#open = text;
        this.#changed();
      },
      finish: text => {
        this.#open = undefined;
        this.#lines.push(text);
        this.#changed();
      },
    };
  }

  point(run: string, epoch: number, values: Readonly<Record<string, number>>): void {
    const curve = this.#runs.get(run);
    curve?.epochs.push(epoch);
    // A copy: callbacks may add to it later.
    curve?.values.push({ ...values });
    this.#changed();
  }

  advance(share: number): void {
    this.#share = share;
    this.#changed();
  }

  /** Take a place in the page. */
  begin(): void {
    if (this.#id === undefined && !this.lastOnly) this.#throttle.flush();
  }

  /** Show the present state. */
  flush(): void {
    if (!this.lastOnly) this.#throttle.flush();
  }

  close(): void {
    if (this.#done) return;
    this.#done = true;
    this.#throttle.changed();
    this.#throttle.flush();
    this.onClose();
  }

  #changed(): void {
    if (!this.lastOnly && !this.#done) this.#throttle.changed();
  }

  #draw(): void {
    const seconds = (performance.now() - this.#begun) / 1000;
    const state: BoardState = {
      plan: this.plan,
      runs: [...this.#runs.values()],
      lines: this.#lines,
      open: this.#open,
      share: this.#share,
      left: this.#done ? undefined : timeLeft(seconds, this.#share),
      done: this.#done,
    };
    const update = this.#id !== undefined;
    this.#id ??= randomUUID();
    const text = this.#done ? this.#lines.join('\n') : (this.#open ?? this.#lines.at(-1) ?? '');
    this.display({ 'text/html': boardHtml(state), 'text/plain': text }, { id: this.#id, update });
  }
}
