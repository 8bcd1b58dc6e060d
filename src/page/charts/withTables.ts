import type { Spec } from 'vega';

/** The specification with the tables that its data sets name: each its own copy, as Vega writes into the rows. */
export function withTables(spec: Spec, shared: readonly unknown[][]): Spec {
  const copy = structuredClone(spec);
  for (const data of copy.data ?? []) {
    const { values }: { values?: unknown } = data as object;
    if (typeof values !== 'object' || values === null || !('shared' in values)) continue;
    Object.assign(data, { values: structuredClone(shared[Number(values.shared)]) });
  }
  return copy;
}
