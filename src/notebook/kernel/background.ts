import { KeyboardInterrupt } from './KeyboardInterrupt';

/** What went wrong outside the awaited course of the cells. */
export interface Background {
  /** The rejections and errors that nobody has handled since the last call. */
  take(): unknown[];
  /** Stop watching. */
  close(): void;
}

/**
 * Watch for promises whose rejection nobody handles, and for errors thrown in callbacks. A rejection that is handled after all,
 * by an `await` that comes late, is struck out again.
 *
 * It takes these events from the process altogether: tslab's handler only prints, and that of tfjs' WebAssembly back end ends the
 * process.
 */
export function watchBackground(
  emitter: NodeJS.EventEmitter,
  noticed: (reason: unknown) => void,
): Background {
  const rejections = new Map<unknown, unknown>();
  const errors = new Set<unknown>();
  const emit = emitter.emit.bind(emitter);

  const watch = (event: string | symbol, ...rest: unknown[]): boolean => {
    if (event === 'unhandledRejection') {
      const [reason, promise] = rest;
      if (reason instanceof KeyboardInterrupt) return true;
      rejections.set(promise, reason);
      noticed(reason);
    } else if (event === 'rejectionHandled') {
      rejections.delete(rest[0]);
    } else if (event === 'uncaughtException') {
      if (rest[0] instanceof KeyboardInterrupt) return true;
      errors.add(rest[0]);
      noticed(rest[0]);
    } else {
      return emit(event, ...rest);
    }
    return true;
  };
  emitter.emit = watch;

  return {
    take() {
      const reasons = new Set([...errors, ...rejections.values()]);
      errors.clear();
      rejections.clear();
      return [...reasons];
    },
    close() {
      emitter.emit = emit;
    },
  };
}
