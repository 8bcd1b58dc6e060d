/**
 * How long work will still take if it goes on as before: `about 8 s left`; `undefined` while nobody can tell.
 *
 * @param seconds since it began
 * @param share of it that is done, from 0 to 1
 */
export function timeLeft(seconds: number, share: number): string | undefined {
  // The first moments hold what is done once only: threads start, memory is laid out.
  if (seconds < 0.3 || share <= 0 || share >= 1) return undefined;
  const left = (seconds * (1 - share)) / share;
  if (left < 90) return `about ${Math.max(1, Math.round(left))} s left`;
  const minutes = Math.round(left / 60);
  if (minutes < 90) return `about ${minutes} min left`;
  return `about ${Math.floor(minutes / 60)} h ${minutes % 60} min left`;
}
