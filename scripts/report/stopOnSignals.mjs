/**
 * A signal that is aborted when this process is asked to end (Ctrl-C, a closed terminal, `kill`). From then on the program ends by
 * itself, once its children have; asked again a second later, it ends at once (npm and the terminal both pass on a Ctrl-C).
 * @returns {AbortSignal}
 */
export function stopOnSignals() {
  const abort = new AbortController();
  let asked = 0;
  for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(name, () => {
      if (asked && performance.now() - asked > 1000) process.exit(130);
      asked ||= performance.now();
      abort.abort();
    });
  }
  return abort.signal;
}
