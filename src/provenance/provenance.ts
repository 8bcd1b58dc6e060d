/** What a run used: one line of the table that ends a report. */
export interface ProvenanceEntry {
  /** `'data'` for a data set that was read, `'engine'` for what trained or predicted. */
  kind: ProvenanceKind;
  /** The data set or engine, e.g. `imdb` or `compiled`. */
  name: string;
  /** Where it came from or how it ran: `real` or `sample` for data, the back end (`wasm-simd`, `wasm`, …) for an engine. */
  detail: string;
}

/** The kinds of things a run records. */
export type ProvenanceKind = 'data' | 'engine';

const entries = new Map<string, ProvenanceEntry>();

/**
 * Note that this process used a data set or an engine. The same note made twice counts once; the order is that of
 * the first notes.
 */
export function recordProvenance(kind: ProvenanceKind, name: string, detail: string): void {
  entries.set(JSON.stringify([kind, name, detail]), { kind, name, detail });
}

/**
 * What this process has used so far, in the order of first use.
 *
 * @example
 * provenance().every(({ kind }) => kind === 'data' || kind === 'engine'); // true
 */
export function provenance(): ProvenanceEntry[] {
  return Array.from(entries.values(), entry => ({ ...entry }));
}
