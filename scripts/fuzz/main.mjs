import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure } from '../cli/Failure.mjs';
import { parseOptions } from '../cli/parseOptions.mjs';
import { runMain } from '../cli/runMain.mjs';
import { build } from '../setup/build.mjs';
import { fuzzReaders } from './fuzzReaders.mjs';

const help = `npm run fuzz [-- options]

Reads mutated npz, npy and pickle files. Every one must end in values or in a clear error, soon and without
much memory, and nothing else may happen. The first file that does otherwise is reported with its seed.

  --runs <n>    how many files (120000)
  --seed <n>    the first seed (0); run i uses seed + i
  --help        this text`;

/** @param {string[]} argv */
export function main(argv) {
  return runMain(async () => {
    const { values } = parseOptions(
      argv,
      { runs: { type: 'string' }, seed: { type: 'string' }, help: { type: 'boolean' } },
      'npm run fuzz --',
    );
    if (values['help']) {
      console.log(help);
      return 0;
    }
    const runs = count('--runs', values['runs'] ?? '120000');
    const seed = count('--seed', values['seed'] ?? '0');
    const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');
    await build(root);
    const load = createRequire(path.join(root, 'dist', 'index.js'));
    const readers = {
      Npz: load('./datasets/files/readNpz.js').Npz,
      readNpy: load('./datasets/files/readNpy.js').readNpy,
      readPickle: load('./datasets/files/readPickle.js').readPickle,
    };
    const started = performance.now();
    const result = fuzzReaders(readers, path.join(root, 'test', 'reference', 'fixtures'), { runs, seed });
    const seconds = (performance.now() - started) / 1000;
    console.log(
      `${runs} files in ${seconds.toFixed(0)} s: ${result.read} gave values, ${result.refused} a clear error; ` +
        `slowest ${result.slowestMs.toFixed(0)} ms (seed ${result.slowestSeed}), ` +
        `peak ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB.`,
    );
    return 0;
  });
}

/** @param {string} name @param {string | boolean} text */
function count(name, text) {
  if (typeof text !== 'string' || !/^\d{1,9}$/.test(text)) {
    throw new Failure(`Expected ${name} to be a whole number, received "${String(text)}".`);
  }
  return Number(text);
}
