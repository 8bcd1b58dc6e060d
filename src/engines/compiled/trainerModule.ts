import { builtModule } from '../builtModule';
import type { WasmModule } from './wasm';

let compiled: WasmModule | undefined;

/**
 * The trainer, compiled once for the process; workers get this module and need not compile again.
 * @throws Error if it has not been built.
 */
export function trainerModule(): WasmModule {
  compiled ??= builtModule(__dirname, 'trainer', 'the compiled trainer');
  return compiled;
}
