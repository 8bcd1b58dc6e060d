/** Python's `'%.{digits}f' % value`: exact, and a tie goes to the even digit where `toFixed` rounds it up. */
export function fixed(value: number, digits: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const exact = Math.abs(value).toFixed(Math.min(100, digits + 60));
  const point = exact.indexOf('.');
  const cut = digits === 0 ? point : point + 1 + digits;
  const kept = exact.slice(0, cut);
  const rest = exact.slice(digits === 0 ? point + 1 : cut);
  const last = kept.charCodeAt(kept.length - 1) - 48;
  const isTie = /^50*$/.test(rest);
  const text = isTie && last % 2 === 0 ? kept : Math.abs(value).toFixed(digits);
  return value < 0 || Object.is(value, -0) ? `-${text}` : text;
}

/** Python's `str(float)`: `3.0`, `1e-05`, `1e+16`. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
  }
  const text = Object.is(value, -0) ? '-0' : String(value);
  return text.includes('.') ? text : `${text}.0`;
}

/** Pad on the left to `width` characters (code points, as Python counts them). */
export function padLeft(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - Array.from(text).length)) + text;
}
