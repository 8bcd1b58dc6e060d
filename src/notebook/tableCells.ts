const defaultDigits = 4;
const smallest = 10 ** -defaultDigits;
const largest = 1e15;

/**
 * The texts of one column. Numbers that are not whole get the same number of decimals throughout, `digits` or
 * else as many as needed; very small and very large ones are written with an exponent.
 */
export function columnTexts(values: readonly unknown[], digits: number | undefined): string[] {
  const numbers = values.filter((value): value is number => typeof value === 'number' && isPlain(value));
  const fractions = numbers.filter(value => !Number.isInteger(value));
  const decimals = digits ?? Math.max(0, ...fractions.map(neededDecimals));
  const whole = values.every(value => typeof value !== 'number' || !(Math.abs(value % 1) > 0));
  return values.map(value => {
    if (typeof value !== 'number') return cellText(value);
    if (digits === undefined && !isPlain(value) && Number.isFinite(value)) return value.toPrecision(3);
    if (!Number.isFinite(value)) return String(value);
    // Minus zero says nothing to a reader.
    return (whole ? value || 0 : value).toFixed(whole ? 0 : decimals);
  });
}

/** How wide a text is in a fixed-width font: a Chinese character takes two places. */
export function textWidth(text: string): number {
  const wide = text.match(
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60]/gu,
  );
  return Array.from(text).length + (wide?.length ?? 0);
}

function isPlain(value: number): boolean {
  const size = Math.abs(value);
  return size === 0 || (size >= smallest && size < largest);
}

function neededDecimals(value: number): number {
  const decimals = value.toFixed(defaultDigits).replace(/0+$/, '').split('.')[1]?.length;
  return decimals ?? 0;
}

function cellText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(cellText).join(', ');
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  return JSON.stringify(value) ?? typeof value;
}
