import { randomUUID } from 'node:crypto';
import type { BoardPlan, ProgressBoard, ProgressLine } from '../progress/progressPort';
import { timeLeft } from '../progress/timeLeft';
import { boardHtml } from './boardHtml';
import type { DisplayPort } from './display';
import { Throttle } from './Throttle';

// Lines of epochs that are kept from the beginning, and from the end.
const linesOfEachEnd = 50;
// More points of a run than this are thinned: a picture has a few hundred pixels.
const mostPoints = 4096;

/** The epochs of one run so far: `epochs[i]` ended with `values[i]`. The last one is the newest; of thousands, not all are here. */
export interface RunCurve {
  readonly name: string;
  readonly group: string;
  /** Which loss the run makes small, where that is known. */
  readonly loss?: string | undefined;
  readonly epochs: number[];
  readonly values: Readonly<Record<string, number>>[];
}

/** All that a board knows at a moment. */
export interface BoardState {
  readonly plan: BoardPlan;
  readonly runs: readonly RunCurve[];
  /** Lines that have ended, some in the middle left out where there are many, and the one under way. */
  readonly lines: readonly string[];
  readonly open: string | undefined;
  readonly share: number;
  readonly left: string | undefined;
  readonly done: boolean;
}

/** Trainings in a notebook: one display, replaced as they go on. */
export class LiveBoard implements ProgressBoard {
  readonly #runs: Map<string, GrowingCurve>;
  readonly #lines: string[] = [];
  #linesLeftOut = 0;
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
    this.#runs = new Map(plan.runs.map(({ name, group = name }) => [name, new GrowingCurve(name, group)]));
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
        if (this.#lines.length > 2 * linesOfEachEnd) {
          this.#lines.splice(linesOfEachEnd, 1);
          this.#linesLeftOut++;
        }
        this.#changed();
      },
    };
  }

  point(run: string, epoch: number, values: Readonly<Record<string, number>>): void {
    // A copy: callbacks may add to it later.
    this.#runs.get(run)?.add(epoch, { ...values });
    this.#changed();
  }

  loss(run: string, name: string): void {
    const curve = this.#runs.get(run);
    if (curve) curve.loss = name;
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
      lines: this.#someLines(),
      open: this.#open,
      share: this.#share,
      left: this.#done ? undefined : timeLeft(seconds, this.#share),
      done: this.#done,
    };
    const update = this.#id !== undefined;
    this.#id ??= randomUUID();
    const text = this.#done ? state.lines.join('\n') : (this.#open ?? this.#lines.at(-1) ?? '');
    this.display({ 'text/html': boardHtml(state), 'text/plain': text }, { id: this.#id, update });
  }

  #someLines(): string[] {
    if (this.#linesLeftOut === 0) return this.#lines;
    return this.#lines.toSpliced(linesOfEachEnd, 0, `… ${this.#linesLeftOut} more …`);
  }
}

class GrowingCurve implements RunCurve {
  readonly epochs: number[] = [];
  readonly values: Readonly<Record<string, number>>[] = [];
  loss: string | undefined;
  #stride = 1;
  #count = 0;

  constructor(
    readonly name: string,
    readonly group: string,
  ) {}

  add(epoch: number, values: Readonly<Record<string, number>>): void {
    // The newest is always there; it stays if its turn has come.
    if (this.#count > 0 && (this.#count - 1) % this.#stride !== 0) {
      this.epochs.pop();
      this.values.pop();
    }
    this.epochs.push(epoch);
    this.values.push(values);
    this.#count++;
    if (this.epochs.length <= mostPoints) return;
    this.#stride *= 2;
    for (let i = 1; 2 * i < this.epochs.length; i++) {
      this.epochs[i] = this.epochs[2 * i]!;
      this.values[i] = this.values[2 * i]!;
    }
    this.epochs.length = this.values.length = mostPoints / 2 + 1;
  }
}
