import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { diskFailure } from '../cli/diskFailure.mjs';
import { Failure } from '../cli/Failure.mjs';
import { hashFiles } from './hashFiles.mjs';
import { nodePackagesReady } from './nodePackagesReady.mjs';
import { run } from './run.mjs';

/** What the result of a build depends on. */
const inputs = [
  'src',
  'tsconfig.json',
  'tsconfig.build.json',
  'package-lock.json',
  'scripts/buildTrainer.mjs',
  'scripts/buildPage.mjs',
  'scripts/page',
  'scripts/setup/build.mjs',
];

/**
 * Compiles src/ to dist/, unless nothing has changed since the last time.
 * @param {string} root the checkout
 * @param {{ force?: boolean, signal?: AbortSignal }} [options] force: build even if nothing has changed
 * @returns {Promise<boolean>} whether it had to build
 * @throws {Failure} with the compiler's messages
 */
export async function build(root, { force = false, signal } = {}) {
  const stampFile = path.join(root, '.cache', 'setup', 'build');
  const hash = await hashFiles(root, inputs);
  const done = await readFile(stampFile, 'utf8').catch(() => '');
  const results = ['index.js', 'index.d.ts', ...(existsSync(path.join(root, 'src', 'page')) ? ['page'] : [])];
  const complete = results.every(name => existsSync(path.join(root, 'dist', name)));
  if (!force && done === hash && complete) return false;
  if (!(await nodePackagesReady(root))) {
    throw new Failure(
      'The node packages are not those that package-lock.json names. Run `npm ci` and then the command again.',
    );
  }
  await rm(stampFile, { force: true });

  /** @type {[string, string[]][]} */
  const steps = [
    [
      'TypeScript',
      [path.join('node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.build.json', '--noEmitOnError'],
    ],
  ];
  for (const [name, script] of /** @type {const} */ ([
    ['The trainer (AssemblyScript)', 'buildTrainer.mjs'],
    // After the trainer, which a page may carry.
    ['What reports run in the page (src/page)', 'buildPage.mjs'],
  ])) {
    const file = path.join('scripts', script);
    if (existsSync(path.join(root, file))) steps.push([name, [file]]);
  }
  for (const [name, args] of steps) {
    const { code, output, error } = await run(
      { command: process.execPath, args },
      { cwd: root, ...(signal ? { signal } : {}) },
    );
    if (signal?.aborted) throw signal.reason;
    if (code !== 0) {
      const details = error ? error.message : output;
      throw (
        diskFailure(details) ??
        new Failure(
          `${name} does not compile; the messages are above. Correct what they name and run the command again.`,
          { details },
        )
      );
    }
  }
  await mkdir(path.dirname(stampFile), { recursive: true });
  await writeFile(stampFile, hash);
  return true;
}
