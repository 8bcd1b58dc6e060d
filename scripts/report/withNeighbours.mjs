import { escapeHtml } from './escapeHtml.mjs';

const place = /<nav\b[^>]*\bclass="pages"[^>]*>[\s\S]*?<\/nav>/;

/**
 * Writes the links to the report before and the one after into the foot of a report, in place of those it had.
 * @param {string} html a report
 * @param {{ previous?: Neighbour | undefined, next?: Neighbour | undefined }} neighbours
 *
 * @typedef {{ name: string, title: string }} Neighbour
 */
export function withNeighbours(html, { previous, next }) {
  const links = [
    previous ? link(previous, 'prev', 'Previous') : '',
    '<a class="all" href="index.html">All reports</a>',
    next ? link(next, 'next', 'Next') : '',
  ];
  return html.replace(place, () => `<nav class="pages" aria-label="Reports">${links.join('\n')}</nav>`);
}

/** @param {Neighbour} to @param {'prev' | 'next'} rel @param {string} word */
function link({ name, title }, rel, word) {
  return `<a rel="${rel}" href="${encodeURIComponent(name)}.html"><span>${word}</span> ${escapeHtml(title)}</a>`;
}
