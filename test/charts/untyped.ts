/** A value that the types would refuse, to see what a caller without types gets to hear. */
export function untyped(value: unknown): never {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return value as never;
}

/** Part of a specification, whose type is open, as the shape that a test expects. */
// The caller names the shape; nothing could infer it.
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
export function shaped<T>(value: unknown): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return value as T;
}
