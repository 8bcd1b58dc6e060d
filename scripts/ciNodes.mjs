// `npm run test:nodes -- [versions]`: the tests of library, kernel and engines, then all notebooks, on other versions of Node (22, 24 and 26 unless
// named), which it fetches as the npm package `node` into a temporary folder, about 200 MB each. The checkout must be set up. Where `npm run engine`
// has installed a native engine, it is tried too. The last line is `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure } from './cli/Failure.mjs';
import { parseOptions } from './cli/parseOptions.mjs';
import { runMain } from './cli/runMain.mjs';
import { npmCommand } from './setup/commands.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const startScript = path.join(root, 'scripts', 'start.mjs');
const help = `npm run test:nodes [-- versions]

Tests on other versions of Node: 22, 24 and 26 unless named. About 200 MB each.

  --help     this text`;

let folder = '';
let passed = 0;
let failed = 0;

await runMain(async () => {
  const { values, positionals } = parseOptions(
    process.argv.slice(2),
    { help: { type: 'boolean' } },
    'npm run test:nodes --',
  );
  if (values['help']) {
    console.log(help);
    return 0;
  }
  const wrong = positionals.find(version => !/^\d+(\.\d+){0,2}$/.test(version));
  if (wrong !== undefined)
    throw new Failure(`Expected versions of Node such as 22 or 24.1.0, received ${wrong}.`);
  folder = await mkdtemp(path.join(os.tmpdir(), 'keras-primer-nodes-'));
  try {
    for (const version of positionals.length > 0 ? positionals : ['22', '24', '26']) {
      const node = await fetchNode(version);
      console.log(`\n-- Node ${version}`);
      test(node, version, ['--config', path.join(root, '.mocharc.unit.json')], {});
      const engines = [
        'test/engines/suite/suite.test.ts',
        'test/engines/native/*.test.ts',
        'test/engines/backend.test.ts',
      ];
      test(node, version, engines, { KERAS_PRIMER_BACKEND: '' });
      notebooks(node, version);
    }
  } finally {
    // The kernel spec names the Node that set it up.
    spawnSync(process.execPath, [startScript, '--setup-only'], { cwd: root, stdio: 'inherit' });
    await rm(folder, { recursive: true, force: true });
  }
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
});

/** @param {string} version @returns {Promise<string>} the program */
async function fetchNode(version) {
  // npm runs the installation scripts of named packages only.
  const manifest = { private: true, allowScripts: { node: true } };
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
  const { command, args, shell } = npmCommand(
    ['install', '--no-audit', '--no-fund', '--loglevel=error', `node@${version}`],
    {
      platform: process.platform,
      env: process.env,
      node: process.execPath,
    },
  );
  const { status } = spawnSync(command, args, { cwd: folder, stdio: 'inherit', shell: shell ?? false });
  if (status !== 0) throw new Error(`npm could not fetch node@${version}; its messages are above.`);
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  return path.join(folder, 'node_modules', 'node', 'bin', name);
}

/** The environment in which `node` is this version, as kernel specs have it. @param {string} node */
function environment(node) {
  return { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env['PATH'] ?? ''}` };
}

/** Executes every notebook with kernels of this version. @param {string} node @param {string} version */
function notebooks(node, version) {
  const { status, stdout, stderr } = spawnSync(node, [startScript], {
    cwd: root,
    encoding: 'utf8',
    env: environment(node),
  });
  const table = stdout.slice(stdout.indexOf('notebook  '));
  console.log(`Node ${version}, the notebooks:\n${table}`);
  if (status === 0) passed += 1;
  else {
    failed += 1;
    console.log(`FAILED: the notebooks on Node ${version}\n${stderr.slice(-2000)}`);
  }
}

/** @param {string} node @param {string} version @param {string[]} args @param {NodeJS.ProcessEnv} env */
function test(node, version, args, env) {
  const mocha = path.join(root, 'node_modules', 'mocha', 'bin', 'mocha.js');
  const { stdout, stderr } = spawnSync(node, [mocha, '--reporter', 'json', ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...environment(node), ...env },
  });
  const start = stdout.indexOf('{\n  "stats"');
  if (start < 0) {
    failed += 1;
    console.log(`FAILED: the tests ended without their counts\n${stderr.slice(-2000)}`);
    return;
  }
  /** @type {{ stats: { passes: number, failures: number, duration: number }, failures: { fullTitle: string, err: { message?: string } }[] }} */
  const { stats, failures } = JSON.parse(stdout.slice(start));
  passed += stats.passes;
  failed += stats.failures;
  console.log(
    `Node ${version}: ${stats.passes} passed, ${stats.failures} failed in ${Math.round(stats.duration / 1000)} s`,
  );
  for (const { fullTitle, err } of failures) console.log(`FAILED: ${fullTitle}\n    ${err.message ?? ''}`);
}
