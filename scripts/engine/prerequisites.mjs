import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../cli/Failure.mjs';
import { venvPython } from '../setup/commands.mjs';
import { findPython } from '../setup/findPython.mjs';
import { run } from '../setup/run.mjs';
import { builds, prebuiltFor } from './catalog.mjs';
import { sizeText } from './size.mjs';

const again = 'and run the command again';

/**
 * The build to compile on this machine.
 * @param {import('./paths.mjs').Kind} kind
 * @param {import('./here.mjs').Here} here
 * @returns {import('./catalog.mjs').Build}
 * @throws {Failure} there is none for it
 */
export function buildFor(kind, { platform, arch, glibc }) {
  const build = builds[kind][`${platform}-${arch}`];
  const system = `${platform} ${arch}`;
  if (!build) {
    const others = Object.keys(builds[kind]).map(name => name.replace('-', ' '));
    const prebuilt = prebuiltFor[kind].includes(`${platform}-${arch}`);
    throw new Failure(
      `The ${kind} engine can be compiled on ${others.join(' and ')}, and this is ${system}. ${
        prebuilt
          ? "Only TensorFlow.js' own download serves it, and its host does not answer; try where it does, or go on with WebAssembly."
          : 'Go on with WebAssembly, which needs nothing.'
      }`,
    );
  }
  if (glibc === null) {
    throw new Failure(
      `TensorFlow's library needs the GNU C library, which this Linux does not use (Alpine uses musl). Take a Debian, Ubuntu or Fedora, or go on with WebAssembly, which needs nothing.`,
    );
  }
  if (older(glibc, build.glibc)) {
    throw new Failure(
      `TensorFlow ${build.tensorflow} needs the GNU C library ${build.glibc} or newer, and this system has ${glibc}. Take a newer system, or go on with WebAssembly, which needs nothing.`,
    );
  }
  return build;
}

/** @param {string} a @param {string} b */
function older(a, b) {
  const [majorA = 0, minorA = 0] = a.split('.').map(Number);
  const [majorB = 0, minorB = 0] = b.split('.').map(Number);
  return majorA < majorB || (majorA === majorB && minorA < minorB);
}

/**
 * The checkout's node packages, which the engine shares.
 * @param {string} root the checkout
 */
export function needNodePackages(root) {
  const missing = ['@tensorflow/tfjs', 'typescript', 'undici'].find(
    name => !existsSync(path.join(root, 'node_modules', name, 'package.json')),
  );
  if (missing) {
    throw new Failure(
      `The engine shares the checkout's node packages, and ${missing} is not there. Run \`npm ci\`, ${again}.`,
    );
  }
}

/**
 * A C++ compiler: `$CXX`, else the first of g++, c++ and clang++.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string>}
 */
export async function findCompiler(env) {
  const candidates = env['CXX'] ? [env['CXX']] : ['g++', 'c++', 'clang++'];
  for (const command of candidates) {
    const { code } = await run({ command, args: ['--version'] }, { env });
    if (code === 0) return command;
  }
  throw new Failure(
    env['CXX']
      ? `CXX names ${env['CXX']}, which does not run as a compiler. Correct or unset the variable ${again}.`
      : `No C++ compiler was found, and the engine's binding has to be compiled. Install one (Debian and Ubuntu: \`sudo apt install g++\`; Fedora: \`sudo dnf install gcc-c++\`) ${again}.`,
  );
}

/**
 * The Python whose pip fetches the library: the one of .venv, else one in a virtual environment made for it.
 * @param {string} root the checkout
 * @param {import('./here.mjs').Here} here
 * @returns {Promise<{ ready: string } | { make: import('../setup/findPython.mjs').Python }>}
 */
export async function pythonFor(root, { platform, env }) {
  const ready = venvPython(root, platform);
  if (
    existsSync(ready) &&
    (await run({ command: ready, args: ['-m', 'pip', '--version'] }, { env })).code === 0
  ) {
    return { ready };
  }
  return { make: await findPython({ platform, env }) };
}

/**
 * @param {string} root the checkout
 * @param {number} bytes
 * @param {(folder: string) => Promise<number>} [free]
 */
export async function needDisk(root, bytes, free = freeBytes) {
  const available = await free(root);
  if (available >= bytes) return;
  throw new Failure(
    `The installation needs ${sizeText(bytes)}, and the disk of ${root} has ${sizeText(available)} free. Free some ${again}.`,
  );
}

/** @param {string} folder */
async function freeBytes(folder) {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
