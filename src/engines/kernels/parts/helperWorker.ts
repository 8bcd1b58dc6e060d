// What runs in a helper's thread: waits for tasks, runs them on the memory that it shares with its host, and says so.

import { workerData } from 'node:worker_threads';
import { instantiateKernels } from '../kernelsModule';
import { partKernels, state, tasksAt, word, type HelperData } from './control';

// Only `Helper` starts this.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const { control, memory } = workerData as HelperData;
const words = new Int32Array(control);
const kernels = instantiateKernels(memory, 'helperKernels');

function runTasks(): void {
  let at: number = tasksAt;
  for (let left = words[word.tasks]!; left > 0; left--) {
    const name = partKernels[words[at]!]!;
    const end = at + 2 + words[at + 1]!;
    const run: (...args: number[]) => void = kernels[name];
    run(...words.subarray(at + 2, end));
    at = end;
  }
}

let next: number = state.idle;
for (;;) {
  Atomics.store(words, word.state, next);
  Atomics.notify(words, word.state);
  Atomics.wait(words, word.state, next);
  try {
    runTasks();
  } catch {
    // The host does the work itself then.
    next = state.failed;
  }
}
