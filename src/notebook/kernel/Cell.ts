import { AsyncLocalStorage } from 'node:async_hooks';

/** One execution of a cell, known to everything that the cell has started. */
export class Cell {
  /** Set by the stop button: the code of the cell goes no further than its next `await`. */
  interrupted = false;

  /** Whether the stop button has been pressed. */
  stopAsked = false;

  /**
   * @param label how the learner knows it, e.g. `cell [3]`
   * @param code the cell as typed
   */
  constructor(
    readonly label: string,
    readonly code: string,
  ) {}

  /** The name of its compiled code in stack traces: no blanks, since V8 ends a sourceURL there. */
  get scriptName(): string {
    return this.label.replaceAll(' ', '');
  }
}

/** The cell whose code, or whose callback, is running now. */
export const runningCell: AsyncLocalStorage<Cell> = new AsyncLocalStorage<Cell>();
