import type { WeightPlace } from './layout';
import type { WasmMemory } from './wasm';

/** A kernel (row-major, `rows × columns`) or a moment of one, out of memory. */
export function readKernel(memory: WasmMemory, place: WeightPlace, from: number): Float32Array {
  const { rows, columns, stride } = place;
  if (columns * 4 === stride) return new Float32Array(memory.buffer, from, rows * columns).slice();
  const out = new Float32Array(rows * columns);
  const source = new Float32Array(memory.buffer, from, (rows * stride) / 4);
  for (let i = 0; i < rows; i++) {
    const at = (i * stride) / 4;
    out.set(source.subarray(at, at + columns), i * columns);
  }
  return out;
}

/** The counterpart of `readKernel`. The padding becomes zero, which a training that ended in NaN may have spoilt. */
export function writeKernel(memory: WasmMemory, place: WeightPlace, to: number, values: Float32Array): void {
  const { rows, columns, stride } = place;
  const target = new Float32Array(memory.buffer, to, (rows * stride) / 4);
  if (columns * 4 === stride) {
    target.set(values);
    return;
  }
  target.fill(0);
  for (let i = 0; i < rows; i++) {
    target.set(values.subarray(i * columns, (i + 1) * columns), (i * stride) / 4);
  }
}

/** A bias or a moment of one, out of memory. */
export function readBias(memory: WasmMemory, place: WeightPlace, from: number): Float32Array {
  return new Float32Array(memory.buffer, from + place.bias, place.columns).slice();
}

/** The counterpart of `readBias`. */
export function writeBias(memory: WasmMemory, place: WeightPlace, to: number, values: Float32Array): void {
  const target = new Float32Array(memory.buffer, to + place.bias, place.stride / 4);
  target.fill(0);
  target.set(values);
}
