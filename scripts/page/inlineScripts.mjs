import path from 'node:path';
import { build } from 'esbuild';

/**
 * `inline:<file>` imports the text of a script that is bundled by itself: a page from file:// can start a worker from a blob only.
 * @param {import('esbuild').BuildOptions & { write: false }} options of the scripts
 * @returns {import('esbuild').Plugin}
 */
export function inlineScripts(options) {
  return {
    name: 'inline-scripts',
    setup(bundler) {
      bundler.onResolve({ filter: /^inline:/ }, ({ path: name, resolveDir }) => ({
        namespace: 'inline',
        path: path.resolve(resolveDir, name.slice('inline:'.length)),
      }));
      bundler.onLoad({ filter: /.*/, namespace: 'inline' }, async ({ path: file }) => {
        const { outputFiles, metafile } = await build({ ...options, entryPoints: [file], metafile: true });
        const root = options.absWorkingDir ?? '.';
        return {
          contents: outputFiles[0]?.text ?? '',
          loader: 'text',
          watchFiles: Object.keys(metafile.inputs).map(input => path.join(root, input)),
        };
      });
    },
  };
}
