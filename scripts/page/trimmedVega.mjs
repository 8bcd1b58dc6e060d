import path from 'node:path';

/** Parts of Vega that register transforms which Vega-Lite does not use, or which need what a page has not: maps, layouts of forces and trees, words. */
const leftOut = [
  'vega-crossfilter',
  'vega-force',
  'vega-geo',
  'vega-hierarchy',
  'vega-label',
  'vega-wordcloud',
];

/**
 * Vega without the parts above, and with a `point` of ours: Vega takes a chart for as large as it was drawn, and in a page it may be scaled.
 * @param {string} root the checkout
 * @returns {import('esbuild').Plugin}
 */
export function trimmedVega(root) {
  const empty = new RegExp(`^(${leftOut.join('|')})$`);
  const scenegraph = path.join(root, 'src', 'page', 'charts', 'scenegraph.ts');
  return {
    name: 'trimmed-vega',
    setup(bundler) {
      bundler.onResolve({ filter: empty }, ({ path: name }) => ({ namespace: 'left-out', path: name }));
      bundler.onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: 'export {};' }));
      // Charts come parsed (scripts/report/liveChart.mjs).
      bundler.onResolve({ filter: /^vega-parser$/ }, ({ path: name }) => ({
        namespace: 'parser',
        path: name,
      }));
      bundler.onLoad({ filter: /.*/, namespace: 'parser' }, () => ({
        contents: 'export const parse = undefined, config = undefined;',
      }));
      bundler.onResolve({ filter: /^vega-scenegraph$/ }, ({ importer }) =>
        /[\\/]vega-view[\\/]/.test(importer) ? { path: scenegraph } : undefined,
      );
    },
  };
}
