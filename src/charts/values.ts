import { describe } from '../options/describe';

/** Anything that holds numbers in a row: an array or a typed array. */
export type Numbers = ArrayLike<number>;

/** A one-dimensional run of finite numbers as a plain array; a column of one-number rows, as `predict` returns for one unit, counts as one. */
export function toNumbers(what: string, values: unknown, { gaps = false } = {}): number[] {
  const list = asArray(values);
  if (!list) throw new TypeError(`Expected ${what} to be an array of numbers, received ${describe(values)}.`);
  if (list.length === 0) throw new RangeError(`Expected ${what} to hold at least one number, received none.`);
  return list.map((value, i) => {
    const row = asArray(value);
    const number = row && row.length === 1 ? row[0] : value;
    if (typeof number !== 'number') {
      throw new TypeError(`Expected ${what} to hold numbers, received ${describe(number)} at position ${i}.`);
    }
    if (!gaps && !Number.isFinite(number)) {
      throw new RangeError(`Expected ${what} to hold finite numbers, received ${number} at position ${i}.`);
    }
    return number;
  });
}

/** Named runs of numbers, in their order. */
export function toSeries(what: string, values: unknown, { gaps = false } = {}): [string, number[]][] {
  if (typeof values !== 'object' || values === null || asArray(values)) {
    throw new TypeError(`Expected ${what} to be an object of name: numbers, received ${describe(values)}.`);
  }
  const entries = Object.entries(values);
  if (entries.length === 0)
    throw new RangeError(`Expected ${what} to name at least one series, received {}.`);
  return entries.map(([name, list]) => [name, toNumbers(`${what}.${name}`, list, { gaps })]);
}

/** An array, or a typed array as one; `undefined` for anything else. */
export function asArray(values: unknown): unknown[] | undefined {
  if (Array.isArray(values)) return values;
  return ArrayBuffer.isView(values) && 'length' in values ? Array.from(Object.values(values)) : undefined;
}

/** Six significant digits, which no eye can tell from all of them; JSON has no NaN, so a gap is `null`. */
export function round(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(6)) : null;
}

/** A number for people: four significant digits, whole numbers whole. */
export function say(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
}

/** A number in a table of values; `null` where there is none. */
export function tell(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(4)) : null;
}

/** The last of a list that has one. */
export function last<T>(values: readonly T[]): T {
  return values[values.length - 1]!;
}

/** The arithmetic mean. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Exponential moving average: each value is `factor` of the one before and the rest of itself. */
export function smoothed(values: readonly number[], factor: number): number[] {
  const out: number[] = [];
  for (const value of values) {
    const before = out.at(-1);
    out.push(before === undefined || Number.isNaN(before) ? value : before * factor + value * (1 - factor));
  }
  return out;
}

/** `val_binary_accuracy` → `Binary accuracy`; a short upper-case name for mae and mse. */
export function prettyKey(key: string): string {
  const plain = key.replace(/^val_/, '').replaceAll('_', ' ');
  return /^m[as]e$/.test(plain) ? plain.toUpperCase() : plain.charAt(0).toUpperCase() + plain.slice(1);
}

/** The same within a sentence: `binary accuracy`, `MAE`. */
export function plainKey(key: string): string {
  return prettyKey(key).replace(/^[A-Z](?![A-Z])/, letter => letter.toLowerCase());
}

/** Words as the beginning of a sentence: `Loss, accuracy and MAE`. */
export function sentence(words: string[]): string {
  const [first = '', ...rest] = words;
  const list = rest.length === 0 ? first : `${[first, ...rest.slice(0, -1)].join(', ')} and ${rest.at(-1)}`;
  return list.charAt(0).toUpperCase() + list.slice(1);
}
