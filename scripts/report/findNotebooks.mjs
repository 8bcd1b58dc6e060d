import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../cli/Failure.mjs';
import { nearest } from '../cli/nearest.mjs';

/** @typedef {{ name: string, path: string }} Notebook */

/**
 * The notebooks of the course in order, or those that were named.
 * @param {string} folder where the notebooks are
 * @param {readonly string[]} [named] paths (from the working directory or the checkout) or bare names
 * @param {{ cwd?: string }} [options]
 * @returns {Promise<Notebook[]>}
 * @throws {Failure} one that is named does not exist, or there is none
 */
export async function findNotebooks(folder, named = [], { cwd = process.cwd() } = {}) {
  const files = (await readdir(folder).catch(() => [])).filter(file => file.endsWith('.ipynb')).toSorted();
  if (named.length === 0) {
    if (files.length === 0)
      throw new Failure(`There is no notebook in ${folder}. Put one there and run the command again.`);
    return files.map(file => notebook(path.join(folder, file)));
  }
  return Promise.all(
    named.map(async given => {
      const file = given.endsWith('.ipynb') ? given : `${given}.ipynb`;
      for (const base of [cwd, path.dirname(folder), folder]) {
        const candidate = path.resolve(base, file);
        if (
          await stat(candidate).then(
            info => info.isFile(),
            () => false,
          )
        )
          return notebook(candidate);
      }
      const names = files.map(known => path.basename(known, '.ipynb'));
      const guess = nearest(path.basename(file, '.ipynb'), names);
      const hint = guess
        ? ` Did you mean notebooks/${guess}.ipynb?`
        : ` The notebooks are ${files.join(', ')}.`;
      throw new Failure(`There is no notebook ${given}.${hint}`);
    }),
  );
}

/** @param {string} file @returns {Notebook} */
function notebook(file) {
  return { name: path.basename(file, '.ipynb'), path: file };
}
