import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure } from '../cli/Failure.mjs';
import { parseOptions } from '../cli/parseOptions.mjs';
import { runMain } from '../cli/runMain.mjs';
import { jupyterEnvironment } from '../setup/commands.mjs';
import { setup } from '../setup/setup.mjs';
import { findChromium } from './findChromium.mjs';
import { findFirefox } from './findFirefox.mjs';
import { summary, total } from './summary.mjs';

const help = `npm test [-- options]      npm run test:browser

Sets everything up and runs the tests: of the library and the scripts, then of the notebooks. The tests
in a browser need Chromium and run apart; what they ask of Firefox too is run where one is installed.

  --browser          the tests in a browser, instead of the others
  --grep <pattern>   only tests whose name matches
  --help             this text`;

/** @param {string[]} argv */
export function main(argv) {
  return runMain(async () => {
    const { values, positionals } = parseOptions(
      argv,
      { browser: { type: 'boolean' }, grep: { type: 'string' }, help: { type: 'boolean' } },
      'npm test --',
    );
    if (values['help']) {
      console.log(help);
      return 0;
    }
    if (positionals.length > 0) {
      throw new Failure(
        `npm test takes no file names. One file: \`npx mocha ${positionals[0]}\`; one test: \`npm test -- --grep <name>\`.`,
      );
    }
    const [chromium, firefox] = await Promise.all([findChromium(), findFirefox()]);
    if (values['browser'] && !chromium) {
      throw new Failure(
        'The browser tests need Chromium or Chrome, and none was found. Install one (Debian and Ubuntu: `sudo apt install chromium`) or name it in KERAS_PRIMER_CHROMIUM, and run the command again.',
      );
    }
    const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');
    await setup(root);

    const countsFile = path.join(root, '.cache', 'test', `counts-${process.pid}.jsonl`);
    await mkdir(path.dirname(countsFile), { recursive: true });
    await rm(countsFile, { force: true });
    const env = {
      ...process.env,
      ...jupyterEnvironment(root, process.platform),
      KERAS_PRIMER_TEST_COUNTS: countsFile,
      ...(chromium ? { KERAS_PRIMER_CHROMIUM: chromium } : {}),
      ...(firefox ? { KERAS_PRIMER_FIREFOX: firefox } : {}),
    };
    const configs = values['browser']
      ? ['.mocharc.browser.json']
      : ['.mocharc.unit.json', '.mocharc.notebooks.json'];
    let code = 0;
    for (const config of configs) {
      const args = [
        path.join(root, 'node_modules', 'mocha', 'bin', 'mocha.js'),
        '--config',
        path.join(root, config),
      ];
      args.push('--reporter', path.join(root, 'scripts', 'testing', 'CountingReporter.cjs'));
      if (typeof values['grep'] === 'string') args.push('--grep', values['grep']);
      code = Math.max(code, await runHere(process.execPath, args, { cwd: root, env }));
    }
    const lines = (await readFile(countsFile, 'utf8').catch(() => '')).split('\n').filter(Boolean);
    await rm(countsFile, { force: true });
    if (lines.length < configs.length)
      throw new Failure('The tests ended before they had all run; the reason is above.');
    const counts = total(lines.map(line => JSON.parse(line)));
    if (!values['browser'])
      counts.notRun.push(
        `browser: the tests in a browser (\`npm run test:browser\`${chromium ? '' : ', which needs Chromium'})`,
      );
    console.log(`\n${summary(counts)}`);
    return code === 0 && counts.failed === 0 ? 0 : 1;
  });
}

/**
 * Runs a program in this terminal.
 * @param {string} command @param {string[]} args @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<number>} its exit code, 1 when a signal ended it
 */
function runHere(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: 'inherit' });
    child.on('error', reject);
    child.on('close', code => resolve(code ?? 1));
  });
}
