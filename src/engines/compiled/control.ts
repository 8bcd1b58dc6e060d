import type { Layout } from './layout';
import type { WasmMemory } from './wasm';

/** What each word of the control block says (`Int32Array`, always read and written by `Atomics`). */
export const word = {
  /** Written by the host: 1 asks the worker to stop after the batch at hand. */
  stop: 0,
  /** Epochs whose results the worker has written, ever. */
  written: 1,
  /** Epochs whose results the host has read, ever. */
  read: 2,
  /** The epoch under way, its batches done, and their rows. */
  epoch: 3,
  batches: 4,
  rows: 5,
} as const;

/** The control block. */
export function controlWords(memory: WasmMemory, layout: Layout): Int32Array {
  return new Int32Array(memory.buffer, layout.control, 16);
}
