import { createRequire } from 'node:module';
import { chartControls } from './chartControls.mjs';
import { chartValues } from './chartValues.mjs';
import { shareTables } from './shareTables.mjs';
import { strictLogger } from './strictLogger.mjs';

const require = createRequire(import.meta.url);

/**
 * What a page needs to bring a chart to life.
 * @typedef {object} LiveChart
 * @property {{ wide: object, narrow?: object, shared: unknown[][] }} data what its script draws: dataflows, and the tables that they name
 * @property {string} controls the HTML of sliders, menus and the like; '' when it has none
 * @property {import('./chartValues.mjs').ValueTable[]} values what hovering tells, as tables
 */

/**
 * Compiles a chart from Vega-Lite to Vega, and that to a dataflow, which the page runs without compiling anything itself.
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
  const tables = shareTables(spec, second);
  const data = {
    wide: dataflow(tables.wide),
    ...(tables.narrow ? { narrow: dataflow(tables.narrow) } : {}),
    shared: tables.shared,
  };
  return { data, controls, values };
}

/**
 * @param {object} spec of Vega
 * @returns {object} its dataflow, with syntax trees beside its expressions
 * @throws when it holds something that JSON does not
 */
function dataflow(spec) {
  /** @type {typeof import('vega')} */
  const vega = require('vega');
  const flow = vega.parse(spec, undefined, { ast: true });
  checkJson(flow);
  return flow;
}

/** @param {unknown} value */
function checkJson(value) {
  if (
    typeof value === 'function' ||
    value instanceof RegExp ||
    (typeof value === 'number' && !Number.isFinite(value))
  )
    throw new Error(`JSON cannot hold ${String(value)}, which its dataflow needs`);
  if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) checkJson(part);
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
