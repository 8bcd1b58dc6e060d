import path from 'node:path';

/**
 * Stand-ins for parts of Vega that register transforms which Vega-Lite does not use, or which need what a page has not: maps, layouts of forces and trees,
 * words. Nor does a page parse charts: they come parsed (scripts/report/liveChart.mjs).
 * @type {Record<string, string>}
 */
const standIns = {
  'vega-crossfilter': 'export {};',
  'vega-force': 'export {};',
  'vega-geo': 'export {};',
  'vega-hierarchy': 'export {};',
  'vega-label': 'export {};',
  'vega-parser': 'export const parse = undefined, config = undefined;',
  'vega-wordcloud': 'export {};',
};

/**
 * Vega without the parts above, and with a `point` of ours: Vega takes a chart for as large as it was drawn, and in a page it may be scaled.
 * @param {string} root the checkout
 * @returns {import('esbuild').Plugin}
 */
export function trimmedVega(root) {
  const leftOut = new RegExp(`^(${Object.keys(standIns).join('|')})$`);
  const scenegraph = path.join(root, 'src', 'page', 'charts', 'scenegraph.ts');
  return {
    name: 'trimmed-vega',
    setup(bundler) {
      bundler.onResolve({ filter: leftOut }, ({ path: name }) => ({ namespace: 'left-out', path: name }));
      bundler.onLoad({ filter: /.*/, namespace: 'left-out' }, ({ path: name }) => ({
        contents: standIns[name],
      }));
      bundler.onResolve({ filter: /^vega-scenegraph$/ }, ({ importer }) =>
        /[\\/]vega-view[\\/]/.test(importer) ? { path: scenegraph } : undefined,
      );
    },
  };
}
