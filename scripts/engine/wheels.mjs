import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../cli/Failure.mjs';
import { diagnose } from '../setup/diagnose.mjs';
import { run } from '../setup/run.mjs';
import { folderSize } from './size.mjs';

/** What the binding is compiled and linked against. */
const ofTensorFlow = [
  'tensorflow/libtensorflow_cc.so.2',
  'tensorflow/libtensorflow_framework.so.2',
  'tensorflow/include/tensorflow/c/*.h',
  'tensorflow/include/tensorflow/core/platform/ctstring*.h',
  'tensorflow/include/tsl/*.h',
  'tensorflow/include/xla/tsl/c/*.h',
];

/** What TensorFlow loads at run time, from beside its own folder. */
const ofNvidia = ['nvidia/*/lib/*', 'nvidia/cuda_nvcc/bin/*', 'nvidia/cuda_nvcc/nvvm/*'];

const licences = ['*.dist-info/*LICENSE*', '*.dist-info/*License*', '*.dist-info/METADATA'];

/**
 * Fetches wheels one after another by pip, which checks their hashes, and keeps what an engine needs of each.
 * @param {import('./catalog.mjs').Wheel[]} wheels
 * @param {object} context
 * @param {string} context.python one with pip
 * @param {string} context.folder gets the files
 * @param {string} context.work for what is only needed meanwhile
 * @param {string[]} context.tags platform tags
 * @param {import('./here.mjs').Here} context.here
 * @param {AbortSignal} context.signal
 * @param {(bytes: number) => void} context.onProgress bytes so far, of all
 */
export async function fetchWheels(wheels, { python, folder, work, tags, here, signal, onProgress }) {
  let before = 0;
  for (const wheel of wheels) {
    const temporary = path.join(work, 'pip');
    const target = path.join(work, 'wheels');
    await mkdir(temporary, { recursive: true });
    await mkdir(target, { recursive: true });
    const list = path.join(work, 'wheel.txt');
    await writeFile(list, `${wheel.name}==${wheel.version} --hash=sha256:${wheel.sha256}\n`);
    const args = [
      '-m',
      'pip',
      'download',
      '--no-deps',
      '--only-binary=:all:',
      '--require-hashes',
      '--no-cache-dir',
    ];
    args.push(
      '--disable-pip-version-check',
      '--no-input',
      '--progress-bar=off',
      '--retries=2',
      '--timeout=30',
    );
    args.push('--implementation=cp', '--python-version=3.11', ...tags.map(tag => `--platform=${tag}`));
    args.push('-d', target, '-r', list);
    const watch = setInterval(() => {
      void Promise.all([folderSize(temporary), folderSize(target)]).then(([a, b]) =>
        onProgress(before + Math.min(wheel.bytes, Math.max(a, b))),
      );
    }, 500);
    const { code, output, error } = await run(
      { command: python, args },
      { env: { ...here.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary }, signal },
    ).finally(() => clearInterval(watch));
    signal.throwIfAborted();
    if (code !== 0) throw diagnoseWheel(wheel, output, error);
    const [file] = (await readdir(target)).filter(name => name.endsWith('.whl'));
    if (file === undefined)
      throw new Failure(
        `pip said it fetched ${wheel.name}, but there is no file of it. Run the command again.`,
      );
    await extract(
      python,
      path.join(target, file),
      folder,
      wheel.name.startsWith('nvidia') ? ofNvidia : ofTensorFlow,
      signal,
    );
    await rm(temporary, { recursive: true, force: true });
    await rm(target, { recursive: true, force: true });
    before += wheel.bytes;
    onProgress(before);
  }
}

/**
 * @param {string} python
 * @param {string} file
 * @param {string} folder
 * @param {string[]} patterns
 * @param {AbortSignal} signal
 */
export async function extract(python, file, folder, patterns, signal) {
  const args = [path.join(import.meta.dirname, 'extract.py'), file, folder, ...patterns, ...licences];
  const { code, output } = await run({ command: python, args }, { signal });
  signal.throwIfAborted();
  if (code === 0) return;
  if (/No space left|ENOSPC/.test(output)) throw diagnose('pip', output);
  throw new Failure(
    `${path.basename(file)} is not a wheel that can be read. Run the command again; if it stays so, ask whoever runs your package index.`,
    { details: output.trimEnd().split('\n').slice(-1).join('') },
  );
}

/** @param {import('./catalog.mjs').Wheel} wheel @param {string} output @param {NodeJS.ErrnoException | null} error */
export function diagnoseWheel(wheel, output, error = null) {
  if (/DO NOT MATCH THE HASHES|THESE PACKAGES DO NOT MATCH/i.test(output)) {
    return new Failure(
      `What your Python package index gave as ${wheel.name} ${wheel.version} is not the file that is expected (its SHA-256 differs). Nothing of it was used; use the public index, or run the command again if the download was cut off.`,
    );
  }
  if (/No space left on device|ENOSPC/.test(output)) {
    return new Failure('The disk became full. Free some and run the command again.');
  }
  const failure = diagnose('pip', output, error);
  // Unlike the set-up, an engine's download leaves nothing outside its folder.
  const message = failure.message.replace('; what is already downloaded is kept', '');
  return new Failure(message, { details: failure.details });
}
