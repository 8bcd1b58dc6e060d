const listeners = new Set<() => void>();

/**
 * Be told when the user asks to stop (the notebook's stop button). Returns the function that ends the watch.
 * Long-running work registers here, so that whoever hears the request need not know what is running.
 *
 * @example
 * const stop = new AbortController();
 * const stopListening = onInterrupt(() => stop.abort());
 * stopListening();
 */
export function onInterrupt(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Ask all running work to stop. Returns whether anything was listening. */
export function interrupt(): boolean {
  const heard = listeners.size > 0;
  for (const listener of [...listeners]) listener();
  return heard;
}
