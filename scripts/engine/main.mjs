import { fileURLToPath } from 'node:url';
import { Failure } from '../cli/Failure.mjs';
import { nearest } from '../cli/nearest.mjs';
import { parseOptions } from '../cli/parseOptions.mjs';
import { runMain } from '../cli/runMain.mjs';
import { stopOnSignals } from '../report/stopOnSignals.mjs';
import { here } from './here.mjs';
import { install } from './install.mjs';
import { kinds } from './paths.mjs';
import { remove } from './remove.mjs';
import { status } from './status.mjs';

const help = `npm run engine -- install cpu|gpu [options]
npm run engine -- status
npm run engine -- remove [cpu|gpu]

TensorFlow.js computes with WebAssembly; this adds TensorFlow's own library, in .cache/engines. docs/engines.md says for
which models that is faster.

  cpu              @tensorflow/tfjs-node: the processor
  gpu              @tensorflow/tfjs-node-gpu: an NVIDIA GPU on Linux, with the CUDA libraries from the Python package index

  --source <name>  wheel: compile the binding against the library of the Python package; prebuilt: TensorFlow.js' own
                   download; without it, prebuilt where its host answers, else wheel
  --without-cuda   gpu: leave the CUDA libraries out, to use those of the system or to try without a GPU
  --help           this text`;

/** @param {string[]} argv */
export function main(argv) {
  return runMain(async () => {
    const { values, positionals } = parseOptions(
      argv,
      { source: { type: 'string' }, 'without-cuda': { type: 'boolean' }, help: { type: 'boolean' } },
      'npm run engine --',
    );
    if (values['help']) {
      console.log(help);
      return 0;
    }
    const [action = 'status', ...names] = positionals;
    const actions = ['install', 'status', 'remove'];
    if (!actions.includes(action)) throw unknown('action', action, actions);
    for (const name of names) if (!isKind(name)) throw unknown('engine', name, kinds);
    const chosen = names.filter(isKind);
    const { source, 'without-cuda': withoutCuda } = values;
    if (action !== 'install' && (source !== undefined || withoutCuda)) {
      throw new Failure(`--source and --without-cuda belong to \`install\`. Leave them out.`);
    }
    const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');
    const log = console.log;
    if (action === 'status') {
      if (chosen.length > 0) throw new Failure('`npm run engine -- status` takes no names.');
      log(await status(root));
      return 0;
    }
    if (action === 'remove') {
      log(await remove(root, chosen.length > 0 ? chosen : kinds));
      return 0;
    }
    const [kind] = chosen;
    if (kind === undefined || chosen.length > 1) {
      throw new Failure(
        'Name one engine: `npm run engine -- install cpu` or `npm run engine -- install gpu`.',
      );
    }
    if (source !== undefined && source !== 'wheel' && source !== 'prebuilt') {
      throw unknown('source', String(source), ['wheel', 'prebuilt']);
    }
    if (withoutCuda && kind !== 'gpu') throw new Failure('--without-cuda belongs to gpu. Leave it out.');
    const signal = stopOnSignals();
    await install(
      root,
      { kind, cuda: withoutCuda !== true, ...(source ? { source } : {}) },
      { here: here(), log, signal },
    );
    return 0;
  });
}

/** @param {string} name @returns {name is import('./paths.mjs').Kind} */
function isKind(name) {
  return kinds.some(kind => kind === name);
}

/** @param {string} what @param {string} name @param {readonly string[]} known */
function unknown(what, name, known) {
  const guess = nearest(name, known);
  return new Failure(
    `There is no ${what} "${name}".${guess ? ` Did you mean ${guess}?` : ''} \`npm run engine -- --help\` lists what there is.`,
  );
}
