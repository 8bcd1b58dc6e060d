/** Values for whoever reads instead of looking: a row holds one cell for each column, `null` where there is nothing to tell. */
export interface ValueTable {
  columns: string[];
  rows: (string | number | null)[][];
}
