/** The place of the 1 in each row of `targets`; `undefined` unless every row is one-hot. */
export function oneHotLabels(targets: Float32Array, rows: number): Int32Array | undefined {
  const width = targets.length / rows;
  const labels = new Int32Array(rows);
  for (let row = 0, at = 0; row < rows; row++) {
    let ones = 0;
    for (let j = 0; j < width; j++, at++) {
      const target = targets[at];
      if (target === 0) continue;
      if (target !== 1) return undefined;
      ones++;
      labels[row] = j;
    }
    if (ones !== 1) return undefined;
  }
  return labels;
}
