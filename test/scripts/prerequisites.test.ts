import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, before, beforeEach, describe, it } from 'mocha';
import { FakeMachine } from './FakeMachine';
import type { Ended } from './FakeMachine';

/** One sentence or two, no stack trace, exit code 1. */
function saysOnly({ code, output }: Ended, sentence: string): void {
  const lines = output.trim().split('\n');
  assert.equal(lines.at(-1), sentence, output);
  assert.doesNotMatch(output, /^\s+at .*:\d+:\d+/m);
  assert.equal(code, 1);
}

if (process.platform === 'win32') {
  describe('a missing prerequisite', () =>
    it('not run: the fake programs are shell scripts, which Windows lacks', () => {}));
} else {
  describe('a missing prerequisite is one clear sentence', () => {
    let machine: FakeMachine;
    before(async () => (machine = await FakeMachine.make()));
    after(() => machine.remove());
    beforeEach(async () => {
      await machine.npm(0, '');
      await machine.python({ version: '3.12.1' });
    });

    for (const program of ['start.mjs', 'lab.mjs', 'test.mjs']) {
      it(`${program} on an old Node`, async () => {
        const first = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.4' } });`;
        const ended = await machine.run(program, [], { first });
        assert.equal(
          ended.output,
          'Keras Primer needs Node.js 20.19 or newer, and this is Node.js 18.20.4. Install a current version from https://nodejs.org and run the command again.\n',
        );
        assert.equal(ended.code, 1);
      });
    }

    it('no npm', async () => {
      // Started by `node scripts/start.mjs`, so that npm does not name itself.
      const ended = await machine.run('start.mjs', [], { first: 'delete process.env.npm_execpath;' });
      saysOnly(
        ended,
        'npm was not found. Install Node.js with npm from https://nodejs.org and run the command again.',
      );
    });

    it('an old Python', async () => {
      await machine.python({ version: '3.9.6' });
      saysOnly(
        await machine.run('start.mjs'),
        'Keras Primer needs Python 3.10 or newer, and this is Python 3.9.6. Install a current version from https://www.python.org, or name one in KERAS_PRIMER_PYTHON, and run the command again.',
      );
    });

    it('a KERAS_PRIMER_PYTHON that is none', async () => {
      const ended = await machine.run('start.mjs', [], {
        first: `process.env.KERAS_PRIMER_PYTHON = '/no/python';`,
      });
      saysOnly(
        ended,
        'KERAS_PRIMER_PYTHON names /no/python, which does not run as Python. Correct or unset the variable and run the command again.',
      );
    });

    it('no venv module', async () => {
      await machine.python({ version: '3.11.2', hasVenv: false });
      const { code, output } = await machine.run('start.mjs');
      assert.match(
        output,
        /^Python 3\.11\.2 is here, but its venv module is missing\. Install (it|Python) .* and run the command again\.$/m,
      );
      assert.equal(code, 1);
    });

    it('a venv module that cannot make one (Debian without python3-venv)', async () => {
      await machine.python({
        version: '3.12.1',
        venv: [1, 'The virtual environment was not created successfully because ensurepip is not available.'],
      });
      saysOnly(
        await machine.run('start.mjs'),
        'Python 3.12.1 is here, but its venv module is incomplete. Install it (Debian and Ubuntu: `sudo apt install python3-venv`) and run the command again.',
      );
    });

    it('an npm registry out of reach', async () => {
      await machine.npm(1, 'npm error code ENOTFOUND\nnpm error errno ENOTFOUND');
      saysOnly(
        await machine.run('start.mjs'),
        'The npm registry cannot be reached (ENOTFOUND). Check the network and the proxy settings, and run the command again; what is already downloaded is kept.',
      );
    });

    it('a Python package index out of reach', async () => {
      await machine.python({
        version: '3.12.1',
        pip: [1, "after connection broken by 'NewConnectionError('"],
      });
      saysOnly(
        await machine.run('start.mjs'),
        'The Python package index cannot be reached (no connection). Check the network and the proxy settings, and run the command again; what is already downloaded is kept.',
      );
    });

    it('too small a disk, before anything is installed', async () => {
      const first = `
        require('fs/promises').statfs = async () => ({ bavail: 100_000, bsize: 4096 });
        require('module').syncBuiltinESMExports();`;
      saysOnly(
        await machine.run('start.mjs', [], { first }),
        `The set-up needs about 1.6 GB, and the disk of ${machine.root} has 0.4 GB free. Free some, or clone to another disk, and run the command again.`,
      );
    });

    it('a disk that fills up on the way', async () => {
      await machine.npm(1, 'npm error code ENOSPC\nnpm error syscall write');
      saysOnly(
        await machine.run('start.mjs'),
        'The disk is full. Free about 1.5 GB and run the command again.',
      );
    });

    it('a port that is in use', async () => {
      const server = createServer();
      await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
      const address = server.address();
      assert.ok(address !== null && typeof address === 'object');
      const { port } = address;
      try {
        saysOnly(
          await machine.run('lab.mjs', ['--port', String(port)]),
          `Port ${port} is in use. Choose another, as in \`npm run lab -- --port ${port + 1}\`, or leave --port out.`,
        );
      } finally {
        server.close();
      }
    });

    it('a notebook that does not exist', async () => {
      saysOnly(
        await machine.run('start.mjs', ['okk']),
        'There is no notebook okk. Did you mean notebooks/ok.ipynb?',
      );
    });

    it('options that do not exist or make no sense', async () => {
      saysOnly(
        await machine.run('start.mjs', ['--timeuot', '3']),
        'There is no option --timeuot. Did you mean --timeout? `npm start -- --help` lists the options.',
      );
      saysOnly(
        await machine.run('start.mjs', ['--timeout', 'soon']),
        '--timeout must be a number of seconds above 0, and it is soon. `npm start -- --help` shows the use.',
      );
      saysOnly(
        await machine.run('lab.mjs', ['--port', '70000']),
        '--port must be a number from 1 to 65535, and it is 70000. Choose one, as in `npm run lab -- --port 8889`.',
      );
      saysOnly(
        await machine.run('test.mjs', ['--brwser']),
        'There is no option --brwser. Did you mean --browser? `npm test -- --help` lists the options.',
      );
      saysOnly(
        await machine.run('test.mjs', ['--browser']),
        'The browser tests need Chromium or Chrome, and none was found. Install one (Debian and Ubuntu: `sudo apt install chromium`) or name it in KERAS_PRIMER_CHROMIUM, and run the command again.',
      );
    });

    it('--help needs nothing at all', async () => {
      for (const program of ['start.mjs', 'lab.mjs', 'test.mjs']) {
        const { code, output } = await machine.run(program, ['--help']);
        assert.equal(code, 0);
        assert.match(output, /^npm (start|run lab|test) \[-- /);
      }
    });
  });

  describe('no Python at all', () => {
    it('is one clear sentence', async () => {
      const machine = await FakeMachine.make();
      try {
        saysOnly(
          await machine.run('start.mjs'),
          'Keras Primer needs Python 3.10 or newer, and none was found on the PATH. Install one from https://www.python.org, or name one in KERAS_PRIMER_PYTHON, and run the command again.',
        );
      } finally {
        await machine.remove();
      }
    });
  });
}
