// A span this many times that of most values presses them flat, whatever they are.
const tooFar = 1000;
// How far above most values one may lie and still belong to them.
const near = 30;

/**
 * Where an axis for these values ends at the top: at the highest, but for values so large that beside them the others would be one flat line.
 * They are left to go out of the top. No logarithmic axis: with one value of 1e15 the others would be flat on it too, and the notebook's charts have none.
 */
export function ordinaryTop(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const [low = 0] = sorted;
  const high = sorted.at(-1) ?? low;
  // Three quarters, as a run that grows without bound has some of many sizes, beside the notebook's own.
  const most = sorted[Math.floor(0.75 * (sorted.length - 1))] ?? low;
  // Values that hardly differ are one size all the same.
  const span = Math.max(most - low, 0.01 * Math.abs(most));
  if (span === 0 || high - low <= tooFar * span) return high;
  return sorted.findLast(value => value <= most + near * span) ?? high;
}
