import { statSync } from 'node:fs';
import path from 'node:path';
import { checkout, runNotebooks, testReports } from '../notebooks/runNotebooks';

/** Makes the reports that are missing or older than the library; the notebook tests have just made them, unless these tests run alone. */
export async function freshReports(names: readonly string[]): Promise<void> {
  const built = statSync(path.join(checkout, 'dist', 'index.js')).mtimeMs;
  const stale = names.filter(name => {
    const report = statSync(path.join(testReports, `${name}.html`), { throwIfNoEntry: false });
    return !report || report.mtimeMs < built;
  });
  if (stale.length > 0) await runNotebooks(path.join(checkout, 'notebooks'), stale);
}
