/** Whether a value is a table, such as a data frame, that has its rows in `values`. */
export function hasValues(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'values' in value && Array.isArray(value.values);
}
