import type { Label } from './Labels';

/** Distinct labels in order: numbers rising, texts by code point (as Python and NumPy sort them, unlike JavaScript). */
export function uniqueLabels(labels: readonly Label[]): Label[] {
  return [...new Set(labels)].sort(compare);
}

function compare(a: Label, b: Label): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const left = Array.from(String(a), letter => letter.codePointAt(0)!);
  const right = Array.from(String(b), letter => letter.codePointAt(0)!);
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    if (left[i] !== right[i]) return left[i]! - right[i]!;
  }
  return left.length - right.length;
}
