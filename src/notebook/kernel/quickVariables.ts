/**
 * Makes tslab's executor with quick variables. tslab keeps what cells declare on a proxy that says what happens when a property is defined, but not
 * when it is set; setting then takes the long way round, 0.8 µs instead of 0.05, and a cell sets a top-level `let` at every step of a loop.
 *
 * @param createExecutor makes the executor, and with it the proxy, at once
 */
export function quickVariables<T>(createExecutor: () => T): T {
  const usual = globalThis.Proxy;
  globalThis.Proxy = new usual(usual, {
    construct: (proxy, [target, handler]) =>
      new proxy(target, 'defineProperty' in handler ? { set: setDirectly, ...handler } : handler),
  });
  try {
    return createExecutor();
  } finally {
    globalThis.Proxy = usual;
  }
}

function setDirectly(
  target: Record<string | symbol, unknown>,
  name: string | symbol,
  value: unknown,
): boolean {
  target[name] = value;
  return true;
}
