/**
 * Refuse what another run has had: it must not go on where that one was.
 *
 * @param seen Models, optimizers, callbacks and transformers of all runs so far.
 */
export function expectNew(what: string, part: object, seen: WeakSet<object>): void {
  if (seen.has(part)) {
    throw new TypeError(
      `Expected a new ${what} for each run, received the same one again. Make it inside the function.`,
    );
  }
  seen.add(part);
}
