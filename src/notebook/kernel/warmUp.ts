import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises';
import type { Converter } from 'tslab/dist/converter';

/** What nearly every notebook imports. */
const modules = ['@tensorflow/tfjs', 'keras-primer'];
const cell = modules.map((name, i) => `import * as module${i} from '${name}';`).join('\n');

interface WarmUp {
  /** Where the notebook is. */
  directory: string;
  converter: Pick<Converter, 'convert'>;
  /** Whether somebody wants the kernel's time. */
  wanted: () => boolean;
  /** How long the kernel must have been idle, in milliseconds. */
  idleMs?: number;
  /** Loads a module; by default as the notebook does. */
  load?: (name: string) => unknown;
}

/**
 * Does in the idle time of a new kernel what its first cell takes two seconds for: read the types of the modules that notebooks import, and load them.
 * Nothing is chosen or computed, so that a cell finds the kernel as it would be without this.
 */
export async function warmUp({
  directory,
  converter,
  wanted,
  idleMs = 500,
  load = createRequire(path.join(directory, 'notebook.js')),
}: WarmUp): Promise<void> {
  await delay(idleMs, undefined, { ref: false });
  const steps = [() => converter.convert('', cell), ...modules.map(name => () => load(name))];
  for (const step of steps) {
    if (wanted()) return;
    try {
      step();
    } catch {
      return; // the cell that needs it will tell
    }
    await turn();
  }
}
