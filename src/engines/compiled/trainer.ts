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
