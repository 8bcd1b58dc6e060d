// How programs and folders are called on each platform: pure functions, so that all three are tested on one machine.
import nodePath from 'node:path';

/** @typedef {{ command: string, args: string[], shell?: boolean }} Command */

/**
 * The path rules of a platform.
 * @param {NodeJS.Platform} platform
 * @returns {import('node:path').PlatformPath}
 */
export function pathOf(platform) {
  return platform === 'win32' ? nodePath.win32 : nodePath.posix;
}

/**
 * The Python of the virtual environment.
 * @param {string} root the checkout
 * @param {NodeJS.Platform} platform
 * @returns {string}
 */
export function venvPython(root, platform) {
  const path = pathOf(platform);
  return platform === 'win32'
    ? path.join(root, '.venv', 'Scripts', 'python.exe')
    : path.join(root, '.venv', 'bin', 'python');
}

/**
 * Where the kernel spec goes: inside the virtual environment, never into the user's Jupyter folders.
 * @param {string} root
 * @param {NodeJS.Platform} platform
 * @returns {string}
 */
export function kernelFolder(root, platform) {
  return pathOf(platform).join(root, '.venv', 'share', 'jupyter', 'kernels', 'keras-primer');
}

/**
 * The Pythons to try, best first. `KERAS_PRIMER_PYTHON` is the only one when it is set.
 * @param {NodeJS.Platform} platform
 * @param {NodeJS.ProcessEnv} env
 * @returns {Command[]}
 */
export function pythonCandidates(platform, env) {
  if (env['KERAS_PRIMER_PYTHON']) return [{ command: env['KERAS_PRIMER_PYTHON'], args: [] }];
  const versions = ['3.14', '3.13', '3.12', '3.11', '3.10'];
  if (platform === 'win32') {
    return [
      { command: 'py', args: ['-3'] },
      { command: 'python', args: [] },
      { command: 'python3', args: [] },
      ...versions.map(version => ({ command: 'py', args: [`-${version}`] })),
    ];
  }
  return ['python3', 'python', ...versions.map(version => `python${version}`)].map(command => ({
    command,
    args: [],
  }));
}

/**
 * How npm is called. Under `npm start` npm names its own script; a bare `npm.cmd` needs a shell on Windows.
 * @param {string[]} args
 * @param {{ platform: NodeJS.Platform, env: NodeJS.ProcessEnv, node: string }} here
 * @returns {Command}
 */
export function npmCommand(args, { platform, env, node }) {
  const script = env['npm_execpath'];
  if (script && /npm-cli\.c?js$/.test(script)) return { command: node, args: [script, ...args] };
  if (platform === 'win32') return { command: 'npm.cmd', args, shell: true };
  return { command: 'npm', args };
}

/**
 * What JupyterLab is told so that it reads and writes nothing outside the checkout.
 * @param {string} root
 * @param {NodeJS.Platform} platform
 * @returns {Record<string, string>}
 */
export function jupyterEnvironment(root, platform) {
  const path = pathOf(platform);
  const inside = (/** @type {string[]} */ ...parts) => path.join(root, '.cache', 'jupyter', ...parts);
  return {
    JUPYTER_CONFIG_DIR: inside('config'),
    JUPYTER_DATA_DIR: inside('data'),
    JUPYTER_RUNTIME_DIR: inside('runtime'),
    JUPYTERLAB_SETTINGS_DIR: inside('settings'),
    JUPYTERLAB_WORKSPACES_DIR: inside('workspaces'),
    IPYTHONDIR: inside('ipython'),
    JUPYTER_PREFER_ENV_PATH: '1',
    JUPYTER_PLATFORM_DIRS: '1',
    PYTHONNOUSERSITE: '1',
    PYTHONUTF8: '1',
    PYTHONIOENCODING: 'utf-8',
  };
}
