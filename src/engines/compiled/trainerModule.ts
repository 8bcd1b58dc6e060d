import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { wasm } from './wasm';
import type { WasmModule } from './wasm';

// Beside this file in dist; from the sources the same file, which the build puts into dist.
const places = [
  join(__dirname, 'trainer.wasm'),
  join(__dirname, '..', '..', '..', 'dist', 'engines', 'compiled', 'trainer.wasm'),
];

let compiled: WasmModule | undefined;

/**
 * The trainer, compiled once for the process; workers get this module and need not compile again.
 * @throws Error if it has not been built.
 */
export function trainerModule(): WasmModule {
  if (compiled === undefined) {
    const file = places.find(place => existsSync(place));
    if (file === undefined) {
      throw new Error(
        `Expected the compiled trainer at ${places.at(-1)}, found no such file. Run npm run build.`,
      );
    }
    compiled = new wasm.Module(readFileSync(file));
  }
  return compiled;
}
