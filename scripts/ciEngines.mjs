// `node scripts/ciEngines.mjs`: installs both native engines from nothing, runs the tests that concern them, and removes them again. It needs
// about 1 GB of downloads and a C++ compiler; the checkout must be set up (`npm ci`). The last line is `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const engine = path.join(root, 'scripts', 'engine.mjs');
const mocha = path.join(root, 'node_modules', 'mocha', 'bin', 'mocha.js');
const tests = [
  'test/engines/suite/suite.test.ts',
  'test/engines/native/*.test.ts',
  'test/engines/backend.test.ts',
];
let passed = 0;
let failed = 0;

if (existsSync(path.join(root, '.cache', 'engines'))) {
  console.error('An engine is installed already. Remove it (`npm run engine -- remove`) and run this again.');
  process.exit(1);
}

// The GPU build without CUDA first: it computes on the processor with the newer library, whose int32 `round` needs the mend.
for (const [kind, ...options] of [['gpu', '--without-cuda'], ['cpu']]) {
  const source = ['--source', 'wheel'];
  const installed = check(`install ${kind}`, [engine, 'install', String(kind), ...options, ...source]);
  check(`status with ${kind}`, [engine, 'status'], 'works, on the processor');
  if (installed) countTests();
  check(`remove ${kind}`, [engine, 'remove', String(kind)]);
  count(!existsSync(path.join(root, '.cache', 'engines')), 'the removal leaves nothing');
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** @param {string} name @param {string[]} args @param {string} [expected] what it must print */
function check(name, args, expected = '') {
  console.log(`\n-- ${name}`);
  const { status, stdout } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.stdout.write(stdout);
  const good = status === 0 && stdout.includes(expected);
  count(good, name);
  return good;
}

/** Runs the tests and adds their counts; a native engine must have been among what they ran on. */
function countTests() {
  const { stdout } = spawnSync(process.execPath, [mocha, '--reporter', 'json', ...tests], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1 << 26,
    env: { ...process.env, KERAS_PRIMER_BACKEND: '' },
  });
  const start = stdout.indexOf('{\n  "stats"');
  /** @type {{ stats: { passes: number, failures: number }, tests: { fullTitle: string, err: { message?: string } }[] }} */
  const report =
    start < 0 ? { stats: { passes: 0, failures: 1 }, tests: [] } : JSON.parse(stdout.slice(start));
  for (const { fullTitle, err } of report.tests) {
    console.log(
      `  ${err.message === undefined ? 'passed' : 'FAILED'}: ${fullTitle}${err.message ? `\n    ${err.message}` : ''}`,
    );
  }
  passed += report.stats.passes;
  failed += report.stats.failures;
  const native = report.tests.some(({ fullTitle }) =>
    fullTitle.endsWith('gives on native what it gives on cpu'),
  );
  count(native, 'the suite ran on the native back end');
}

/** @param {boolean} good @param {string} name */
function count(good, name) {
  if (good) passed += 1;
  else {
    failed += 1;
    console.log(`FAILED: ${name}`);
  }
}
