import { Worker } from 'node:worker_threads';
import { wasm, type WasmMemory } from '../../compiled/wasm';
import { workerFile } from '../../workerFile';
import { controlWords, partKernels, state, tasksAt, word, type HelperData, type PartKernel } from './control';

/** Numbers in the host's memory that a kernel reads or writes. */
export interface Region {
  /** Address in the host's memory. */
  readonly at: number;
  readonly bytes: number;
  readonly way: 'in' | 'out';
}

/** A part of a kernel's work. The kernel's arguments are the address of `words`, `args` and the address of scratch memory. */
export interface Part {
  /** What the kernel's structure holds. */
  readonly words: readonly (number | Region)[];
  readonly args: readonly (number | Region)[];
}

/** A part that can be run. */
export interface Task extends Part {
  /** Bytes of scratch memory. */
  readonly scratch: number;
}

interface Copy {
  readonly from: number;
  readonly to: number;
  readonly bytes: number;
}

const pageBytes = 65_536;

/** Longest time that a helper may need for its tasks; after that its host does them. */
const patienceMs = 60_000;

/** The first address that is given out: 0 stands for nothing. */
const firstAddress = 64;

const aligned = (address: number): number => Math.ceil(address / 16) * 16;

/**
 * A thread that runs parts of kernels on a memory of its own, into which the host copies what they read and from which it copies what they write. Its
 * host waits for it, blocked; it never waits for its host's event loop. It does not keep the process alive.
 */
export class Helper {
  private readonly control = new SharedArrayBuffer(controlWords * 4);
  private readonly words = new Int32Array(this.control);
  private readonly memory: WasmMemory = new wasm.Memory({ initial: 1, maximum: 65_536, shared: true });
  private readonly thread: Worker;
  private results: readonly Copy[] = [];

  constructor() {
    const { filename, execArgv } = workerFile(__dirname, 'helperWorker');
    const workerData: HelperData = { control: this.control, memory: this.memory };
    this.thread = new Worker(filename, { workerData, execArgv });
    // Its end is seen in its state, or by patience.
    this.thread.on('error', () => Atomics.store(this.words, word.state, state.failed));
    this.thread.unref();
  }

  /** Whether it takes work. */
  get idle(): boolean {
    return Atomics.load(this.words, word.state) === state.idle;
  }

  /** Whether it will never take work again. */
  get failed(): boolean {
    return Atomics.load(this.words, word.state) === state.failed;
  }

  /**
   * Give it work of a kernel, whose regions are in `host`.
   * @returns whether it took them; false if its memory cannot grow so much.
   */
  start(kernel: PartKernel, work: readonly Task[], host: Uint8Array): boolean {
    let end = firstAddress;
    const take = (bytes: number): number => {
      const at = end;
      end = aligned(end + bytes);
      return at;
    };
    // Several parts read the same weights: copied once.
    const inputs = new Map<string, number>();
    const copies: Copy[] = [];
    const results: Copy[] = [];
    const place = (value: number | Region): number => {
      if (typeof value === 'number') return value;
      const { at, bytes, way } = value;
      const input = `${at} ${bytes}`;
      const known = way === 'in' ? inputs.get(input) : undefined;
      if (known !== undefined) return known;
      const here = take(bytes);
      if (way === 'in') {
        inputs.set(input, here);
        copies.push({ from: at, bytes, to: here });
      } else {
        results.push({ from: here, bytes, to: at });
      }
      return here;
    };
    const tasks = work.map(({ words, args }) => ({
      structure: words.map(place),
      address: take(words.length * 4),
      args: args.map(place),
    }));
    const scratch = take(Math.max(...work.map(task => task.scratch)));
    if (!this.reserve(end)) return false;
    copyAll(copies, host, new Uint8Array(this.memory.buffer));
    const numbers = new Int32Array(this.memory.buffer);
    let at: number = tasksAt;
    for (const { structure, address, args } of tasks) {
      numbers.set(structure, address / 4);
      const all = [address, ...args, scratch];
      this.words.set([partKernels.indexOf(kernel), all.length, ...all], at);
      at += 2 + all.length;
    }
    this.words[word.tasks] = tasks.length;
    this.results = results;
    Atomics.store(this.words, word.state, state.working);
    Atomics.notify(this.words, word.state);
    return true;
  }

  /**
   * Wait for the work that was given, and copy the results to `host`.
   * @returns whether they are there; if not, the helper is of no more use.
   */
  finish(host: Uint8Array): boolean {
    const until = performance.now() + patienceMs;
    while (Atomics.load(this.words, word.state) === state.working) {
      const left = until - performance.now();
      if (left <= 0) break;
      Atomics.wait(this.words, word.state, state.working, left);
    }
    const done = this.idle;
    if (done) copyAll(this.results, new Uint8Array(this.memory.buffer), host);
    else Atomics.store(this.words, word.state, state.failed);
    this.results = [];
    return done;
  }

  /** End the thread; its memory goes with it. */
  end(): void {
    Atomics.store(this.words, word.state, state.failed);
    void this.thread.terminate();
  }

  private reserve(bytes: number): boolean {
    const missing = bytes - this.memory.buffer.byteLength;
    if (missing <= 0) return true;
    try {
      this.memory.grow(Math.ceil(missing / pageBytes));
      return true;
    } catch {
      return false;
    }
  }
}

function copyAll(copies: readonly Copy[], source: Uint8Array, target: Uint8Array): void {
  for (const { from, to, bytes } of copies) target.set(source.subarray(from, from + bytes), to);
}
