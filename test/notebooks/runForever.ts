// A runner whose first notebook never ends, for stopping.test.ts to stop.
import { stopOnSignals } from '../../scripts/report/stopOnSignals.mjs';
import { fixtures, runNotebooks } from './runNotebooks';

const signal = stopOnSignals();
// A terminal is told of every cell, so that the test sees where the run is.
const out = { write: (text: string) => process.stdout.write(text), isTTY: true };
void runNotebooks(fixtures, ['hangs', 'ok'], { reports: process.argv[2] ?? '', signal, out }).then(() => {
  process.exitCode = signal.aborted ? 130 : 0;
  return undefined;
});
