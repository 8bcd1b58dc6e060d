import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../cli/Failure.mjs';
import { run } from '../setup/run.mjs';
import { packageFolder } from './paths.mjs';

/**
 * Compiles the package's binding against the library of the wheel, and removes the headers.
 * @param {string} folder the engine's: the npm package in node_modules/, the wheel's files in python/
 * @param {import('./paths.mjs').Kind} kind
 * @param {{ compiler: string, env: NodeJS.ProcessEnv, signal: AbortSignal }} context
 */
export async function compile(folder, kind, { compiler, env, signal }) {
  const home = packageFolder(folder, kind);
  const library = path.join(folder, 'python', 'tensorflow');
  const output = path.join(home, 'lib', 'napi-v8');
  await mkdir(output, { recursive: true });
  const args = ['-std=c++17', '-O2', '-shared', '-fPIC', '-DNAPI_VERSION=8'];
  for (const include of [
    '..',
    '.',
    path.join(folder, 'node_modules', 'node-api-headers', 'include'),
    path.join(library, 'include'),
  ]) {
    args.push('-I', include);
  }
  args.push(
    'binding/tfjs_backend.cc',
    'binding/tfjs_binding.cc',
    '-o',
    path.join(output, 'tfjs_binding.node'),
  );
  args.push('-L', library, '-l:libtensorflow_cc.so.2', '-l:libtensorflow_framework.so.2');
  args.push(`-Wl,-rpath,$ORIGIN/${path.relative(output, library)}`);
  const { code, output: text } = await run({ command: compiler, args }, { cwd: home, env, signal });
  signal.throwIfAborted();
  if (code !== 0) throw diagnoseCompiler(compiler, text);
  await rm(path.join(library, 'include'), { recursive: true, force: true });
  await rm(path.join(folder, 'node_modules', 'node-api-headers'), { recursive: true, force: true });
}

/** @param {string} compiler @param {string} output */
export function diagnoseCompiler(compiler, output) {
  const details = output.trimEnd().split('\n').slice(-8).join('\n');
  const header = /fatal error: '?([^\s':]+)'?(?:: No such file| file not found)/.exec(output)?.[1];
  if (header) {
    return new Failure(
      `${compiler} does not find the header ${header}. Install the C++ development files (Debian and Ubuntu: \`sudo apt install build-essential\`) and run the command again.`,
      { details },
    );
  }
  if (/unrecognized command[- ]line option|invalid value 'c\+\+17'/.test(output)) {
    return new Failure(
      `${compiler} is too old for C++17. Install GCC 8, Clang 7 or newer, or name one in CXX, and run the command again.`,
      { details },
    );
  }
  if (/No space left on device/.test(output)) {
    return new Failure('The disk became full. Free some and run the command again.');
  }
  return new Failure(
    `${compiler} could not compile the engine's binding; its last lines are above. Try another compiler by CXX, or go on with WebAssembly, which needs nothing.`,
    { details },
  );
}
