import { existsSync } from 'node:fs';
import { mkdir, readFile, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Failure } from '../cli/Failure.mjs';
import { build } from './build.mjs';
import { kernelFolder, npmCommand, venvPython } from './commands.mjs';
import { diagnose } from './diagnose.mjs';
import { findPython } from './findPython.mjs';
import { hashFiles } from './hashFiles.mjs';
import { nodePackagesReady } from './nodePackagesReady.mjs';
import { run } from './run.mjs';

/** What node_modules and .venv take, with room for the installers. */
const bytesNeeded = 1.6e9;

/**
 * Makes the checkout ready: node packages, virtual environment, build, kernel spec. What is there already is left alone.
 * @param {string} root the checkout
 * @param {{ log?: (line: string) => void }} [options]
 * @returns {Promise<{ python: string, seconds: number }>} the Python of the virtual environment
 * @throws {Failure} a prerequisite is missing: one sentence with the mend
 */
export async function setup(root, { log = console.log } = {}) {
  const started = performance.now();
  const here = { platform: process.platform, env: process.env, node: process.execPath };
  const python = venvPython(root, here.platform);
  const needNode = !(await nodePackagesReady(root));
  const pythonHash = await hashFiles(root, ['requirements.txt']);
  const pythonStamp = path.join(root, '.venv', '.keras-primer-installed');
  const needPython =
    (await readFile(pythonStamp, 'utf8').catch(() => '')) !== pythonHash || !existsSync(python);
  if (needNode || needPython) {
    await checkDisk(root);
    log(
      `Setting up: ${[needNode ? 'node packages' : '', needPython ? 'JupyterLab in .venv' : ''].filter(Boolean).join(' and ')} (about a minute the first time)`,
    );
  }

  const abort = new AbortController();
  const steps = [
    (async () => {
      if (needNode) await installNodePackages();
      const buildStarted = performance.now();
      if (await build(root, { signal: abort.signal })) log(`  built src         ${seconds(buildStarted)}`);
    })(),
    (async () => {
      if (needPython) await installPythonPackages();
    })(),
  ];
  // The first failure is the one to tell; the other installer is stopped and waited for.
  for (const step of steps) step.catch(error => abort.abort(error));
  await Promise.allSettled(steps);
  if (abort.signal.aborted) throw abort.signal.reason;
  await writeKernelSpec();
  return { python, seconds: (performance.now() - started) / 1000 };

  async function installNodePackages() {
    const began = performance.now();
    const args = [
      'ci',
      '--no-audit',
      '--no-fund',
      '--prefer-offline',
      '--loglevel=error',
      '--fetch-retry-mintimeout=1000',
      '--fetch-retry-maxtimeout=10000',
    ];
    const { code, output, error } = await run(npmCommand(args, here), { cwd: root, signal: abort.signal });
    if (abort.signal.aborted) return;
    if (code !== 0) throw diagnose('npm', output, error);
    log(`  node packages     ${seconds(began)}`);
  }

  async function installPythonPackages() {
    const began = performance.now();
    const base = await findPython(here);
    const works =
      existsSync(python) &&
      (await run({ command: python, args: ['-c', 'import sys, pip; sys.exit(sys.version_info < (3, 10))'] }))
        .code === 0;
    if (!works) {
      const args = [...base.args, '-m', 'venv', '--clear', path.join(root, '.venv')];
      const { code, output, error } = await run({ command: base.command, args }, { signal: abort.signal });
      if (abort.signal.aborted) return;
      if (code !== 0) throw diagnoseVenv(base.version, output, error);
    }
    const args = [
      '-m',
      'pip',
      'install',
      '--disable-pip-version-check',
      '--no-input',
      '--retries',
      '2',
      '--timeout',
      '30',
      '-r',
      path.join(root, 'requirements.txt'),
    ];
    const { code, output, error } = await run({ command: python, args }, { cwd: root, signal: abort.signal });
    if (abort.signal.aborted) return;
    if (code !== 0) throw diagnose('pip', output, error);
    await writeFile(pythonStamp, pythonHash);
    log(`  JupyterLab        ${seconds(began)}  (Python ${base.version})`);
  }

  async function writeKernelSpec() {
    const file = path.join(root, 'dist', 'notebook', 'kernelSpec.js');
    const { default: room } = await import(pathToFileURL(file).href);
    const text = `${JSON.stringify(room.kernelSpec(root, path, process.execPath), null, 2)}\n`;
    const folder = kernelFolder(root, here.platform);
    const target = path.join(folder, 'kernel.json');
    if ((await readFile(target, 'utf8').catch(() => '')) === text) return;
    await mkdir(folder, { recursive: true });
    await writeFile(target, text);
  }
}

/** @param {string} version @param {string} output @param {NodeJS.ErrnoException | null} error */
function diagnoseVenv(version, output, error) {
  if (/ensurepip|python3-venv/.test(output)) {
    return new Failure(
      `Python ${version} is here, but its venv module is incomplete. Install it (Debian and Ubuntu: \`sudo apt install python3-venv\`) and run the command again.`,
    );
  }
  return diagnose('pip', output, error);
}

/** @param {string} root */
async function checkDisk(root) {
  const { bavail, bsize } = await statfs(root);
  if (bavail * bsize >= bytesNeeded) return;
  throw new Failure(
    `The set-up needs about ${(bytesNeeded / 1e9).toFixed(1)} GB, and the disk of ${root} has ${((bavail * bsize) / 1e9).toFixed(1)} GB free. Free some, or clone to another disk, and run the command again.`,
  );
}

/** @param {number} since */
function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
