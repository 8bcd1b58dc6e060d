import { cp, rm } from 'node:fs/promises';
import path from 'node:path';
import { npmCommand } from '../setup/commands.mjs';
import { diagnose } from '../setup/diagnose.mjs';
import { run } from '../setup/run.mjs';

/**
 * Installs the engine's npm package by its lock file, without its installation script and without a second @tensorflow/tfjs.
 * @param {string} folder
 * @param {import('./paths.mjs').Kind} kind
 * @param {{ here: import('./here.mjs').Here, signal: AbortSignal }} context
 */
export async function npmPackage(folder, kind, { here, signal }) {
  await cp(path.join(import.meta.dirname, 'packages', kind), folder, { recursive: true });
  const args = [
    'ci',
    '--ignore-scripts',
    '--no-workspaces',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    '--loglevel=error',
    '--fetch-retry-mintimeout=1000',
    '--fetch-retry-maxtimeout=10000',
  ];
  // npm hands its own settings to what it runs (`npm_config_prefix` and such), for the outer project.
  const env = Object.fromEntries(
    Object.entries(here.env).filter(
      ([name]) => !/^npm_config_(local_prefix|workspace|workspaces)$/i.test(name),
    ),
  );
  const { code, output, error } = await run(npmCommand(args, here), { cwd: folder, env, signal });
  signal.throwIfAborted();
  if (code !== 0) throw diagnose('npm', output, error);
  // With this stand-in gone, Node finds the checkout's copy: both must share one.
  await rm(path.join(folder, 'node_modules', '@tensorflow', 'tfjs'), { recursive: true, force: true });
  await rm(path.join(folder, 'tfjs'), { recursive: true, force: true });
}
