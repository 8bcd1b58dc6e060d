import { createRequire } from 'node:module';
import { chartControls } from './chartControls.mjs';
import { chartValues } from './chartValues.mjs';
import { shareTables } from './shareTables.mjs';
import { strictLogger } from './strictLogger.mjs';

const require = createRequire(import.meta.url);

/**
 * What a page needs to bring a chart to life.
 * @typedef {object} LiveChart
 * @property {{ wide: object, narrow?: object, shared: unknown[][] }} data what its script draws
 * @property {string} controls the HTML of sliders, menus and the like; '' when it has none
 * @property {import('./chartValues.mjs').ValueTable[]} values what hovering tells, as tables
 */

/**
 * Compiles a chart from Vega-Lite to Vega, which the page draws without compiling anything itself.
 * @param {object} chart a Vega-Lite specification
 * @param {object} [narrow] the same for a narrow screen
 * @returns {Promise<LiveChart>}
 * @throws when Vega-Lite or Vega refuse it or warn
 */
export async function liveChart(chart, narrow) {
  const wide = compile(chart);
  const values = await chartValues(wide);
  const { controls, spec } = chartControls(wide);
  const second = narrow && chartControls(compile(narrow)).spec;
  return { data: shareTables(spec, second), controls, values };
}

/**
 * @param {object} spec
 * @returns {import('vega').Spec}
 */
function compile(spec) {
  /** @type {typeof import('vega-lite')} */
  const vegaLite = require('vega-lite');
  // The picture has its words, and the values are in a table: with Vega's own words a screen reader would read every mark.
  const config = { .../** @type {{ config?: object }} */ (spec).config, aria: false };
  const { spec: compiled } = vegaLite.compile(
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- compiling checks it
    /** @type {import('vega-lite').TopLevelSpec} */ ({ ...spec, config }),
    { logger: strictLogger() },
  );
  silence(compiled.marks ?? []);
  return compiled;
}

/** @param {import('vega').Mark[]} marks */
function silence(marks) {
  for (const mark of marks) {
    mark.aria = false;
    if (mark.type === 'group') silence(mark.marks ?? []);
  }
}
