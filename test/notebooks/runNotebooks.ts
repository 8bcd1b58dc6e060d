import path from 'node:path';
import { findNotebooks } from '../../scripts/report/findNotebooks.mjs';
import { makeReports } from '../../scripts/report/makeReports.mjs';
import { venvPython } from '../../scripts/setup/commands.mjs';

export const checkout = path.resolve(__dirname, '..', '..');

/** The notebooks that succeed or fail on purpose. */
export const fixtures = path.join(__dirname, 'fixtures');

/** Where the tests' reports go, so that they do not overwrite the user's. */
export const testReports = path.join(checkout, '.cache', 'test', 'reports');

/** Executes notebooks of a folder as `npm start` does, without the set-up. */
export async function runNotebooks(
  folder: string,
  names: string[],
  {
    reports = testReports,
    timeout = 900,
    signal = new AbortController().signal,
    out = { write: (_text: string): unknown => true, isTTY: false },
  } = {},
): ReturnType<typeof makeReports> {
  return makeReports({
    root: checkout,
    python: venvPython(checkout, process.platform),
    notebooks: await findNotebooks(folder, names, { cwd: folder }),
    folder,
    reports,
    timeout,
    out,
    signal,
  });
}
