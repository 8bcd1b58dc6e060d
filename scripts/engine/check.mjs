import path from 'node:path';
import { Failure } from '../cli/Failure.mjs';
import { run } from '../setup/run.mjs';
import { packageFolder } from './paths.mjs';

/** @typedef {{ tensorflow: string, gpu: boolean }} Checked */

/**
 * Loads an engine in a process of its own and lets it compute: a library that does not suit the machine can end a process.
 * @param {string} root the checkout, built
 * @param {string} folder the engine's
 * @param {import('./paths.mjs').Kind} kind
 * @param {{ node: string, env: NodeJS.ProcessEnv, signal?: AbortSignal }} context
 * @returns {Promise<Checked>}
 * @throws {Failure} it does not work here
 */
export async function check(root, folder, kind, { node, env, signal }) {
  const args = [path.join(import.meta.dirname, 'probe.cjs'), root, packageFolder(folder, kind)];
  const { code, output, stdout } = await run(
    { command: node, args },
    { cwd: root, env: { ...env, TF_CPP_MIN_LOG_LEVEL: '1' }, ...(signal ? { signal } : {}) },
  );
  signal?.throwIfAborted();
  const answer = /^engine (\{.*\})$/m.exec(stdout)?.[1];
  if (code === 0 && answer !== undefined) return JSON.parse(answer);
  throw diagnoseCheck(code, output);
}

/** @param {number | null} code @param {string} output */
export function diagnoseCheck(code, output) {
  const details = output.trimEnd().split('\n').slice(-5).join('\n');
  const symbol = /version `(GLIBC(?:XX)?_[\d.]+)' not found/.exec(output)?.[1];
  if (symbol) {
    return new Failure(
      `The library needs ${symbol}, which is newer than what this system has. Take a newer system, or go on with WebAssembly, which needs nothing.`,
    );
  }
  const missing = /(\S+\.(?:so|dylib|dll)[\d.]*): cannot open shared object file/.exec(output)?.[1];
  if (missing) {
    return new Failure(`The system library ${missing} is missing. Install it and run the command again.`);
  }
  if (code === null || code === 132 || code === 134 || code === 139) {
    return new Failure(
      "TensorFlow's library ends the process when it is loaded: this processor probably lacks instructions that it needs (AVX). Go on with WebAssembly, which needs nothing.",
      { details },
    );
  }
  return new Failure(
    'The engine was built but does not compute as it should; the reason is above. Go on with WebAssembly, which needs nothing.',
    { details },
  );
}
