import { statSync } from 'node:fs';
import path from 'node:path';
import { checkout, runNotebooks, testReports } from '../notebooks/runNotebooks';

/** Makes the reports that are missing or older than the library; the notebook tests have just made them, unless these tests run alone. */
export async function freshReports(
  names: readonly string[],
  { notebooks = path.join(checkout, 'notebooks'), reports = testReports } = {},
): Promise<void> {
  const built = statSync(path.join(checkout, 'dist', 'index.js')).mtimeMs;
  const stale = names.filter(name => {
    const report = statSync(path.join(reports, `${name}.html`), { throwIfNoEntry: false });
    const source = statSync(path.join(notebooks, `${name}.ipynb`)).mtimeMs;
    return !report || report.mtimeMs < Math.max(built, source);
  });
  if (stale.length > 0) await runNotebooks(notebooks, stale, { reports });
}
