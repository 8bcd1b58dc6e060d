import type { Logs } from './Callback';

/** An engine's numbers under their names, in the order of Keras 3: by name. */
export function namedValues(names: readonly string[], values: readonly number[]): Logs {
  const pairs = names.map((name, i): [string, number] => [name, values[i] ?? NaN]);
  return Object.fromEntries(pairs.sort(([a], [b]) => (a < b ? -1 : 1)));
}
