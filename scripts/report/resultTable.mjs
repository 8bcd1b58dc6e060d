/** @typedef {import('./executor.mjs').NotebookResult} NotebookResult */

/**
 * The data sets or engines of a result in a few words: each name with what came before the comma of its detail.
 * @param {NotebookResult} result
 * @param {'data' | 'engine'} kind
 * @returns {string} e.g. `imdb: real data`, or `–` when it used none
 */
export function sourcesInBrief({ sources }, kind) {
  const brief = sources
    .filter(source => source.kind === kind)
    .map(({ name, detail }) => (detail ? `${name}: ${detail.split(',')[0]}` : name));
  return [...new Set(brief)].join('; ') || '–';
}

/**
 * The table at the end of a run, then each error in full.
 * @param {readonly NotebookResult[]} results
 * @returns {string}
 */
export function resultTable(results) {
  const rows = [
    ['notebook', 'seconds', 'data', 'engine', 'result'],
    ...results.map(result => [
      result.name,
      result.seconds.toFixed(1),
      sourcesInBrief(result, 'data'),
      sourcesInBrief(result, 'engine'),
      verdict(result),
    ]),
  ];
  const widths = [0, 1, 2, 3].map(column => Math.max(...rows.map(row => (row[column] ?? '').length)));
  const lines = rows.map(row =>
    row
      .map((text, column) =>
        column === 1 ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
  lines.splice(1, 0, '-'.repeat(Math.max(...lines.map(line => line.length))));
  return lines.join('\n');
}

/** @param {NotebookResult} result */
function verdict({ failure }) {
  if (!failure) return 'ok';
  const where = failure.cell ? `cell ${failure.cell}: ` : '';
  return `${where}${failure.name}: ${failure.message.split('\n')[0]}`;
}

/**
 * A line for whoever got sample data, or '' when all data were real.
 * @param {readonly NotebookResult[]} results
 * @returns {string}
 */
export function sampleNotice(results) {
  const names = results
    .flatMap(({ sources }) => sources)
    .filter(({ kind, detail }) => kind === 'data' && detail.startsWith('sample'))
    .map(({ name }) => name);
  if (names.length === 0) return '';
  const which = [...new Set(names)].join(' and ');
  return `SAMPLE DATA for ${which}: generated texts, not the real data set. \`npm run data\` fetches the real files, or says where to put them.`;
}
