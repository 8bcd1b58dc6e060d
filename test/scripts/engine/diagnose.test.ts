import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { zipSync } from 'fflate';
import { diagnoseCheck } from '../../../scripts/engine/check.mjs';
import { diagnoseCompiler } from '../../../scripts/engine/compile.mjs';
import { prebuiltServes } from '../../../scripts/engine/prebuilt.mjs';
import { progressLine } from '../../../scripts/engine/progressLine.mjs';
import { diagnoseWheel, extract } from '../../../scripts/engine/wheels.mjs';

const wheel = { name: 'tensorflow-cpu', version: '2.15.1', sha256: '0', bytes: 1 };

describe('what an installer prints becomes one sentence', () => {
  it('of pip', () => {
    assert.equal(
      diagnoseWheel(
        wheel,
        'ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE. If you have updated',
      ).message,
      'What your Python package index gave as tensorflow-cpu 2.15.1 is not the file that is expected (its SHA-256 differs). Nothing of it was used; use the public index, or run the command again if the download was cut off.',
    );
    assert.equal(
      diagnoseWheel(wheel, 'OSError: [Errno 28] No space left on device').message,
      'The disk became full. Free some and run the command again.',
    );
    assert.equal(
      diagnoseWheel(wheel, 'NewConnectionError').message,
      'The Python package index cannot be reached (no connection). Check the network and the proxy settings, and run the command again.',
    );
  });

  it('of the compiler', () => {
    const { message, details } = diagnoseCompiler('g++', 'fatal error: vector: No such file or directory');
    assert.equal(
      message,
      'g++ does not find the header vector. Install the C++ development files (Debian and Ubuntu: `sudo apt install build-essential`) and run the command again.',
    );
    assert.match(details, /vector/);
    assert.equal(
      diagnoseCompiler('c++', "unrecognized command line option '-std=c++17'").message,
      'c++ is too old for C++17. Install GCC 8, Clang 7 or newer, or name one in CXX, and run the command again.',
    );
    assert.equal(
      diagnoseCompiler('g++', 'internal compiler error').message,
      "g++ could not compile the engine's binding; its last lines are above. Try another compiler by CXX, or go on with WebAssembly, which needs nothing.",
    );
  });

  it('of a library that does not load', () => {
    assert.equal(
      diagnoseCheck(1, "/lib/libm.so.6: version `GLIBC_2.27' not found (required by").message,
      'The library needs GLIBC_2.27, which is newer than what this system has. Take a newer system, or go on with WebAssembly, which needs nothing.',
    );
    assert.equal(
      diagnoseCheck(1, 'Error: libstdc++.so.6: cannot open shared object file: No such file').message,
      'The system library libstdc++.so.6 is missing. Install it and run the command again.',
    );
    assert.match(diagnoseCheck(null, '').message, /^TensorFlow's library ends the process/);
    assert.equal(
      diagnoseCheck(1, 'AssertionError').message,
      'The engine was built but does not compute as it should; the reason is above. Go on with WebAssembly, which needs nothing.',
    );
  });
});

const python = ['python3', 'python'].find(command => spawnSync(command, ['--version']).status === 0);

describe('a wheel', () => {
  if (!python) {
    it('not run: there is no Python', () => {});
    return;
  }
  let folder: string;
  const signal = new AbortController().signal;
  beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'kp wheel '))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('gives the files that are asked for', async () => {
    const file = path.join(folder, 'x.whl');
    const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
    writeFileSync(file, zipSync({ 'a/lib/x.so': bytes('x'), 'a/other': bytes('o') }));
    await extract(python, file, path.join(folder, 'out'), ['a/lib/*'], signal);
    assert.equal(readFileSync(path.join(folder, 'out', 'a', 'lib', 'x.so'), 'utf8'), 'x');
    assert.throws(() => readFileSync(path.join(folder, 'out', 'a', 'other')));
  });

  it('that is broken, lacks them or would leave the folder is refused', async () => {
    const message =
      'x.whl is not a wheel that can be read. Run the command again; if it stays so, ask whoever runs your package index.';
    const file = path.join(folder, 'x.whl');
    for (const content of [
      new TextEncoder().encode('<html>'),
      zipSync({ 'a/b': new Uint8Array(3) }),
      zipSync({ '../lib/x.so': new Uint8Array(3) }),
    ]) {
      writeFileSync(file, content);
      await assert.rejects(extract(python, file, path.join(folder, 'out'), ['*lib/*'], signal), {
        name: 'Failure',
        message,
      });
    }
  });
});

describe('the rest of npm run engine', () => {
  const machine = { platform: 'linux' as NodeJS.Platform, arch: 'x64', glibc: '2.36', env: {}, node: 'node' };

  it("asks the host of TensorFlow.js' own download, where there is one", async () => {
    const asked: string[] = [];
    const answers = (address: string): Promise<boolean> => Promise.resolve(asked.push(address) > 0);
    const no = () => Promise.resolve(false);
    assert.equal(await prebuiltServes('cpu', machine, { answers }), true);
    assert.equal(await prebuiltServes('cpu', machine, { answers: no }), false);
    assert.equal(await prebuiltServes('gpu', machine, { answers, hasCuda11: no }), false);
    assert.equal(await prebuiltServes('gpu', { ...machine, platform: 'win32' }, { answers }), true);
    assert.equal(await prebuiltServes('gpu', { ...machine, platform: 'darwin' }, { answers }), false);
    assert.equal(asked.length, 2);
  });

  it('shows progress by quarters, or in one line of a terminal', () => {
    const lines: string[] = [];
    const plain = progressLine(4e8, {
      log: line => lines.push(line),
      stream: { isTTY: false, write: () => true },
    });
    for (let bytes = 0; bytes <= 4e8; bytes += 5e7) plain.update(bytes);
    plain.end();
    assert.deepEqual(lines, ['  100 MB of 400 MB', '  200 MB of 400 MB', '  300 MB of 400 MB']);
    const written: string[] = [];
    const terminal = progressLine(4e8, {
      log: () => assert.fail(),
      stream: { isTTY: true, write: (text: string | Uint8Array) => written.push(String(text)) > 0 },
    });
    terminal.update(1e8);
    terminal.end();
    assert.deepEqual(written, ['\r  100 MB of 400 MB   ', '\r\u001b[K']);
  });

  it('refuses what it does not know', () => {
    const root = path.resolve(__dirname, '../../..');
    const run = (...args: string[]): string => {
      const { stderr, status } = spawnSync(process.execPath, ['scripts/engine.mjs', ...args], {
        cwd: root,
        encoding: 'utf8',
      });
      assert.equal(status, 1);
      return stderr.trim();
    };
    assert.equal(
      run('instal', 'cpu'),
      'There is no action "instal". Did you mean install? `npm run engine -- --help` lists what there is.',
    );
    assert.equal(
      run('install', 'gqu'),
      'There is no engine "gqu". Did you mean gpu? `npm run engine -- --help` lists what there is.',
    );
    assert.equal(
      run('install'),
      'Name one engine: `npm run engine -- install cpu` or `npm run engine -- install gpu`.',
    );
    assert.equal(run('install', 'cpu', '--without-cuda'), '--without-cuda belongs to gpu. Leave it out.');
    assert.equal(
      run('remove', '--source', 'wheel'),
      '--source and --without-cuda belong to `install`. Leave them out.',
    );
    assert.equal(
      run('install', 'cpu', '--source', 'weel'),
      'There is no source "weel". Did you mean wheel? `npm run engine -- --help` lists what there is.',
    );
  });
});
