import { escapeHtml } from './escapeHtml.mjs';
import { sourcesInBrief } from './resultTable.mjs';

/** @typedef {import('./executor.mjs').NotebookResult & { picture?: string }} Card picture: the SVG of its main chart */

/**
 * The page that lists the reports.
 * @param {readonly Card[]} cards in the order of the course
 * @param {{ css: string, facts: readonly (readonly [string, string])[] }} page
 * @returns {string} a self-contained HTML page
 */
export function indexPage(cards, { css, facts }) {
  const seconds = cards.reduce((sum, one) => sum + one.seconds, 0);
  const cells = cards.reduce((sum, one) => sum + one.cells, 0);
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
<body class="index">
<main>
<header>
<h1>Keras Primer</h1>
<p class="lead">The basics of deep learning, as notebooks that run: what a tensor is, how a network is built and trained, and three real problems, each with its mistakes and their remedies.</p>
<p>These pages are the notebooks' reports: every number and every chart comes from a run on this computer. The charts answer to your pointer and keyboard, need no network, and give their values as a table.</p>
<p class="tally">${plural(cards.length, 'notebook')} · ${plural(cells, 'cell')} · run in ${duration(seconds)}</p>
</header>
<ol class="cards">
${cards.map(card).join('\n')}
</ol>
</main>
<footer>
<h2>How these pages were made</h2>
<dl>
${facts.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`).join('\n')}
</dl>
</footer>
</body>
</html>
`;
}

/** @param {Card} card */
function card({ picture = '', ...result }) {
  const { name, title, lead, seconds, cells, failure } = result;
  const status = failure
    ? `<span class="bad">failed${failure.cell ? ` in cell ${failure.cell}` : ''}: ${escapeHtml(`${failure.name}: ${failure.message.split('\n')[0]}`)}</span>`
    : '<span class="good">all cells ran</span>';
  const number = /^\d+/.exec(name)?.[0];
  // The heading is the link, and the whole card takes the click; the picture says nothing that the report does not say in words.
  return `<li class="card">
<div class="text">
${number ? `<p class="place">${number}</p>\n` : ''}<h2><a href="${encodeURIComponent(name)}.html">${escapeHtml(title)}</a></h2>
<p>${escapeHtml(lead)}</p>
</div>
<div class="thumbnail" aria-hidden="true">${picture}</div>
<dl>
<dt>Run</dt><dd>${duration(seconds)}, ${plural(cells, 'cell')}, ${status}</dd>
<dt>Data</dt><dd>${escapeHtml(sourcesInBrief(result, 'data'))}</dd>
<dt>Engine</dt><dd>${escapeHtml(sourcesInBrief(result, 'engine'))}</dd>
</dl>
</li>`;
}

/** @param {number} seconds */
function duration(seconds) {
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** @param {number} count @param {string} word */
function plural(count, word) {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
