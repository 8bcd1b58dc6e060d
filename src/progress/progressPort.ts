import { terminalPort } from './terminalPort';

/** One line of progress: rewritten in place where the display can, printed once at its end where it cannot. */
export interface ProgressLine {
  /** Show `text` as the present state of the line. Calls may be frequent; the port decides how often it draws. */
  update(text: string): void;
  /** Show `text` as the last state of the line and go on to the next. */
  finish(text: string): void;
}

/** A training that a board shows. */
export interface BoardRun {
  /** Unlike those of the others. */
  readonly name: string;
  /** Runs of one group look alike: one model with several seeds. Default: each is a group of its own. */
  readonly group?: string;
}

/** What a board will show. */
export interface BoardPlan {
  readonly runs: readonly BoardRun[];
  /** The first and the last epoch that are planned, counted from 1. */
  readonly first: number;
  readonly last: number;
}

/** Trainings under one display that can draw them: values by epoch, and lines of text. */
export interface ProgressBoard {
  /** Begin a line of text. Lines are used one after the other. */
  line(): ProgressLine;
  /** An epoch, counted from 1, of a run has ended with these values. Calls may be frequent; the board decides how often it draws. */
  point(run: string, epoch: number, values: Readonly<Record<string, number>>): void;
  /** What a run's loss is called: values of different ones cannot be compared. */
  loss?(run: string, name: string): void;
  /** How much of all the work is done, from 0 to 1. */
  advance(share: number): void;
  /** Show the last state. Nothing follows. */
  close(): void;
}

/** Where progress goes: a terminal by default, a notebook when the kernel preload has put its own end here. */
export interface ProgressPort {
  /** Begin a line. Lines are used one after the other. */
  line(): ProgressLine;
  /** Begin a board, where the port draws; else trainings are told in lines. */
  board?(plan: BoardPlan): ProgressBoard | undefined;
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
