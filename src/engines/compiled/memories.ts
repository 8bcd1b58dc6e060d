import { wasm } from './wasm';
import type { WasmMemory } from './wasm';

const pageSize = 65536;
const mostPages = 65536;
/** How long an unused memory waits for the next run, in ms: as long as an idle worker, which also holds on to what it has seen. */
const keepFor = 30_000;

// V8 does not count shared memory as garbage to be collected, so memories that came and went with each run would pile up.
let free: WasmMemory[] = [];
let timer: NodeJS.Timeout | undefined;

const pagesOf = (memory: WasmMemory): number => memory.buffer.byteLength / pageSize;

/**
 * Memory of at least `bytes` bytes that workers can share: one given back earlier, or a new one.
 * @param zero How many of the first bytes must be zero; the others may hold anything.
 * @throws RangeError if there is not so much.
 */
export function takeMemory(bytes: number, zero = bytes): WasmMemory {
  const pages = Math.ceil(bytes / pageSize);
  free.sort((a, b) => pagesOf(a) - pagesOf(b));
  // The smallest that is large enough; at -1, else, the largest, which grows.
  const at = free.findIndex(memory => pagesOf(memory) >= pages);
  const [memory] = free.splice(at, 1);
  try {
    if (memory === undefined) {
      return new wasm.Memory({ initial: pages, maximum: mostPages, shared: true });
    }
    if (pagesOf(memory) < pages) memory.grow(pages - pagesOf(memory));
  } catch (cause) {
    throw new RangeError(
      `Expected ${Math.ceil(bytes / 1e6)} MB of memory for the model and the data, but there is not so much. ` +
        'Make the layers narrower or the batches smaller.',
      { cause },
    );
  }
  // In shared memory eight bytes at a time are cleared four times as fast as one at a time.
  new Float64Array(memory.buffer, 0, Math.ceil(zero / 8)).fill(0);
  return memory;
}

/** Keep a memory, which nothing uses any more, for the next run. */
export function giveBack(memory: WasmMemory): void {
  free.push(memory);
  clearTimeout(timer);
  timer = setTimeout(() => (free = []), keepFor).unref();
}
