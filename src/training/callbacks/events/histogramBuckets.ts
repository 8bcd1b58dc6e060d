/**
 * How many numbers fall between which edges, as TensorBoard's histograms have it: rows of left edge, right edge and count. Numbers that
 * are all the same are one bucket without width; NaN and infinities are left out.
 */
export function histogramBuckets(values: ArrayLike<number>, count = 30): [number, number, number][] {
  const finite = Array.from(values).filter(Number.isFinite);
  if (finite.length === 0) return [];
  const min = finite.reduce((a, b) => Math.min(a, b));
  const max = finite.reduce((a, b) => Math.max(a, b));
  if (min === max) return [[min, max, finite.length]];
  const width = (max - min) / count;
  const counts = new Array<number>(count).fill(0);
  for (const value of finite) counts[Math.min(count - 1, Math.floor((value - min) / width))]!++;
  return counts.map((inside, i) => [min + i * width, i === count - 1 ? max : min + (i + 1) * width, inside]);
}
