/** Draws the inputs of the golden cases, as the class of this name in goldens.py does. */
export class Source {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  next(): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return this.#state;
  }

  unit(): number {
    const high = this.next() >>> 5;
    return (high * 67108864 + (this.next() >>> 6)) / 2 ** 53;
  }

  below(n: number): number {
    return Math.floor(this.unit() * n);
  }
}

const names = ['ant', 'bee', 'Cat', 'd\u00e9j\u00e0', '\u{1f40d}', '\uff21', 'zebra crossing', ''];

export type LabelKind = 'range' | 'gaps' | 'text';

export function labelSet(kind: LabelKind, k: number): number[] | string[] {
  if (kind === 'range') return Array.from({ length: k }, (_, i) => i);
  if (kind === 'gaps') return Array.from({ length: k }, (_, i) => 3 * i - 4);
  return names.slice(0, k);
}

export function drawLabels<T>(source: Source, labels: readonly T[], n: number, skew: number): T[] {
  return Array.from(
    { length: n },
    () => labels[Math.min(labels.length - 1, Math.floor(source.unit() ** skew * labels.length))]!,
  );
}

export function drawWeights(source: Source, kind: 'none' | 'whole' | 'float', n: number): number[] | undefined {
  if (kind === 'none') return undefined;
  if (kind === 'whole') return Array.from({ length: n }, () => source.below(4));
  return Array.from({ length: n }, () => {
    const unit = source.unit();
    return unit * powersOfTen[source.below(5)]!;
  });
}

// Python's 10 ** -1 and 10 ** -2.
const powersOfTen = [0.01, 0.1, 1, 10, 100];

/** What JSON cannot hold comes as text. */
export function revive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revive);
  if (value === 'nan') return NaN;
  if (value === 'inf') return Infinity;
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, revive(item)]));
  }
  return value;
}

export function isError(value: unknown): value is { error: string } {
  return typeof value === 'object' && value !== null && 'error' in value;
}
