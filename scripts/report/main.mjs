import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure } from '../cli/Failure.mjs';
import { parseOptions } from '../cli/parseOptions.mjs';
import { runMain } from '../cli/runMain.mjs';
import { setup } from '../setup/setup.mjs';
import { findNotebooks } from './findNotebooks.mjs';
import { makeReports } from './makeReports.mjs';
import { resultTable, sampleNotice } from './resultTable.mjs';
import { stopOnSignals } from './stopOnSignals.mjs';

const help = `npm start [-- [options] [notebook …]]

Sets everything up, executes a copy of every notebook in notebooks/ (or of those named) in a fresh kernel
and writes reports/<name>.html and reports/index.html. The notebooks themselves are not changed.

  --timeout <seconds>   how long one cell may take (default 900)
  --setup-only          set up and build, execute nothing
  --help                this text

  npm start -- notebooks/03-imdb.ipynb      one notebook

Exit code 0: every cell ran. 1: a cell failed (its report is written all the same), or something is missing.`;

/** @param {string[]} argv */
export function main(argv) {
  return runMain(async () => {
    const began = performance.now();
    const { values, positionals } = parseOptions(
      argv,
      { timeout: { type: 'string' }, 'setup-only': { type: 'boolean' }, help: { type: 'boolean' } },
      'npm start --',
    );
    if (values['help']) {
      console.log(help);
      return 0;
    }
    const timeout = Number(values['timeout'] ?? 900);
    if (!(timeout > 0)) {
      throw new Failure(
        `--timeout must be a number of seconds above 0, and it is ${values['timeout']}. \`npm start -- --help\` shows the use.`,
      );
    }
    const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');
    const folder = path.join(root, 'notebooks');
    // npm runs its scripts in the checkout, and remembers where the user was.
    const notebooks = values['setup-only']
      ? []
      : await findNotebooks(folder, positionals, { cwd: process.env['INIT_CWD'] ?? process.cwd() });
    const { python, seconds } = await setup(root);
    if (values['setup-only']) return 0;

    const signal = stopOnSignals();
    const reports = path.join(root, 'reports');
    const results = await makeReports({
      root,
      python,
      notebooks,
      folder,
      reports,
      timeout,
      out: process.stdout,
      signal,
    });
    if (signal.aborted) {
      console.log('Stopped; no kernel is left running.');
      return 130;
    }
    const inNotebooks = results.reduce((sum, result) => sum + result.seconds, 0);
    const total = (performance.now() - began) / 1000;
    console.log(`\n${resultTable(results)}\n`);
    const notice = sampleNotice(results);
    if (notice) console.log(`${notice}\n`);
    console.log(
      `${total.toFixed(1)} s: ${seconds.toFixed(1)} s set-up, ${inNotebooks.toFixed(1)} s in the notebooks, ${(total - seconds - inNotebooks).toFixed(1)} s for the reports`,
    );
    console.log(`Reports: ${path.join(reports, 'index.html')}`);
    return results.some(result => result.failure) ? 1 : 0;
  });
}
