import { spawn } from 'node:child_process';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure } from '../cli/Failure.mjs';
import { parseOptions } from '../cli/parseOptions.mjs';
import { runMain } from '../cli/runMain.mjs';
import { jupyterEnvironment } from '../setup/commands.mjs';
import { setup } from '../setup/setup.mjs';
import { labArguments, labSettings } from './labArguments.mjs';
import { portIsFree } from './portIsFree.mjs';
import { watchSources } from './watchSources.mjs';

const help = `npm run lab [-- options]

Sets everything up and opens JupyterLab on notebooks/ with the kernel ready. A change of src/ is built at once.

  --no-browser       print the address, open no browser
  --port <number>    the port to use (default 8888, or the next free one)
  --folder <path>    open another folder of the checkout instead of notebooks/
  --help             this text`;

/** @param {string[]} argv */
export function main(argv) {
  return runMain(async () => {
    const { values, positionals } = parseOptions(
      argv,
      {
        'no-browser': { type: 'boolean' },
        port: { type: 'string' },
        folder: { type: 'string' },
        help: { type: 'boolean' },
      },
      'npm run lab --',
    );
    if (values['help']) {
      console.log(help);
      return 0;
    }
    if (positionals.length > 0) {
      throw new Failure(
        `npm run lab takes no ${positionals[0]}: it opens all of notebooks/. \`npm run lab -- --help\` lists the options.`,
      );
    }
    const port = values['port'] === undefined ? null : Number(values['port']);
    if (port !== null && !(Number.isInteger(port) && port > 0 && port < 65536)) {
      throw new Failure(
        `--port must be a number from 1 to 65535, and it is ${values['port']}. Choose one, as in \`npm run lab -- --port 8889\`.`,
      );
    }
    if (port !== null && !(await portIsFree(port))) {
      throw new Failure(
        `Port ${port} is in use. Choose another, as in \`npm run lab -- --port ${port === 65535 ? 8888 : port + 1}\`, or leave --port out.`,
      );
    }
    const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');
    const folder = path.resolve(
      process.env['INIT_CWD'] ?? process.cwd(),
      String(values['folder'] ?? path.join(root, 'notebooks')),
    );
    if (
      path.relative(root, folder).startsWith('..') ||
      !(await stat(folder).then(
        info => info.isDirectory(),
        () => false,
      ))
    ) {
      throw new Failure(
        `--folder must be a folder inside ${root}, where notebooks find keras-primer, and it is ${folder}. Choose one there, or leave --folder out.`,
      );
    }
    const { python } = await setup(root);
    const environment = jupyterEnvironment(root, process.platform);
    for (const name of ['JUPYTER_CONFIG_DIR', 'JUPYTER_RUNTIME_DIR'])
      await mkdir(environment[name] ?? '', { recursive: true });
    for (const [plugin, settings] of Object.entries(labSettings))
      await writeSettings(environment['JUPYTERLAB_SETTINGS_DIR'] ?? '', plugin, settings);

    const unwatch = watchSources(root, line => console.log(`\n${line}\n`));
    const server = spawn(
      python,
      [
        fileURLToPath(new URL('serve.py', import.meta.url)),
        ...labArguments({
          root,
          folder,
          platform: process.platform,
          browser: !values['no-browser'],
          port,
          isRoot: process.getuid?.() === 0,
        }),
      ],
      { cwd: root, env: { ...process.env, ...environment }, stdio: ['pipe', 'inherit', 'inherit'] },
    );
    server.stdin?.on('error', () => {});
    // The server hears the terminal's Ctrl-C itself; for other signals its input is closed, which ends it and its kernels.
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
      process.on(signal, () => server.stdin?.end());
    const code = await new Promise((resolve, reject) => {
      server.on('error', reject);
      server.on('close', resolve);
    });
    unwatch();
    return code ?? 0;
  });
}

/**
 * A user setting as JupyterLab stores it; one that is there already is the user's.
 * @param {string} folder @param {string} plugin @param {object} settings
 */
async function writeSettings(folder, plugin, settings) {
  const [name = '', setting = ''] = plugin.split(':');
  const file = path.join(folder, name, `${setting}.jupyterlab-settings`);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(settings, null, 2)}\n`, { flag: 'wx' }).catch(error => {
    if (error.code !== 'EEXIST') throw error;
  });
}
