import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { alignedOutputs } from './alignedOutputs.mjs';
import { figureLines } from './figureLines.mjs';
import { formulas } from './formulas.mjs';
import { headings } from './headings.mjs';
import { liveChart } from './liveChart.mjs';
import { valuesHtml } from './valuesHtml.mjs';

/**
 * What the template writes into a figure, as JSON in a script that nothing runs.
 * @typedef {object} FigureData
 * @property {{ title?: unknown }} [chart] a Vega-Lite specification
 * @property {object} [narrow] the same for a narrow screen
 * @property {object} [playground] the settings of a playground
 * @property {string} [text] the values that matter, as text
 */

/**
 * What the page draws a figure from.
 * @typedef {Partial<import('./liveChart.mjs').LiveChart['data']> & { playground?: object }} LiveFigure
 */

const figures = /<figure\b[^>]*\bclass="chart[^"]*"[^>]*>[\s\S]*?<\/figure>/g;
const dataScript = /<script\b[^>]*\bclass="figure-data"[^>]*>([\s\S]*?)<\/script>/;
const policy = /<meta\b[^>]*\bhttp-equiv="Content-Security-Policy"[^>]*>/;
const endOfFigure = /<\/figure>$/;
const endOfBody = /<\/body>(?![\s\S]*<\/body>)/;

/** Marks that scripts run, before anything is painted: what needs them takes its room from the start. */
const scripted = "document.documentElement.classList.add('scripted')";

/**
 * The last step of a report: nbconvert writes its HTML anew at its end, and a script must stay as it was hashed. Draws the formulas, keeps the
 * lines of what stands in columns, lists and links the sections, gives each figure its live form and the table of its values, and the page the scripts for that, named by their
 * hashes in its Content-Security-Policy. A page without live figures gets no script.
 * @param {string} html what nbconvert wrote
 * @param {{ charts: string, playground?: string }} scripts the text of dist/page/charts.js and, where it was built, dist/page/playground.js
 * @returns {Promise<{ html: string, problems: string[] }>} problems: why a figure stays a picture, or a formula TeX
 */
export async function finishPage(html, scripts) {
  const { html: drawn, problems } = formulas(html);
  const readable = headings(alignedOutputs(drawn));
  /** @type {LiveFigure[]} */
  const live = [];
  let playgrounds = 0;
  /** @param {string} figure @param {LiveFigure} data @param {string} controls */
  const alive = (figure, data, controls = '') =>
    figure
      .replace('<figure', () => `<figure data-figure="${live.push(data) - 1}"`)
      .replace(dataScript, () => controls);
  const finished = await replaceEach(readable, figures, async (figure, index) => {
    const found = dataScript.exec(figure);
    if (!found) return figure;
    /** @type {FigureData} */
    const { chart, narrow, playground, text = '' } = JSON.parse(found[1] ?? '{}');
    const title = titleOf(figure);
    if (playground && scripts.playground) {
      playgrounds++;
      return withValues(alive(figure, { playground }), valuesHtml(title, [], text));
    }
    if (chart) {
      try {
        const { data, controls, values } = await liveChart(chart, narrow);
        return withValues(alive(figure, data, controls), valuesHtml(title, values, text));
      } catch (error) {
        problems.push(
          `figure ${index + 1} (${title}) stays a picture: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
    }
    return withValues(figure.replace(dataScript, ''), valuesHtml(title, [], text));
  });
  if (live.length === 0) return { html: finished, problems };

  const atEnd = [...(playgrounds > 0 && scripts.playground ? [scripts.playground] : []), scripts.charts];
  const page = finished
    .replace(
      policy,
      () => `${securityPolicy([scripted, ...atEnd], { worker: playgrounds > 0 })}\n${inlineScript(scripted)}`,
    )
    .replace(endOfBody, () => `${[figureData(live), ...atEnd.map(inlineScript)].join('\n')}\n</body>`);
  return { html: page, problems };
}

/** @param {string} figure @param {string} values */
function withValues(figure, values) {
  return figure.replace(endOfFigure, () => `${values}</figure>`);
}

/** The heading of a picture, from its own words. @param {string} figure */
function titleOf(figure) {
  const title =
    /<title\b[^>]*>([\s\S]*?)<\/title>/.exec(figure)?.[1] ??
    /<svg\b[^>]* aria-label="([^"]*)"/.exec(figure)?.[1] ??
    '';
  return title
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/&(lt|gt|quot|amp);/g, (_, name) => ({ lt: '<', gt: '>', quot: '"' })[String(name)] ?? '&');
}

/**
 * The data of all figures, compressed together as they have much in common. Base64 holds nothing that could be taken for markup.
 * @param {LiveFigure[]} all
 */
function figureData(all) {
  const text = deflateSync(figureLines(all), { level: 9 }).toString('base64');
  return `<script type="application/octet-stream" class="figure-data">${text}</script>`;
}

/** @param {string} text */
function inlineScript(text) {
  // Only these could end a script or hide its end. Our bundles have neither, and a text that is hashed cannot be changed.
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

/**
 * @param {string} text
 * @param {RegExp} pattern global
 * @param {(match: string, index: number) => Promise<string>} replacement
 */
async function replaceEach(text, pattern, replacement) {
  const parts = [];
  let end = 0;
  let index = 0;
  for (const match of text.matchAll(pattern)) {
    parts.push(text.slice(end, match.index), await replacement(match[0], index++));
    end = match.index + match[0].length;
  }
  return parts.join('') + text.slice(end);
}
