/**
 * Run `work`, which must not be asynchronous, with `draw` in the place of `Math.random`: TensorFlow.js takes dropout masks and initial
 * weights from there.
 */
export function withMathRandom<T>(draw: () => number, work: () => T): T {
  const before = Math.random;
  Math.random = draw;
  try {
    return work();
  } finally {
    Math.random = before;
  }
}
