export {};

declare module 'vega' {
  /** How Vega measures text; its typings leave it out. */
  export const textMetrics: { canvas(use: boolean): void };
}
