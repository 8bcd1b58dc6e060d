/** A value in the words of an error message: short, with its type where the value alone would mislead. */
export function describe(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`;
  if (typeof value === 'object') {
    if (Array.isArray(value)) return `an array of length ${value.length}`;
    const name = (value as { constructor?: { name?: string } }).constructor?.name;
    if (ArrayBuffer.isView(value) && 'length' in value) return `a ${name} of length ${String(value.length)}`;
    return name === undefined || name === 'Object' ? 'an object' : `an object of class ${name}`;
  }
  return typeof value === 'number' || typeof value === 'boolean' ? `${value}` : 'undefined';
}
