import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sizes } from './structures';
import { wasm } from './wasm';
import type { WasmMemory, WasmModule } from './wasm';

/** What the WebAssembly module offers. Addresses and counts are whole numbers. */
export interface Trainer {
  train(run: number, data: number, order: number, from: number, to: number, batch: number): void;
  finish(run: number): void;
  evaluate(run: number, data: number, from: number, to: number, batch: number): void;
  predict(run: number, data: number, from: number, to: number, batch: number, out: number): void;
}

interface TrainerExports extends Trainer {
  layerSize(): number;
  runSize(): number;
  dataSize(): number;
}

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

/**
 * The trainer at work on a memory.
 * @throws Error if its structures are not those of this version of the package.
 */
export function instantiateTrainer(module: WasmModule, memory: WasmMemory): Trainer {
  const { exports } = new wasm.Instance(module, { env: { memory } });
  if (!isTrainer(exports)) throw mismatch();
  if (
    exports.layerSize() !== sizes.layer ||
    exports.runSize() !== sizes.run ||
    exports.dataSize() !== sizes.data
  ) {
    throw mismatch();
  }
  return exports;
}

function isTrainer(exports: unknown): exports is TrainerExports {
  return typeof exports === 'object' && exports !== null && 'train' in exports && 'layerSize' in exports;
}

function mismatch(): Error {
  return new Error('Expected the compiled trainer of this version, found another one. Run npm run build.');
}
