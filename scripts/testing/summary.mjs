/** @typedef {{ passed: number, failed: number, notRun: string[] }} Counts */

/**
 * The sum of several test runs.
 * @param {readonly Counts[]} counts
 * @returns {Counts}
 */
export function total(counts) {
  return {
    passed: counts.reduce((sum, { passed }) => sum + passed, 0),
    failed: counts.reduce((sum, { failed }) => sum + failed, 0),
    notRun: counts.flatMap(({ notRun }) => notRun),
  };
}

/**
 * The last lines of a test run: how many passed and failed, and what was not run and why.
 * @param {Counts} counts
 * @returns {string}
 */
export function summary({ passed, failed, notRun }) {
  /** @type {Map<string, number>} */
  const reasons = new Map();
  for (const line of notRun) {
    const reason = line.slice(line.lastIndexOf(': ') + 2);
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  return [
    ...[...reasons].map(([reason, times]) => `Not run: ${reason}${times > 1 ? ` (${times})` : ''}`),
    `${passed} passed, ${failed} failed`,
  ].join('\n');
}
