import type { Sequences } from './files/readPickle';

/** Rows of whole numbers as one array. */
export function toSequences(rows: readonly (readonly number[])[]): Sequences {
  const starts = new Int32Array(rows.length);
  const ends = new Int32Array(rows.length);
  const ids = new Int32Array(rows.reduce((sum, row) => sum + row.length, 0));
  let at = 0;
  rows.forEach((row, i) => {
    starts[i] = at;
    for (const id of row) ids[at++] = id;
    ends[i] = at;
  });
  return { ids, starts, ends };
}
