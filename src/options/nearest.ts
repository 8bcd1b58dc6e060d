/**
 * The candidate that `word` was most likely meant to be: fewest edits (insert, delete, replace, swap of neighbours),
 * letters' case and underscores ignored; `undefined` when even the best one is far off.
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const plain = (text: string): string => text.replaceAll('_', '').toLowerCase().slice(0, 64);
  const from = plain(word);
  let best: string | undefined;
  let bestEdits = Infinity;
  for (const candidate of candidates) {
    const to = plain(candidate);
    const n = edits(from, to);
    const allowed = Math.max(1, Math.floor(Math.max(from.length, to.length) / 3));
    if (n <= allowed && n < bestEdits) {
      best = candidate;
      bestEdits = n;
    }
  }
  return best;
}

function edits(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let n = Math.min(row[j - 1]! + 1, last[j]! + 1, last[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        n = Math.min(n, beforeLast[j - 2]! + 1);
      row.push(n);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}
