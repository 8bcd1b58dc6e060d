import { inspect } from 'node:util';
import { displayInTurn, displayKey, isDisplayable } from './display';

/**
 * Show a value in the notebook, now: a chart, a table, or anything else as text. As the last expression of a cell a
 * chart or table shows itself, without `show`. Outside a notebook the text is printed.
 *
 * @returns a promise that is fulfilled when the value has been shown. In a notebook it need not be awaited: the cell ends
 * after everything it shows.
 *
 * @example
 * ```ts
 * await show(table([{ digit: 7, share: 0.25 }]));
 * ```
 */
export async function show(value: unknown): Promise<void> {
  if (isDisplayable(value)) return displayInTurn(value[displayKey]());
  return displayInTurn({ 'text/plain': typeof value === 'string' ? value : inspect(value) });
}
