/** Run `action` and catch what it says through `console.warn`. */
export function warningsOf<T>(action: () => T): { value: T; warnings: string[] } {
  const { warn } = console;
  const warnings: string[] = [];
  console.warn = (message: string) => void warnings.push(message);
  try {
    return { value: action(), warnings };
  } finally {
    console.warn = warn;
  }
}
