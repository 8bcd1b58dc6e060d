// A runner whose notebook never ends, for stopping.test.ts to stop.
import { stopOnSignals } from '../../scripts/report/stopOnSignals.mjs';
import { fixtures, runNotebooks } from './runNotebooks';

const signal = stopOnSignals();
void runNotebooks(fixtures, ['hangs'], { reports: process.argv[2] ?? '', signal }).then(() => {
  process.exitCode = signal.aborted ? 130 : 0;
  return undefined;
});
