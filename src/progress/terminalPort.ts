import type { ProgressPort } from './progressPort';

const drawEveryMs = 50;

/** The part of a writable stream that progress needs. */
export interface TextStream {
  write(text: string): unknown;
  isTTY?: boolean;
  /** The terminal's width, where it has one. */
  columns?: number;
}

/** Progress on a stream: one line rewritten in place on a terminal, finished lines only elsewhere (files, pipes, CI). */
export function terminalPort(stream: TextStream): ProgressPort {
  return {
    line() {
      let drawnAt = -Infinity;
      return {
        update(text) {
          const now = performance.now();
          if (!stream.isTTY || now - drawnAt < drawEveryMs) return;
          drawnAt = now;
          // A line that wraps could not be rewritten in place.
          const width = (stream.columns ?? 80) - 1;
          stream.write(`\r\x1b[2K${text.length > width ? `${text.slice(0, width - 1)}…` : text}`);
        },
        finish(text) {
          stream.write(stream.isTTY ? `\r\x1b[2K${text}\n` : `${text}\n`);
        },
      };
    },
  };
}
