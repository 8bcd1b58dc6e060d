import { workerCount } from '../../compiled/pool';
import type { Room } from '../Room';
import type { PartKernel } from './control';
import { Helper, type Part, type Task } from './Helper';

/** What tells from a kernel's structure how much scratch memory it needs. */
const scratchOf = {
  convolve: 'convolutionScratch',
  convolveFilterGradient: 'convolutionScratch',
  convolveInputGradient: 'convolutionScratch',
  sequenceForward: 'sequenceScratch',
  sequenceBackward: 'sequenceScratch',
} as const;

/** Helpers at most: parts are four. */
const mostHelpers = 3;

/** Time without work after which the helpers end. */
const idleMs = 30_000;

/** Helpers that failed, after which there are no more. */
const mostFailures = 3;

let failures = 0;
let helpers: Helper[] = [];
let timer: NodeJS.Timeout | undefined;

/**
 * Run a kernel's work in parts: one after the other here, or, as soon as they have started, in helper threads at the same time. The results have the same
 * bits. `KERAS_PRIMER_WORKERS=1` keeps all here.
 */
export function runParts(room: Room, kernel: PartKernel, parts: readonly Part[]): void {
  const tasks = parts.map(part => ({
    ...part,
    scratch: room.call[scratchOf[kernel]](room.words(addresses(part.words))) >>> 0,
  }));
  const ready = parts.length > 1 ? readyHelpers(parts.length - 1) : [];
  const share = Math.ceil(parts.length / (ready.length + 1));
  const given = ready
    .map((helper, i) => ({ helper, work: tasks.slice((i + 1) * share, (i + 2) * share) }))
    .filter(({ work }) => work.length > 0);
  const here = tasks.slice(0, share);
  const busy = given.filter(({ helper, work }) => {
    const taken = helper.start(kernel, work, room.backend.wasm.HEAPU8);
    if (!taken) here.push(...work);
    return taken;
  });
  for (const task of here) runHere(room, kernel, task);
  for (const { helper, work } of busy) {
    if (helper.finish(room.backend.wasm.HEAPU8)) continue;
    for (const task of work) runHere(room, kernel, task);
  }
}

/** Whether all helpers that this machine gives have started. */
export function helpersReady(): boolean {
  return helpers.length === helperCount() && helpers.every(helper => helper.idle);
}

/** End the helper threads; the next work starts them anew. */
export function endHelpers(): void {
  for (const helper of helpers) helper.end();
  helpers = [];
  clearTimeout(timer);
  timer = undefined;
}

const helperCount = (): number => Math.min(mostHelpers, workerCount() - 1);

function readyHelpers(wanted: number): Helper[] {
  const failed = helpers.filter(helper => helper.failed);
  for (const helper of failed) helper.end();
  failures += failed.length;
  helpers = helpers.filter(helper => !failed.includes(helper));
  const count = failures < mostFailures ? helperCount() : 0;
  try {
    while (helpers.length < count) helpers.push(new Helper());
  } catch {
    // No thread or no memory to be had: all is done here.
    failures = mostFailures;
  }
  timer = timer?.refresh() ?? setTimeout(endHelpers, idleMs).unref();
  return helpers.filter(helper => helper.idle).slice(0, Math.min(wanted, count));
}

function addresses(values: Part['words']): number[] {
  return values.map(value => (typeof value === 'number' ? value : value.at));
}

function runHere(room: Room, kernel: PartKernel, { words, args, scratch }: Task): void {
  const run: (...args: number[]) => void = room.call[kernel];
  room.withScratch(scratch, at => run(room.words(addresses(words)), ...addresses(args), at));
}
