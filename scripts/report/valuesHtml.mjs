import { escapeHtml } from './escapeHtml.mjs';
import { isAligned } from './isAligned.mjs';

const numeric = /^[-−+]?[\d.,]+(?:e[-−+]?\d+)?%?$/i;

/**
 * The values of a chart for whoever does not point at it: closed until asked for, and operable without a script.
 * @param {string} title of the chart
 * @param {import('./chartValues.mjs').ValueTable[]} tables
 * @param {string} text what is shown when no mark has values
 * @returns {string} HTML, '' when there is neither
 */
export function valuesHtml(title, tables, text) {
  if (tables.length === 0 && text === '') return '';
  const content =
    tables.length > 0
      ? tables.map(table).join('')
      : `<pre${isAligned(text) ? ' class="aligned"' : ''} tabindex="0">${escapeHtml(text)}</pre>`;
  return `<details class="values"><summary>Values<span class="unseen"> of the chart: ${escapeHtml(title)}</span></summary>${content}</details>`;
}

/** @param {import('./chartValues.mjs').ValueTable} table */
function table({ columns, rows, of }) {
  const caption =
    rows.length < of
      ? `<caption>${rows.length} of ${of.toLocaleString('en')} rows, evenly chosen</caption>`
      : '';
  const head = columns
    .map((column, i) => {
      const numbers = rows.every(row => numeric.test(row[i] ?? '') || row[i] === '–');
      return `<th scope="col"${numbers ? ' class="n"' : ''}>${escapeHtml(column)}</th>`;
    })
    .join('');
  const body = rows.map(
    row =>
      `<tr>${row.map(value => `<td${numeric.test(value) ? ' class="n"' : ''}>${escapeHtml(value)}</td>`).join('')}</tr>`,
  );
  return `<div class="scroll" tabindex="0"><table>${caption}<thead><tr>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table></div>`;
}
