import { setImmediate as turn } from 'node:timers/promises';
import type { ConsoleInterface, Executor } from 'tslab/dist/executor';
import { interrupt as interruptWork } from '../../progress/interrupt';
import { allDisplayed, type MimeBundle } from '../display';
import type { Background } from './background';
import { runningCell, type Cell } from './Cell';
import { compileError, thrownError, type CellError, type ErrorContext } from './cellError';
import { cellSyntax } from './cellSyntax';
import { KeyboardInterrupt } from './KeyboardInterrupt';
import { lastExpression } from './lastExpression';
import type { Compilation } from './mendConverter';
import { prepareFor } from './readiness';
import type { TypeScript } from './typescript';

/** How a cell ended. */
export interface CellOutcome {
  /** What its last expression gave. */
  result?: MimeBundle;
  error?: CellError;
}

/** The code that asks, after the last cell, whether anything is left that went wrong. */
export const endOfNotebook = '/* keras-primer: end of notebook */';

/** What introduces an error that no cell awaited. */
export const inBackground = 'In the background:';

/** What tslab's executor has told about the running cell. */
interface Told {
  failure?: { thrown: unknown };
  last?: { value: unknown };
}

interface Parts {
  typescript: TypeScript;
  compilation: Compilation;
  background: Background;
  context: ErrorContext;
  /** Called when the cell's code has ended, before its outcome is told. */
  settle: () => void;
}

/** tslab's executor, asked in our way: it tells how a cell ended instead of printing it. */
export class CellExecutor {
  private current: Cell | undefined;
  private told: Told = {};
  private readonly inner: Executor;

  constructor(
    create: (console: ConsoleInterface) => Executor,
    private readonly parts: Parts,
  ) {
    this.inner = create({
      log: value => (this.told.last = { value }),
      // With one argument this is what the cell threw, with more a diagnostic, which the converter has told already.
      error: (...values) => {
        if (values.length === 1) this.told.failure = { thrown: values[0] };
      },
    });
  }

  /** Whether a cell is running. */
  get busy(): boolean {
    return this.current !== undefined;
  }

  /** Run a cell to its end. Never rejects. */
  async run(cell: Cell): Promise<CellOutcome> {
    const { compilation, background, context, settle } = this.parts;
    this.current = cell;
    const told: Told = (this.told = {});
    compilation.cell = cell;
    compilation.diagnostics = [];
    const outcome: CellOutcome = {};
    try {
      await this.execute(cell);
      await allDisplayed();
      if (told.last) outcome.result = await lastExpression(told.last.value);
    } catch (thrown) {
      told.failure ??= { thrown };
    }
    // Rejections that are already there become known within two turns of the event loop.
    await turn();
    await turn();
    settle();

    const { failure } = told;
    const left = background.take().filter(reason => !failure || reason !== failure.thrown);
    if (compilation.diagnostics.length > 0) {
      outcome.error = compileError(compilation.diagnostics, cell.label, cell.code);
    } else if (failure) {
      outcome.error = thrownError(failure.thrown, context);
    }
    for (const reason of left) {
      const error = thrownError(reason, context, inBackground);
      if (outcome.error) outcome.error.traceback.push(...error.traceback);
      else outcome.error = error;
    }
    this.current = undefined;
    return outcome;
  }

  private async execute(cell: Cell): Promise<void> {
    if (cell.code.trim() === endOfNotebook) return;
    await prepareFor(cellSyntax(this.parts.typescript, cell.code).imports);
    await runningCell.run(cell, () => this.inner.execute(cell.code));
    const { failure } = this.told;
    if (failure && isInterrupt(failure.thrown)) failure.thrown = new KeyboardInterrupt();
  }

  /**
   * The stop button: first ask the running work (a `fit`) to stop, which ends in its own good order. If nothing listens,
   * or at the second press, end the cell.
   */
  interrupt(): void {
    const heard = interruptWork();
    const cell = this.current;
    if (!cell) return;
    if (!heard || cell.stopAsked) {
      cell.interrupted = true;
      this.inner.interrupt();
    }
    cell.stopAsked = true;
  }

  /** tslab's interface to the same. */
  asTslabExecutor(): Executor {
    return { ...this.inner, interrupt: () => this.interrupt() };
  }
}

/** What Node and tslab throw when a cell is stopped. */
function isInterrupt(thrown: unknown): boolean {
  if (typeof thrown !== 'object' || thrown === null) return false;
  if ('code' in thrown && thrown.code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED') return true;
  return 'message' in thrown && thrown.message === 'Interrupted asynchronously';
}
