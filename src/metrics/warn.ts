/** Tell the reader of a result that it is less than it seems, as scikit-learn's warnings do. */
export function warn(message: string): void {
  console.warn(`Warning: ${message}`);
}
