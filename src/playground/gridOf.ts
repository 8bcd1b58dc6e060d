import type { Plane } from './PlaygroundConfig';

/** The points of a plane: row-major pairs, the first feature rising within a row, the second from row to row. */
export function gridOf({ x: [left, right], y: [bottom, top], size }: Plane): Float32Array {
  const values = new Float32Array(2 * size * size);
  for (let j = 0; j < size; j++) {
    for (let i = 0; i < size; i++) {
      values[2 * (j * size + i)] = left + ((right - left) * i) / (size - 1);
      values[2 * (j * size + i) + 1] = bottom + ((top - bottom) * j) / (size - 1);
    }
  }
  return values;
}
