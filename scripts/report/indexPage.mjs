import { escapeHtml } from './escapeHtml.mjs';
import { sourcesInBrief } from './resultTable.mjs';

/** @typedef {import('./executor.mjs').NotebookResult} NotebookResult */

/**
 * The page that lists the reports.
 * @param {readonly NotebookResult[]} results in the order of the course
 * @param {{ css: string, facts: readonly (readonly [string, string])[] }} page
 * @returns {string} a self-contained HTML page
 */
export function indexPage(results, { css, facts }) {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>Keras Primer</title>
<style>
${css}
</style>
</head>
<body>
<main>
<h1>Keras Primer</h1>
<p class="prose">The basics of Keras as live TypeScript notebooks. These are their reports: executed from the first cell to the last, and readable without a network.</p>
<ol class="cards">
${results.map(card).join('\n')}
</ol>
</main>
<footer>
<h2>Versions</h2>
<dl>
${facts.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`).join('\n')}
</dl>
</footer>
</body>
</html>
`;
}

/** @param {NotebookResult} result */
function card(result) {
  const { name, title, lead, seconds, cells, failure } = result;
  const status = failure
    ? `<span class="bad">failed${failure.cell ? ` in cell ${failure.cell}` : ''}: ${escapeHtml(`${failure.name}: ${failure.message.split('\n')[0]}`)}</span>`
    : '<span class="good">all cells ran</span>';
  return `<li class="card">
<h2><a href="${encodeURIComponent(name)}.html">${escapeHtml(title)}</a></h2>
<p>${escapeHtml(lead)}</p>
<dl>
<dt>Run</dt><dd>${seconds.toFixed(1)} s, ${cells} cells</dd>
<dt>Data</dt><dd>${escapeHtml(sourcesInBrief(result, 'data'))}</dd>
<dt>Engine</dt><dd>${escapeHtml(sourcesInBrief(result, 'engine'))}</dd>
<dt>Result</dt><dd>${status}</dd>
</dl>
</li>`;
}
