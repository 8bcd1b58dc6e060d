import type { WasmMemory } from '../../compiled/wasm';

/** Words (int32) that a helper and its host share, beside the helper's memory; always read and written by `Atomics`. */
export const word = { state: 0, tasks: 1 } as const;

/** What a helper is at. */
export const state = { starting: 0, idle: 1, working: 2, failed: 3 } as const;

/** Where the tasks begin; a task is the number of its kernel, the number of its arguments and these. */
export const tasksAt = 2;

/** Words in all. */
export const controlWords = 128;

/** Kernels that can be run in parts, by number. */
export const partKernels = [
  'convolve',
  'convolveFilterGradient',
  'convolveInputGradient',
  'sequenceForward',
  'sequenceBackward',
] as const;

/** A kernel that can be run in parts. */
export type PartKernel = (typeof partKernels)[number];

/** What a helper is started with. */
export interface HelperData {
  readonly control: SharedArrayBuffer;
  readonly memory: WasmMemory;
}
