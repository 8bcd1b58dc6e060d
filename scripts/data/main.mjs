import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure } from '../cli/Failure.mjs';
import { parseOptions } from '../cli/parseOptions.mjs';
import { runMain } from '../cli/runMain.mjs';
import { setup } from '../setup/setup.mjs';
import { dataTable } from './dataTable.mjs';

const help = `npm run data [-- options]

Sets everything up, looks for the five files of the data sets in the Keras folder ($KERAS_HOME/datasets or
~/.keras/datasets), checks their hashes and downloads what is missing: after it, all works without a network.
KERAS_PRIMER_DATA_URL names a mirror.

  --check    only look, download no data
  --help     this text`;

/** @param {string[]} argv */
export function main(argv) {
  return runMain(async () => {
    const { values, positionals } = parseOptions(
      argv,
      { check: { type: 'boolean' }, help: { type: 'boolean' } },
      'npm run data --',
    );
    if (values['help']) {
      console.log(help);
      return 0;
    }
    if (positionals.length > 0) {
      throw new Failure(
        `npm run data takes no names, received "${positionals[0]}": it fetches all five files.`,
      );
    }
    const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');
    await setup(root);
    const rows = await everyFile(root, values['check'] === true);
    console.log(`\n${dataTable(rows)}`);
    return rows.every(row => row.path !== undefined) ? 0 : 1;
  });
}

/**
 * @param {string} root the checkout
 * @param {boolean} look only look
 * @returns {Promise<import('./dataTable.mjs').Row[]>}
 */
async function everyFile(root, look) {
  const load = createRequire(path.join(root, 'dist', 'index.js'));
  const { officialFiles, officialAddress } = load('./datasets/files/officialFiles.js');
  const { findFile } = load('./datasets/files/findFile.js');
  const { obtainFile } = load('./datasets/files/obtainFile.js');
  const { kerasFolders } = load('./datasets/files/kerasFolders.js');
  /** @type {import('./dataTable.mjs').Row[]} */
  const rows = [];
  for (const file of Object.values(officialFiles)) {
    const { name, size, algorithm } = file;
    const found = await findFile(file, kerasFolders());
    if (found.path !== undefined) {
      rows.push({ name, size, algorithm, path: found.path, how: 'was there' });
      continue;
    }
    const wrong = found.wrong[0];
    const lies = wrong === undefined ? 'not there' : `${wrong.path} has the wrong ${algorithm} ${wrong.hash}`;
    if (look) {
      rows.push({ name, size, algorithm, path: undefined, how: lies });
      continue;
    }
    const got = await obtainFile(file).catch((/** @type {unknown} */ error) => ({
      reason: error instanceof Error ? error.message : String(error),
    }));
    if ('path' in got) rows.push({ name, size, algorithm, path: got.path, how: 'downloaded' });
    else rows.push({ name, size, algorithm, path: undefined, how: got.reason });
  }
  if (rows.some(row => row.path === undefined)) {
    const missing = rows.filter(row => row.path === undefined).map(row => `  ${officialAddress}${row.name}`);
    console.log(
      ['', `To fetch them by hand, put these files into ${kerasFolders()[0]}:`, ...missing].join('\n'),
    );
  }
  return rows;
}
