import { randomUUID } from 'node:crypto';
import type { BoardPlan, ProgressLine, ProgressPort } from '../progress/progressPort';
import type { DisplayPort } from './display';
import { LiveBoard } from './LiveBoard';
import { Throttle } from './Throttle';

// A block that never ended would be sent whole ten times a second.
const linesPerBlock = 50;
// Two points are no curve.
const epochsToDraw = 3;

/** The notebook's end of progress. */
export interface NotebookProgress extends ProgressPort {
  /** Show the last state at once. */
  flush(): void;
  /** Begin a new block below whatever else has been shown meanwhile. */
  breakBlock(): void;
}

/** How progress looks in a notebook. */
export interface NotebookProgressOptions {
  /** For a page that nobody watches in the making: lines go here when they end, and a board shows its last state only. */
  readonly lastOnly?: ProgressPort | undefined;
}

/**
 * Progress in a notebook. Trainings of some epochs are drawn: growing curves with the line of the present epoch, one display for each `fit` or study. Other
 * lines are one display of plain text; those that follow each other share it. Displays are updated in place at most ten times a second. The
 * saved notebook holds the last state only.
 */
export function notebookProgress(
  display: DisplayPort['display'],
  { lastOnly }: NotebookProgressOptions = {},
): NotebookProgress {
  const boards = new Set<LiveBoard>();
  let id: string | undefined;
  let finished: string[] = [];
  let open: string | undefined;

  const text = new Throttle(() => {
    const lines = [...finished, ...(open === undefined ? [] : [open])].join('\n');
    const update = id !== undefined;
    id ??= randomUUID();
    display({ 'text/plain': lines }, { id, update });
    if (open === undefined && finished.length >= linesPerBlock) startBlock();
  });

  const startBlock = () => {
    id = undefined;
    finished = [];
  };

  const line = (): ProgressLine => ({
    update(state) {
      open = state;
      text.changed();
    },
    finish(state) {
      open = undefined;
      finished.push(state);
      text.changed();
      if (finished.length >= linesPerBlock) text.flush();
    },
  });

  return {
    flush() {
      text.flush();
      for (const board of boards) board.flush();
    },
    breakBlock() {
      text.flush();
      startBlock();
      // A board that is in the page keeps its place there.
      for (const board of boards) board.begin();
    },
    line: () => (lastOnly ? lastOnly.line() : line()),
    board(plan: BoardPlan) {
      if (plan.last - plan.first + 1 < epochsToDraw) return undefined;
      text.flush();
      startBlock();
      const board = new LiveBoard(plan, display, lastOnly !== undefined, () => boards.delete(board));
      boards.add(board);
      return board;
    },
  };
}
