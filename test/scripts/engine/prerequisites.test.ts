import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
  buildFor,
  findCompiler,
  needDisk,
  needNodePackages,
  pythonFor,
} from '../../../scripts/engine/prerequisites.mjs';

const machine = { platform: 'linux' as NodeJS.Platform, arch: 'x64', glibc: '2.36', env: {}, node: 'node' };
const failure = (message: string) => ({ name: 'Failure', message });

describe('the prerequisites of an engine', () => {
  it('have a pinned build for Linux', () => {
    assert.equal(buildFor('cpu', machine).library.name, 'tensorflow-cpu');
    assert.equal(buildFor('cpu', { ...machine, arch: 'arm64' }).library.name, 'tensorflow-cpu-aws');
    const { library, cuda } = buildFor('gpu', machine);
    for (const { sha256, version } of [library, ...cuda]) {
      assert.match(sha256, /^[0-9a-f]{64}$/);
      assert.match(version, /^[\d.]+$/);
    }
    assert.equal(cuda.length, 12);
  });

  it('name the platform they lack', () => {
    assert.throws(
      () => buildFor('cpu', { ...machine, platform: 'darwin', arch: 'arm64' }),
      failure(
        "The cpu engine can be compiled on linux x64 and linux arm64, and this is darwin arm64. Only TensorFlow.js' own download serves it, and its host does not answer; try where it does, or go on with WebAssembly.",
      ),
    );
    assert.throws(
      () => buildFor('gpu', { ...machine, arch: 'arm64' }),
      failure(
        'The gpu engine can be compiled on linux x64, and this is linux arm64. Go on with WebAssembly, which needs nothing.',
      ),
    );
    assert.throws(
      () => buildFor('cpu', { ...machine, glibc: null }),
      failure(
        "TensorFlow's library needs the GNU C library, which this Linux does not use (Alpine uses musl). Take a Debian, Ubuntu or Fedora, or go on with WebAssembly, which needs nothing.",
      ),
    );
    assert.throws(
      () => buildFor('gpu', { ...machine, glibc: '2.17' }),
      failure(
        'TensorFlow 2.21.0 needs the GNU C library 2.27 or newer, and this system has 2.17. Take a newer system, or go on with WebAssembly, which needs nothing.',
      ),
    );
  });

  it('say what is missing', async () => {
    const root = mkdtempSync(path.join(os.tmpdir(), 'kp engine '));
    try {
      assert.throws(
        () => needNodePackages(root),
        failure(
          "The engine shares the checkout's node packages, and @tensorflow/tfjs is not there. Run `npm ci`, and run the command again.",
        ),
      );
      await assert.rejects(
        findCompiler({ PATH: root }),
        failure(
          "No C++ compiler was found, and the engine's binding has to be compiled. Install one (Debian and Ubuntu: `sudo apt install g++`; Fedora: `sudo dnf install gcc-c++`) and run the command again.",
        ),
      );
      await assert.rejects(
        findCompiler({ PATH: root, CXX: '/no/g++' }),
        failure(
          'CXX names /no/g++, which does not run as a compiler. Correct or unset the variable and run the command again.',
        ),
      );
      await assert.rejects(pythonFor(root, { ...machine, env: { PATH: root } }), { name: 'Failure' });
      await assert.rejects(
        needDisk(root, 2e9, () => Promise.resolve(350e6)),
        failure(
          `The installation needs 2.0 GB, and the disk of ${root} has 350 MB free. Free some and run the command again.`,
        ),
      );
      await needDisk(root, 1, () => Promise.resolve(1));
      assert(!existsSync(path.join(root, '.cache')));
    } finally {
      rmSync(root, { recursive: true });
    }
  });

  if (process.platform === 'win32') it('not run: the fake compiler is a shell script', () => {});
  else {
    it('take the first compiler that runs', async () => {
      const bin = mkdtempSync(path.join(os.tmpdir(), 'kp engine '));
      try {
        await mkdir(path.join(bin, 'g++'));
        await writeFile(path.join(bin, 'clang++'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
        assert.equal(await findCompiler({ PATH: bin }), 'clang++');
      } finally {
        rmSync(bin, { recursive: true });
      }
    });
  }
});
