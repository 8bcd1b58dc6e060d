import { readFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * A comment that names the packages in a bundle with their authors and licences, as those ask.
 * @param {string} root the checkout
 * @param {string[]} inputs the files of the bundle, as esbuild's metafile names them
 * @returns {Promise<string>} '' when all of it is our own
 */
export async function licences(root, inputs) {
  const folders = inputs.flatMap(file => /^(?:.*node_modules\/)(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []);
  const lines = await Promise.all(
    [...new Set(folders)].toSorted().map(async folder => {
      const about = JSON.parse(await readFile(path.join(root, folder, 'package.json'), 'utf8'));
      const author = typeof about.author === 'string' ? about.author : about.author?.name;
      return `${about.name} ${about.version}, ${about.license}${author ? `, ${author.replace(/\s*[<(].*/, '')}` : ''}`;
    }),
  );
  return lines.length === 0 ? '' : `/* ${lines.join('; ').replaceAll('*/', '')} */\n`;
}
