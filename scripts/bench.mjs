// `npm run bench`: the compiled trainer beside TensorFlow.js on the real data of the chapter; `npm run bench -- --keras` beside Python Keras on JAX
// and on TensorFlow as well (in a venv of its own under .cache). Times are the best of twelve seconds (at least three) after one for warming up, all in one run. Then convolution
// and recurrence, beside the native back end too if it is installed; `-- --kernels` measures these only.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, loadavg } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { kernelTable } from './bench/kernelTable.mjs';
import { works } from './bench/works.mjs';
import { Failure } from './cli/Failure.mjs';
import { parseOptions } from './cli/parseOptions.mjs';
import { runMain } from './cli/runMain.mjs';
import { build } from './setup/build.mjs';
import { venvPython } from './setup/commands.mjs';
import { needRealData } from './setup/needRealData.mjs';
import { realHome } from './setup/realHome.mjs';

const help = `npm run bench [-- options]

Measures the compiled trainer beside TensorFlow.js on the real data, then convolution and recurrence: about four minutes.
Exit code 1 if a target is missed.

  --keras      beside Python Keras on JAX and on TensorFlow too: ten minutes, and a venv of 2 GB under .cache the first time
  --kernels    convolution and recurrence only
  --help       this text`;

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = path.join(root, '.cache', 'bench');
const here = path.join(root, 'scripts', 'bench');
const home = realHome();
const packages = ['keras==3.15.1', 'jax==0.10.2', 'tensorflow-cpu==2.21.0'];

/** @typedef {{ work: string, seconds: number, note: string }} Result */

/** @typedef {[name: string, measured: number, wanted: number, kind: string]} Target */

/**
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<Map<string, Result>>}
 */
async function measure(command, args, env = {}) {
  const child = spawn(command, args, {
    env: { ...process.env, KERAS_HOME: home, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', text => (out += text));
  child.stderr.on('data', text => (err += text));
  /** @type {number | null} */
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0)
    throw new Failure(`${path.basename(args[0] ?? command)} failed; its messages are above.`, {
      details: err,
    });
  /** @type {Map<string, Result>} */
  const results = new Map();
  for (const line of out.split('\n').filter(text => text.startsWith('{'))) {
    /** @type {Result} */
    const result = JSON.parse(line);
    results.set(result.work, result);
  }
  return results;
}

/** @param {string} engine @param {string} [part] */
const node = (engine, part) =>
  measure(process.execPath, [path.join(here, 'node.mjs'), engine, ...(part ? [part] : [])], {
    KERAS_PRIMER_BACKEND: 'wasm',
  });

/** @param {string} command @param {string[]} args */
function must(command, args) {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0)
    throw new Failure(`${command} ${args.join(' ')} failed; its messages are above.`, {
      details: error?.message ?? stderr,
    });
}

function kerasPython() {
  const venv = path.join(cache, 'venv');
  const python = path.join(
    venv,
    ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']),
  );
  if (!existsSync(python)) must(process.platform === 'win32' ? 'py' : 'python3', ['-m', 'venv', venv]);
  must(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages]);
  return python;
}

/** MB above the kernel's start that the IMDB case takes there, if the kernel is installed. */
async function inKernel() {
  const python = venvPython(root, process.platform);
  if (!existsSync(python)) return undefined;
  const notebook = path.join(root, 'notebooks', '03-imdb.ipynb');
  const results = await measure(python, [path.join(here, 'kernelMemory.py'), notebook], {
    KERAS_PRIMER_BACKEND: 'wasm',
  });
  return results.get('kernel');
}

/** The loop in C, if there is a C compiler: µs a step, and the machine's peak. */
function inC() {
  const program = path.join(cache, 'loop');
  const flags = ['-O3', '-march=native', '-mprefer-vector-width=128', '-ffp-contract=off', '-fno-math-errno'];
  const compiled = spawnSync(process.env.CC ?? 'cc', [
    ...flags,
    path.join(here, 'loop.c'),
    '-o',
    program,
    '-lm',
  ]);
  if (compiled.status !== 0) return undefined;
  const { stdout } = spawnSync(program, { encoding: 'utf8' });
  /** @type {{ batch1: number, batch16: number, gflops: number, gbs: number }} */
  const result = JSON.parse(stdout);
  return result;
}

const scale = { 'µs a step': 1e6, 'ms an epoch': 1e3, s: 1 };

/** @param {number} value */
const short = value => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));

/** @param {string[][]} rows */
function table(rows) {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map(row => row[i]?.length ?? 0)));
  for (const row of rows) {
    console.log(
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join('  '),
    );
  }
}

/**
 * The times of a program in Python, on each back end of Keras; none without Python.
 * @param {string | undefined} python
 * @param {string} program
 */
async function inKeras(python, program) {
  /** @type {[string, Map<string, Result>][]} */
  const peers = [];
  if (python === undefined) return peers;
  for (const [name, backend] of /** @type {const} */ ([
    ['Keras JAX', 'jax'],
    ['Keras TF', 'tensorflow'],
  ])) {
    const env = { KERAS_BACKEND: backend, TF_CPP_MIN_LOG_LEVEL: '3', PYTHONUTF8: '1' };
    peers.push([name, await measure(python, [path.join(here, program)], env)]);
  }
  return peers;
}

/** The chapter's dense nets on the compiled engine. @param {string | undefined} python */
async function dense(python) {
  needRealData(home);
  /** @type {[string, Map<string, Result>][]} */
  const peers = [];
  const compiled = await node('compiled');
  for (const part of ['study', 'first', 'memory', 'chapter']) {
    for (const [work, result] of await node('compiled', part)) compiled.set(work, result);
  }
  const kernel = await inKernel();
  const c = inC();
  peers.push(['tfjs wasm', await node('tfjs')]);
  peers.push(...(await inKeras(python, 'peer.py')));

  const rows = [['', '', 'compiled', ...peers.flatMap(([name]) => [name, 'times'])]];
  for (const [key, { name, unit }] of Object.entries(works)) {
    const own = compiled.get(key)?.seconds ?? NaN;
    const others = peers.flatMap(([, results]) => {
      const other = results.get(key)?.seconds ?? NaN;
      return [short(other * scale[unit]), `${short(other / own)}×`];
    });
    rows.push([name, unit, short(own * scale[unit]), ...others]);
  }
  table(rows);
  console.log('Best of twelve seconds, at least three times, after one for warming up.');
  for (const [name, results] of peers) {
    const notes = [...results.values()].filter(({ note }) => note).map(({ work, note }) => `${work} ${note}`);
    if (notes.length > 0) console.log(`${name}, scaled: ${notes.join('; ')}.`);
  }

  const seconds = (/** @type {string} */ work) => compiled.get(work)?.seconds ?? NaN;
  console.log('');
  if (c) {
    table([
      ['Distance from the limit', 'MFLOP', 'GFLOP/s', 'of peak', 'MB', 'GB/s'],
      ...Object.entries(works).flatMap(([key, { name, steps = 1, flops, bytes }]) => {
        if (flops === undefined || bytes === undefined) return [];
        const rate = (flops * steps) / seconds(key) / 1e9;
        const flow = (bytes * steps) / seconds(key) / 1e9;
        return [
          [
            name,
            short((flops * steps) / 1e6),
            short(rate),
            `${short((100 * rate) / c.gflops)} %`,
            short((bytes * steps) / 1e6),
            short(flow),
          ],
        ];
      }),
    ]);
    console.log(
      `Peak of one core, 128-bit vectors, measured: ${c.gflops} GFLOP/s; reading from memory ${c.gbs} GB/s. The same loop in C: ` +
        `${short(c.batch1)} µs (batch 1), ${short(c.batch16)} µs (batch 16).\n`,
    );
  } else console.log('No C compiler here: the loop in C and the peak of the machine were not measured.\n');

  /** @type {Target[]} */
  const targets = [
    ['Boston, batch 1: µs a step', seconds('boston1') * 1e6, 4, 'at most'],
    ['Boston, batch 16: µs a step', seconds('boston16') * 1e6, 35, 'at most'],
    ['All training of the chapter: s', seconds('chapter'), 6, 'at most'],
    ['First fit of a process, over a later one: ms', seconds('first') * 1e3, 300, 'at most'],
    ['IMDB case in a plain script, peak: MB', seconds('memory'), 450, 'at most'],
  ];
  if (kernel) {
    targets.push([
      "IMDB case in the kernel, peak above the kernel's start: MB",
      kernel.seconds,
      350,
      'at most',
    ]);
  } else console.log('No kernel here (npm start -- --setup-only): its memory was not measured.\n');
  if (c) {
    targets.push(['Times of the loop in C, batch 1', (seconds('boston1') * 1e6) / c.batch1, 1.5, 'at most']);
    targets.push([
      'Times of the loop in C, batch 16',
      (seconds('boston16') * 1e6) / c.batch16,
      1.5,
      'at most',
    ]);
  }
  for (const [name, results] of peers) {
    const times = (/** @type {string} */ work) => (results.get(work)?.seconds ?? NaN) / seconds(work);
    if (name === 'tfjs wasm')
      targets.push(['Boston study, times faster than tfjs wasm', times('study'), 300, 'at least']);
    if (name === 'Keras JAX') {
      targets.push(['Boston study, times faster than Keras on JAX', times('study'), 60, 'at least']);
      targets.push(['IMDB, 20 epochs, times faster than Keras on JAX', times('imdb20'), 12, 'at least']);
      targets.push(['Reuters sweep, times faster than Keras on JAX', times('sweep'), 12, 'at least']);
    }
  }
  return targets;
}

/** Convolution and recurrence on the wasm back end. @param {string | undefined} python */
async function kernels(python) {
  const on = (/** @type {string} */ backend) =>
    measure(process.execPath, [path.join(here, 'kernels.mjs'), backend]);
  const own = await on('wasm');
  const peers = await inKeras(python, 'kernels.py');
  if (hasNative()) peers.push(['tfjs-node', await on('native')]);
  const { rows, targets } = kernelTable(own, peers);
  table(rows);
  console.log(
    `Median after the first epoch.${hasNative() ? '' : ' Without tfjs-node, which is not installed: npm run engine -- install cpu.'}\n`,
  );
  return targets;
}

function hasNative() {
  /** @type {typeof import('../src/index.ts')} */
  const { engines } = createRequire(import.meta.url)(path.join(root, 'dist', 'index.js'));
  return engines().some(({ name, state }) => name === 'native' && state !== 'missing');
}

await runMain(async () => {
  const { values } = parseOptions(
    process.argv.slice(2),
    { keras: { type: 'boolean' }, kernels: { type: 'boolean' }, help: { type: 'boolean' } },
    'npm run bench --',
  );
  if (values['help']) {
    console.log(help);
    return 0;
  }
  await build(root);
  mkdirSync(cache, { recursive: true });
  console.log(
    `${cpus()[0]?.model}, ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}, Node ${process.versions.node}.\n`,
  );

  const python = values.keras ? kerasPython() : undefined;
  /** @type {Target[]} */
  const targets = values.kernels ? [] : await dense(python);
  targets.push(...(await kernels(python)));

  let missed = 0;
  table([
    ['Target', 'wanted', 'measured', ''],
    ...targets.map(([name, value, bound, kind]) => {
      const met = kind === 'at most' ? value <= bound : value >= bound;
      if (!met) missed++;
      return [name, `${kind} ${bound}`, short(value), met ? 'met' : 'UNMET'];
    }),
  ]);
  return missed === 0 ? 0 : 1;
});
