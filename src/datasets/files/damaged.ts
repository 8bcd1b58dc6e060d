/** The error for a file that is not what it claims to be. */
export function damaged(file: string, expected: string, received: string): Error {
  return new Error(
    `Expected ${file} to hold ${expected}, received ${received}. ` +
      'The file is damaged or of another kind: replace it, or remove it so that it is fetched again.',
  );
}

/** A shape as NumPy prints it. */
export function shapeText(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
}
