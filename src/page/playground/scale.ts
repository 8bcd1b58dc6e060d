/** Round numbers between two ends, about `count` of them. */
export function ticks(low: number, high: number, count: number): number[] {
  const step = stepOf(high - low, count);
  if (step === 0) return [low];
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** 1, 2 or 5 times a power of ten, so that `span` has about `count` of them. */
function stepOf(span: number, count: number): number {
  if (!(span > 0) || !Number.isFinite(span)) return 0;
  const rough = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * ([1, 2, 5].find(times => times * power >= rough * 0.75) ?? 10);
}

/** The ends, moved outwards to round numbers; a span of nothing becomes one of something. */
export function nice(low: number, high: number, count: number): [number, number] {
  if (low === high) return [low - (Math.abs(low) || 1) / 2, high + (Math.abs(high) || 1) / 2];
  const step = stepOf(high - low, count);
  if (step === 0) return [low, high];
  return [Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step];
}

/** Where a value lies between two places. */
export function place(
  [low, high]: readonly [number, number],
  [from, to]: readonly [number, number],
): (value: number) => number {
  return value => from + ((value - low) / (high - low)) * (to - from);
}

/** A number for people: four significant digits, very small and very large ones with an exponent, as 1.5e15. */
export function say(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '∞' : value < 0 ? '−∞' : 'no number';
  const size = Math.abs(value);
  // `Number` and `String` would write whole numbers out up to 1e21.
  const short =
    size >= 1e5
      ? value.toExponential(3).replace(/\.?0*e\+/, 'e')
      : String(Number(value !== 0 && size < 1e-4 ? value.toExponential(2) : value.toPrecision(4)));
  return short.replaceAll('-', '−');
}
