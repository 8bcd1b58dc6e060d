import { createRequire } from 'node:module';
import { escapeHtml } from './escapeHtml.mjs';

const marked = /<span class="formula( display)?">([\s\S]*?)<\/span>/g;

/**
 * Turns the formulas that render.py marked from TeX into MathML, which browsers draw with fonts of the system: no script, no font in the page.
 * @param {string} html
 * @returns {{ html: string, problems: string[] }} problems: formulas that are no TeX; they stand as they were written, as code
 */
export function formulas(html) {
  /** @type {string[]} */
  const problems = [];
  const drawn = html.replace(marked, (_, display, escaped) => {
    const tex = String(escaped).replace(
      /&(lt|gt|amp);/g,
      (__, name) => ({ lt: '<', gt: '>' })[String(name)] ?? '&',
    );
    try {
      /** @type {typeof import('temml').default} */
      const temml = createRequire(import.meta.url)('temml');
      return temml.renderToString(tex, {
        displayMode: display !== undefined,
        throwOnError: true,
        annotate: true,
      });
    } catch (error) {
      problems.push(
        `the formula ${tex} is not drawn: ${error instanceof Error ? error.message : String(error)}`,
      );
      return `<code>${escapeHtml(tex)}</code>`;
    }
  });
  return { html: drawn, problems };
}
