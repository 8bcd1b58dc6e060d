/** Work below this, in floating-point operations, is over before a helper has woken up. */
const leastWork = 8e6;

/** Operations for each byte that has to be copied to a helper or back, below which copying takes longer than computing. */
const leastIntensity = 5;

/** Parts of what is divided. As many on every machine, so that sums over parts have the same bits on all. */
const partCount = 4;

/** Some of the examples of a batch. */
export interface Examples {
  readonly first: number;
  readonly count: number;
}

/**
 * Divide a batch, or not, by the work that it is.
 *
 * @param batch number of examples.
 * @param operations floating-point operations for all of them.
 * @param bytes bytes read and written for all of them.
 */
export function partition(batch: number, operations: number, bytes: number): Examples[] {
  const divide = operations >= leastWork && operations >= leastIntensity * bytes;
  const parts = divide ? Math.min(partCount, batch) : 1;
  const edge = (i: number): number => Math.floor((batch * i) / parts);
  return Array.from({ length: parts }, (_, i) => ({ first: edge(i), count: edge(i + 1) - edge(i) }));
}
