/** A value that fits every type: what a caller in JavaScript may pass by mistake, or what was read from a file of golden values. */
export function untyped(value: unknown): never {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return value as never;
}
