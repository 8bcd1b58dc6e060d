// Compiles src/engines/compiled/assembly (AssemblyScript) to dist/engines/compiled/trainer.wasm. Skips when nothing has changed.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = path.join('src', 'engines', 'compiled', 'assembly');
const target = path.join('dist', 'engines', 'compiled');

const options = [
  '-O3',
  '--converge',
  '--noAssert',
  ...['--runtime', 'stub'],
  ...['--enable', 'simd', '--enable', 'threads'],
  // The host makes the memory, so that several workers and the host can see it.
  ...['--importMemory', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536'],
  // "Exchange of v128 values": they cross only between functions of the module.
  ...['--disableWarning', '112'],
];

/** What the result depends on, as one hash. */
function fingerprint() {
  const hash = createHash('sha256');
  const compiler = createRequire(import.meta.url)('assemblyscript/package.json');
  hash.update(JSON.stringify([compiler.version, options]));
  for (const file of readdirSync(path.join(root, source)).toSorted()) {
    hash.update(`\0${file}\0`).update(readFileSync(path.join(root, source, file)));
  }
  return hash.digest('hex');
}

/** Build the trainer if its sources, its options or the compiler have changed. Returns whether it did. */
export async function buildTrainer() {
  const stamp = path.join(root, target, 'trainer.wasm.sha256');
  const wasm = path.join(root, target, 'trainer.wasm');
  const print = fingerprint();
  if (existsSync(wasm) && existsSync(stamp) && readFileSync(stamp, 'utf8') === print) return false;
  mkdirSync(path.join(root, target), { recursive: true });
  const { default: asc } = await import('assemblyscript/asc');
  let messages = '';
  const { error } = await asc.main(
    [
      path.posix.join(...source.split(path.sep), 'index.ts'),
      '--baseDir',
      root,
      ...options,
      '--outFile',
      path.posix.join(...target.split(path.sep), 'trainer.wasm'),
    ],
    { stderr: { write: text => void (messages += text) } },
  );
  if (error) throw new Error(`The trainer does not compile:\n${messages}`, { cause: error });
  writeFileSync(stamp, print);
  return true;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log((await buildTrainer()) ? 'trainer.wasm built' : 'trainer.wasm is up to date');
}
