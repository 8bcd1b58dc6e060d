import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { inlineScripts } from './inlineScripts.mjs';
import { licences } from './licences.mjs';
import { trimmedVega } from './trimmedVega.mjs';

/**
 * Bundles each src/page/<name>/index.ts to dist/page/<name>.js: one classic script (IIFE) that a report carries in its page, with no import left.
 * `import text from 'inline:./worker.ts'` gives the bundled text of another script, for a worker made of a blob; a `.wasm` file gives its bytes.
 * @param {string} root the checkout
 * @returns {Promise<string[]>} the files written
 * @throws with esbuild's messages, when something does not compile
 */
export async function buildPage(root) {
  const source = path.join(root, 'src', 'page');
  const target = path.join(root, 'dist', 'page');
  const names = [];
  for (const name of await readdir(source).catch(() => []))
    if (await stat(path.join(source, name, 'index.ts')).catch(() => null)) names.push(name);
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  return Promise.all(
    names.map(async name => {
      const { outputFiles, metafile } = await build({
        ...browserScript(root),
        entryPoints: [path.join(source, name, 'index.ts')],
        metafile: true,
      });
      const file = path.join(target, `${name}.js`);
      const script = outputFiles[0]?.text ?? '';
      await writeFile(file, (await licences(root, Object.keys(metafile.inputs))) + script);
      return file;
    }),
  );
}

/**
 * How a script for a page is bundled.
 * @param {string} root
 * @returns {import('esbuild').BuildOptions & { write: false }}
 */
function browserScript(root) {
  const options = /** @type {const} */ ({
    absWorkingDir: root,
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    // What the oldest supported releases of both browsers run (Chrome 110, Firefox 115).
    target: 'es2022',
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
    loader: { '.wasm': 'binary' },
  });
  return { ...options, plugins: [trimmedVega(root), inlineScripts(options)] };
}
