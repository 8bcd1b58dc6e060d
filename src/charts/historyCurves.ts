import { describe } from '../options/describe';
import { nearKey } from '../training/nearKey';
import { asArray, type Numbers, toSeries } from './values';

/** A `History` of `fit`, or its bare record of key → one number an epoch. */
export type HistoryValues =
  | { readonly history: { readonly [key: string]: Numbers }; readonly epoch?: Numbers }
  | { readonly [key: string]: Numbers };

/** The curves of a history by key, all `epochs` long; `first` is the first epoch, counted from 1, which `initialEpoch` of `fit` moves. */
export function historyCurves(
  what: string,
  history: HistoryValues,
): { curves: Map<string, number[]>; epochs: number; first: number } {
  const record = recordOf(history);
  const curves = new Map(toSeries(what, record, { gaps: true }));
  const lengths = new Set([...curves.values()].map(list => list.length));
  if (lengths.size > 1) {
    throw new RangeError(
      `Expected every key of the ${what} to have one value an epoch, received lengths ${[...lengths].join(' and ')}.`,
    );
  }
  return { curves, epochs: Math.max(...lengths), first: record === history ? 1 : firstEpoch(history) };
}

function firstEpoch(history: HistoryValues): number {
  const [first]: unknown[] = ('epoch' in history ? asArray(history.epoch) : undefined) ?? [];
  return typeof first === 'number' && Number.isInteger(first) ? first + 1 : 1;
}

/** Whether lower or higher values of a quantity are better; of some nobody can say. */
export function better(key: string): 'lower' | 'higher' | undefined {
  if (/loss|error|^(val_)?m[as]p?e$/.test(key)) return 'lower';
  return /acc/.test(key) ? 'higher' : undefined;
}

/** Index of the best value: the lowest loss or error, the highest accuracy; for other quantities, or without a finite value, `undefined`. */
export function bestOf(key: string, values: readonly number[]): number | undefined {
  const finite = values.filter(value => Number.isFinite(value));
  const is = better(key);
  if (finite.length === 0 || is === undefined) return undefined;
  return values.indexOf(finite.reduce((a, b) => (is === 'lower' ? Math.min(a, b) : Math.max(a, b))));
}

function recordOf(history: HistoryValues): unknown {
  if (typeof history !== 'object' || history === null) {
    throw new TypeError(
      `Expected the History that fit returns or a record of key: numbers, received ${describe(history)}.`,
    );
  }
  if (history instanceof Promise) {
    throw new TypeError('Expected the History that fit returns, received a promise. Await it.');
  }
  // 'in' and not a read: a History answers a read of a missing key with an error.
  const inner = 'history' in history ? history.history : undefined;
  return typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? inner : history;
}

/** The quantities to draw, checked; by default all, the loss first. */
export function chooseKeys(asked: unknown, present: string[]): string[] {
  const bare = present.filter(key => !key.startsWith('val_'));
  if (asked === undefined) {
    return [
      ...bare.filter(key => key === 'loss'),
      ...bare.filter(key => key !== 'loss' && key !== 'lr' && key !== 'learning_rate'),
    ];
  }
  if (!Array.isArray(asked) || asked.length === 0) {
    throw new TypeError(`Expected keys to be an array such as ["loss"], received ${describe(asked)}.`);
  }
  return asked.map((key: unknown) => {
    if (typeof key === 'string' && bare.includes(key)) return key;
    const near = typeof key === 'string' ? nearKey(key.replace(/^val_/, ''), bare) : undefined;
    throw new TypeError(
      `The history has no key ${describe(key)} to draw.${near === undefined ? '' : ` Did you mean "${near}"?`} ` +
        `Its keys are: ${bare.join(', ')}. Validation curves are drawn with them.`,
    );
  });
}
