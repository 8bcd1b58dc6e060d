import { randomUUID } from 'node:crypto';
import type { ProgressPort } from '../progress/progressPort';
import type { DisplayPort } from './display';

const drawEveryMs = 100;
// A block that never ended would be sent whole ten times a second.
const linesPerBlock = 50;

/** The notebook's end of progress. */
export interface NotebookProgress extends ProgressPort {
  /** Show the last state at once. */
  flush(): void;
  /** Begin a new block below whatever else has been shown meanwhile. */
  breakBlock(): void;
}

/**
 * Progress in a notebook: one display of plain text, updated in place at most ten times a second. Lines that follow each other
 * share it. The saved notebook holds the last state only.
 */
export function notebookProgress(display: DisplayPort['display']): NotebookProgress {
  let id: string | undefined;
  let finished: string[] = [];
  let open: string | undefined;
  let dirty = false;
  let drawnAt = -Infinity;
  let timer: NodeJS.Timeout | undefined;

  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (!dirty) return;
    dirty = false;
    drawnAt = performance.now();
    const text = [...finished, ...(open === undefined ? [] : [open])].join('\n');
    const update = id !== undefined;
    id ??= randomUUID();
    display({ 'text/plain': text }, { id, update });
    if (open === undefined && finished.length >= linesPerBlock) startBlock();
  };

  const startBlock = () => {
    id = undefined;
    finished = [];
  };

  const changed = () => {
    dirty = true;
    const wait = drawnAt + drawEveryMs - performance.now();
    if (wait <= 0 || finished.length >= linesPerBlock) flush();
    else timer ??= setTimeout(flush, wait);
  };

  return {
    flush,
    breakBlock() {
      flush();
      startBlock();
    },
    line() {
      return {
        update(text) {
          open = text;
          changed();
        },
        finish(text) {
          open = undefined;
          finished.push(text);
          changed();
        },
      };
    },
  };
}
