import { mkdir, rm, writeFile } from 'node:fs/promises';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../cli/Failure.mjs';
import { build } from '../setup/build.mjs';
import { diagnose } from '../setup/diagnose.mjs';
import { run } from '../setup/run.mjs';
import { prebuiltBytes } from './catalog.mjs';
import { check } from './check.mjs';
import { compile } from './compile.mjs';
import { npmPackage } from './npmPackage.mjs';
import { packageFolder, packageNames } from './paths.mjs';
import { prebuilt, prebuiltServes } from './prebuilt.mjs';
import { buildFor, findCompiler, needDisk, needNodePackages, pythonFor } from './prerequisites.mjs';
import { progressLine } from './progressLine.mjs';
import { folderSize, sizeText } from './size.mjs';
import { staged } from './stage.mjs';
import { fetchWheels } from './wheels.mjs';

/**
 * @typedef {object} Request
 * @property {import('./paths.mjs').Kind} kind
 * @property {boolean} cuda gpu: with the CUDA libraries
 * @property {'wheel' | 'prebuilt'} [source] default: prebuilt where it serves, else wheel
 *
 * @typedef {object} Context
 * @property {import('./here.mjs').Here} here
 * @property {(line: string) => void} log
 * @property {AbortSignal} signal
 */

/**
 * Installs an engine, aside at first; it takes the place of an older one only when it has been seen to compute.
 * @param {string} root the checkout
 * @param {Request} request
 * @param {Context} context
 * @throws {Failure} one sentence; everything is then as it was
 */
export async function install(root, request, context) {
  const { kind, source } = request;
  const { here, log, signal } = context;
  needNodePackages(root);
  await build(root, { signal });
  try {
    if (source === 'prebuilt' || (source === undefined && (await prebuiltServes(kind, here)))) {
      try {
        await fromPrebuilt(root, request, context);
        return;
      } catch (error) {
        if (source === 'prebuilt' || signal.aborted || !(error instanceof Failure)) throw error;
        log(`  ${error.message.split('. ')[0]}. Going on with the library of the Python package.`);
      }
    }
    await fromWheel(root, request, context);
  } catch (error) {
    if (signal.aborted) throw new Failure('Stopped. Nothing was changed.');
    throw error;
  }
}

/** @param {string} root @param {Request} request @param {Context} context */
async function fromPrebuilt(root, { kind }, context) {
  const { download, installed } = prebuiltBytes[kind];
  const { log } = context;
  log(`Installing ${packageNames[kind]} with TensorFlow.js' own library in .cache/engines/${kind}.`);
  log(`It downloads about ${sizeText(download)} and keeps about ${sizeText(installed)}.`);
  await needDisk(root, download + installed);
  await staged(root, kind, async folder => {
    await timed(log, 'npm packages', () => npmPackage(folder, kind, context));
    await timed(log, 'library', () => prebuilt(folder, kind, context));
    await finish(root, folder, kind, 'prebuilt', context);
  });
  log('Done. `npm run engine -- remove` undoes it.');
}

/** @param {string} root @param {Request} request @param {Context} context */
async function fromWheel(root, { kind, cuda }, context) {
  const { here, log, signal } = context;
  const plan = buildFor(kind, here);
  const compiler = await findCompiler(here.env);
  const python = await pythonFor(root, here);
  const wheels = [plan.library, ...(cuda ? plan.cuda : [])];
  const download = wheels.reduce((sum, { bytes }) => sum + bytes, 0);
  const installed = plan.installed.plain + (cuda ? plan.installed.cuda : 0);
  // Each wheel is removed before the next one comes.
  const needed = installed + Math.max(...wheels.map(({ bytes }) => bytes)) + 0.1e9;
  log(`Installing ${packageNames[kind]} with TensorFlow ${plan.tensorflow} in .cache/engines/${kind}.`);
  log(
    `It downloads ${sizeText(download)}, keeps ${sizeText(installed)} and needs ${sizeText(needed)} while it works.`,
  );
  await needDisk(root, needed);

  await staged(root, kind, async folder => {
    const work = path.join(folder, 'work');
    await mkdir(work);
    await timed(log, 'npm packages', () => npmPackage(folder, kind, context));
    const progress = progressLine(download, { log });
    await timed(log, `${wheels.length > 1 ? 'libraries' : 'library'}, ${sizeText(download)}`, async () => {
      try {
        await fetchWheels(wheels, {
          python: 'ready' in python ? python.ready : await makePython(python.make, work, signal),
          folder: path.join(folder, 'python'),
          work,
          tags: plan.tags,
          here,
          signal,
          onProgress: progress.update,
        });
      } finally {
        progress.end();
      }
    });
    await timed(log, 'binding compiled', () => compile(folder, kind, { compiler, env: here.env, signal }));
    await rm(work, { recursive: true, force: true });
    await finish(root, folder, kind, 'wheel', context);
  });
  log('Done. `npm run engine -- remove` undoes it.');
}

/**
 * Sees the engine compute and notes what it is.
 * @param {string} root @param {string} folder @param {import('./paths.mjs').Kind} kind @param {'wheel' | 'prebuilt'} source @param {Context} context
 */
async function finish(root, folder, kind, source, { here, log, signal }) {
  const { tensorflow, gpu } = await check(root, folder, kind, { node: here.node, env: here.env, signal });
  const { version } = JSON.parse(
    await readFile(path.join(packageFolder(folder, kind), 'package.json'), 'utf8'),
  );
  await writeFile(
    path.join(folder, 'engine.json'),
    `${JSON.stringify({ kind, version, tensorflow, source }, null, 2)}\n`,
  );
  signal.throwIfAborted();
  log(
    `  checked           TensorFlow ${tensorflow} computes on ${gpu ? 'the GPU' : 'the processor'}, ${sizeText(await folderSize(folder))}`,
  );
  if (kind === 'gpu' && !gpu) {
    log(
      '  TensorFlow finds no GPU here, so it would compute on the processor; is the NVIDIA driver installed?',
    );
  }
}

/** @param {import('../setup/findPython.mjs').Python} base @param {string} work @param {AbortSignal} signal */
async function makePython(base, work, signal) {
  const venv = path.join(work, 'venv');
  const { code, output, error } = await run(
    { command: base.command, args: [...base.args, '-m', 'venv', venv] },
    { signal },
  );
  signal.throwIfAborted();
  if (code !== 0) throw diagnose('pip', output, error);
  return path.join(venv, 'bin', 'python');
}

/** @param {(line: string) => void} log @param {string} what @param {() => Promise<void>} work */
async function timed(log, what, work) {
  const started = performance.now();
  await work();
  log(`  ${what.padEnd(18)}${((performance.now() - started) / 1000).toFixed(1)} s`);
}
