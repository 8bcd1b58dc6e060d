import { terminalPort } from './terminalPort';

/** One line of progress: rewritten in place where the display can, printed once at its end where it cannot. */
export interface ProgressLine {
  /** Show `text` as the present state of the line. Calls may be frequent; the port decides how often it draws. */
  update(text: string): void;
  /** Show `text` as the last state of the line and go on to the next. */
  finish(text: string): void;
}

/** Where progress goes: a terminal by default, a notebook when the kernel preload has put its own end here. */
export interface ProgressPort {
  /** Begin a line. Lines are used one after the other. */
  line(): ProgressLine;
}

let current: ProgressPort | undefined;

/** The port in use. */
export function getProgressPort(): ProgressPort {
  return (current ??= terminalPort(process.stdout));
}

/** Replace the port; `undefined` puts the terminal back. */
export function setProgressPort(port: ProgressPort | undefined): void {
  current = port;
}
