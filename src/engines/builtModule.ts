import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { wasm, type WasmModule } from './compiled/wasm';

/**
 * Compile `<name>.wasm`, which the build puts into the folder of `dist` that is named as `folder` is; from the sources it is the same file.
 *
 * @param what it is, for the error.
 * @throws Error if it has not been built.
 */
export function builtModule(folder: string, name: string, what: string): WasmModule {
  const file = `${name}.wasm`;
  const places = [
    join(folder, file),
    join(folder, '..', '..', '..', 'dist', 'engines', basename(folder), file),
  ];
  const place = places.find(candidate => existsSync(candidate));
  if (place === undefined) {
    throw new Error(`Expected ${what} at ${places.at(-1)}, found no such file. Run npm run build.`);
  }
  return new wasm.Module(readFileSync(place));
}
