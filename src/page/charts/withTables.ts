import type { Runtime } from 'vega';

interface Operator {
  /** Anything; with data it is an object. */
  readonly value?: { $ingest?: unknown } | null;
}

/** A chart's dataflow with the tables that its data sets name, made anew from its JSON: Vega writes into the rows. */
export function withTables(dataflow: string, shared: string): Runtime {
  const runtime: Runtime & { readonly operators: readonly Operator[] } = JSON.parse(dataflow);
  const tables: unknown[][] = JSON.parse(shared);
  const taken = new Set<number>();
  for (const { value } of runtime.operators) {
    const index = named(value?.$ingest);
    if (!value || index === undefined) continue;
    // Two data sets may name the same table.
    value.$ingest = taken.has(index) ? structuredClone(tables[index]) : tables[index];
    taken.add(index);
  }
  return runtime;
}

/** The number of the table that a data set names. */
function named(table: unknown): number | undefined {
  return typeof table === 'object' && table !== null && 'shared' in table ? Number(table.shared) : undefined;
}
