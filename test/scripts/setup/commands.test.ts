import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  jupyterEnvironment,
  kernelFolder,
  npmCommand,
  pythonCandidates,
  venvPython,
} from '../../../scripts/setup/commands.mjs';

const posixRoot = '/home/学习 者/keras primer';
const windowsRoot = 'C:\\Users\\学习 者\\keras primer';

describe('commands of each platform', () => {
  it('venvPython', () => {
    assert.equal(venvPython(posixRoot, 'linux'), '/home/学习 者/keras primer/.venv/bin/python');
    assert.equal(venvPython(posixRoot, 'darwin'), '/home/学习 者/keras primer/.venv/bin/python');
    assert.equal(
      venvPython(windowsRoot, 'win32'),
      'C:\\Users\\学习 者\\keras primer\\.venv\\Scripts\\python.exe',
    );
  });

  it('kernelFolder lies inside .venv', () => {
    assert.equal(kernelFolder('/a b', 'linux'), '/a b/.venv/share/jupyter/kernels/keras-primer');
    assert.equal(kernelFolder('C:\\a b', 'win32'), 'C:\\a b\\.venv\\share\\jupyter\\kernels\\keras-primer');
  });

  it('pythonCandidates: py -3 first on Windows, python3 first elsewhere, the named one alone', () => {
    assert.deepEqual(pythonCandidates('win32', {}).slice(0, 3), [
      { command: 'py', args: ['-3'] },
      { command: 'python', args: [] },
      { command: 'python3', args: [] },
    ]);
    assert.deepEqual(pythonCandidates('darwin', {}).slice(0, 3), [
      { command: 'python3', args: [] },
      { command: 'python', args: [] },
      { command: 'python3.14', args: [] },
    ]);
    assert.deepEqual(pythonCandidates('linux', { KERAS_PRIMER_PYTHON: '/opt/p y/python' }), [
      { command: '/opt/p y/python', args: [] },
    ]);
  });

  it('npmCommand: by the script that npm names, else npm, on Windows npm.cmd through a shell', () => {
    const node = '/usr/bin/node';
    const script = '/usr/lib/node_modules/npm/bin/npm-cli.js';
    assert.deepEqual(npmCommand(['ci'], { platform: 'linux', env: { npm_execpath: script }, node }), {
      command: node,
      args: [script, 'ci'],
    });
    assert.deepEqual(npmCommand(['ci'], { platform: 'linux', env: {}, node }), {
      command: 'npm',
      args: ['ci'],
    });
    assert.deepEqual(npmCommand(['ci'], { platform: 'win32', env: {}, node }), {
      command: 'npm.cmd',
      args: ['ci'],
      shell: true,
    });
    // Another package manager names its own script there, which does not know `ci`.
    assert.deepEqual(npmCommand(['ci'], { platform: 'linux', env: { npm_execpath: '/x/yarn.js' }, node }), {
      command: 'npm',
      args: ['ci'],
    });
  });

  it('jupyterEnvironment: every folder that Jupyter writes to is inside the checkout', () => {
    for (const [platform, root, separator] of [
      ['linux', posixRoot, '/'],
      ['darwin', posixRoot, '/'],
      ['win32', windowsRoot, '\\'],
    ] as const) {
      const environment = jupyterEnvironment(root, platform);
      const folders = Object.entries(environment).filter(([name]) => /_DIR$|DIR$/.test(name));
      assert.equal(folders.length, 6);
      for (const [name, folder] of folders) {
        assert.ok(folder.startsWith([root, '.cache', 'jupyter', ''].join(separator)), `${name}=${folder}`);
      }
    }
  });
});
