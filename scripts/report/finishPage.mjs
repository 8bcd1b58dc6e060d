import { createHash } from 'node:crypto';

/**
 * What a page carries for a figure: the template writes it as JSON into the figure, where nothing runs it.
 * @typedef {object} FigureData
 * @property {object} [chart] a Vega-Lite specification
 * @property {object} [narrow] the same for a narrow screen
 * @property {object} [playground] the settings of a playground
 * @property {string} [text] the values that matter, as text
 */

const figures = /<figure\b[^>]*\bclass="chart[^"]*"[^>]*>[\s\S]*?<\/figure>/g;
const dataScript = /<script\b[^>]*\bclass="figure-data"[^>]*>([\s\S]*?)<\/script>/;
const policy = /<meta\b[^>]*\bhttp-equiv="Content-Security-Policy"[^>]*>/;

/**
 * The last step of a report: nbconvert writes its HTML anew at its end, and a script must stay as it was hashed. Puts into the page the scripts that its
 * figures need, and their hashes into its Content-Security-Policy; a page without such figures stays as it is.
 * @param {string} html what nbconvert wrote
 * @param {{ charts: string, playground?: string }} scripts the text of dist/page/charts.js and, where it was built, dist/page/playground.js
 * @returns {string}
 */
export function finishPage(html, scripts) {
  let playgrounds = 0;
  let live = 0;
  const page = html.replace(figures, figure => {
    const found = dataScript.exec(figure);
    if (!found) return figure;
    /** @type {FigureData} */
    const data = JSON.parse(found[1] ?? '{}');
    const { playground } = data;
    if (playground && scripts.playground) playgrounds++;
    else delete data.playground;
    if (!data.playground) return figure.replace(dataScript, '');
    live++;
    return figure.replace(dataScript, () => jsonScript('figure-data', { playground }));
  });
  if (live === 0) return page;
  const carried = playgrounds > 0 ? [scripts.playground ?? '', scripts.charts] : [scripts.charts];
  return page
    .replace(policy, () => securityPolicy(carried, { worker: playgrounds > 0 }))
    .replace(/<\/body>(?![\s\S]*<\/body>)/, () => `${carried.map(inlineScript).join('\n')}\n</body>`);
}

/** Data in a page, which nothing in it can end. @param {string} className @param {unknown} value */
function jsonScript(className, value) {
  return `<script type="application/json" class="${className}">${JSON.stringify(value).replaceAll('<', '\\u003c')}</script>`;
}

/** @param {string} text */
function inlineScript(text) {
  // Inside a script only these could end it or hide its end; our bundles have neither, and their text must not be changed once hashed.
  if (/<\/script|<!--/i.test(text)) throw new Error('A script for a page holds "</script" or "<!--".');
  return `<script>${text}</script>`;
}

/** @param {string[]} scripts @param {{ worker: boolean }} needs */
function securityPolicy(scripts, { worker }) {
  const hashes = scripts.map(text => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  const content = [
    "default-src 'none'",
    'img-src data:',
    "style-src 'unsafe-inline'",
    `script-src ${hashes.join(' ')}${worker ? " 'wasm-unsafe-eval'" : ''}`,
    ...(worker ? ['worker-src blob:'] : []),
  ].join('; ');
  return `<meta http-equiv="Content-Security-Policy" content="${content}">`;
}
