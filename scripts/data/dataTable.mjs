/**
 * @typedef {{ name: string, size: number, algorithm: string, path: string | undefined, how: string }} Row
 * `how`: was there, downloaded, or why there is none.
 */

/**
 * What `npm run data` says at its end: a line for each file.
 * @param {Row[]} rows
 * @returns {string}
 */
export function dataTable(rows) {
  const cells = rows.map(row => [
    row.name,
    row.path === undefined ? '' : `${(row.size / 1e6).toFixed(1)} MB`,
    row.path === undefined ? 'MISSING' : `${row.algorithm} verified`,
    row.path === undefined ? row.how : `${row.how}, ${row.path}`,
  ]);
  const widths = [0, 1, 2].map(i => Math.max(...cells.map(line => line[i]?.length ?? 0)));
  return cells
    .map(line =>
      line
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
