// Compiles AssemblyScript to WebAssembly: src/engines/compiled/assembly to trainer.wasm and pageTrainer.wasm in dist/engines/compiled,
// src/engines/kernels/assembly to kernels.wasm and helperKernels.wasm in dist/engines/kernels. Skips what has not changed.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
/**
 * @typedef {object} WasmModule
 * @property {string} name of the result, without its ending
 * @property {string} source folder of index.ts, where it starts
 * @property {string[]} [others] folders that it imports from
 * @property {string} target folder of the result
 * @property {string[]} options of the compiler, beside the common ones
 */

const engines = path.join('src', 'engines');

const sharedMemory = [
  ...['--enable', 'threads'],
  ...['--importMemory', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536'],
];

/** @type {WasmModule} */
const trainer = {
  name: 'trainer',
  source: path.join(engines, 'compiled', 'assembly'),
  target: path.join('dist', 'engines', 'compiled'),
  // The host makes the memory, so that several workers and the host can see it.
  options: sharedMemory,
};

/**
 * The same for a page, where memory can be shared only with headers that a file has not.
 * @type {WasmModule}
 */
const pageTrainer = {
  ...trainer,
  name: 'pageTrainer',
  options: ['--importMemory', '--initialMemory', '1', '--maximumMemory', '65536'],
};

/** @type {WasmModule} */
const kernels = {
  name: 'kernels',
  source: path.join(engines, 'kernels', 'assembly'),
  others: [path.join(engines, 'compiled', 'assembly')],
  target: path.join('dist', 'engines', 'kernels'),
  // It works on the memory of TensorFlow.js' back end, which can grow.
  options: ['--importMemory', '--initialMemory', '1'],
};

/**
 * The same for the threads that take parts of its work, on memory that they share with it.
 * @type {WasmModule}
 */
const helperKernels = { ...kernels, name: 'helperKernels', options: sharedMemory };

const common = [
  '-O3',
  '--converge',
  '--noAssert',
  ...['--runtime', 'stub'],
  ...['--enable', 'simd'],
  // "Exchange of v128 values": they cross only between functions of the module.
  ...['--disableWarning', '112'],
];

/**
 * What the result depends on, as one hash.
 * @param {WasmModule} module
 */
function fingerprint({ source, others = [], options }) {
  const hash = createHash('sha256');
  const compiler = createRequire(import.meta.url)('assemblyscript/package.json');
  hash.update(JSON.stringify([compiler.version, common, options]));
  for (const folder of [source, ...others]) {
    for (const file of readdirSync(path.join(root, folder)).toSorted()) {
      hash.update(`\0${file}\0`).update(readFileSync(path.join(root, folder, file)));
    }
  }
  return hash.digest('hex');
}

/**
 * Build a module if its sources, its options or the compiler have changed.
 * @param {WasmModule} module
 * @returns {Promise<boolean>} whether it did
 */
async function build(module) {
  const { name, source, target, options } = module;
  const stamp = path.join(root, target, `${name}.wasm.sha256`);
  const wasm = path.join(root, target, `${name}.wasm`);
  const print = fingerprint(module);
  if (existsSync(wasm) && existsSync(stamp) && readFileSync(stamp, 'utf8') === print) return false;
  mkdirSync(path.join(root, target), { recursive: true });
  const { default: asc } = await import('assemblyscript/asc');
  let messages = '';
  const posix = (/** @type {string} */ folder, /** @type {string} */ file) =>
    path.posix.join(...folder.split(path.sep), file);
  const { error } = await asc.main(
    [
      posix(source, 'index.ts'),
      '--baseDir',
      root,
      ...common,
      ...options,
      '--outFile',
      posix(target, `${name}.wasm`),
    ],
    { stderr: { write: text => void (messages += text) } },
  );
  if (error) throw new Error(`${source} does not compile:\n${messages}`, { cause: error });
  writeFileSync(stamp, print);
  return true;
}

for (const module of [trainer, pageTrainer, kernels, helperKernels]) {
  console.log(`${module.name}.wasm ${(await build(module)) ? 'built' : 'is up to date'}`);
}
