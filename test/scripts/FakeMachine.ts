import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

const checkout = path.resolve(__dirname, '..', '..');

/** What a program printed and how it ended. */
export interface Ended {
  code: number | null;
  output: string;
}

/**
 * A copy of the checkout without anything installed, in a folder with a space and Chinese characters in its name, on a
 * machine whose npm and Python are what a test says.
 */
export class FakeMachine {
  private constructor(
    readonly root: string,
    private readonly bin: string,
  ) {}

  static async make(): Promise<FakeMachine> {
    const folder = await mkdtemp(path.join(os.tmpdir(), '目录 x-'));
    const root = path.join(folder, 'keras primer 学习');
    const machine = new FakeMachine(root, path.join(folder, 'bin'));
    await mkdir(machine.bin, { recursive: true });
    for (const name of ['scripts', 'package.json', 'package-lock.json', 'requirements.txt']) {
      await cp(path.join(checkout, name), path.join(root, name), { recursive: true });
    }
    await mkdir(path.join(root, 'notebooks'));
    await cp(
      path.join(checkout, 'test', 'notebooks', 'fixtures', 'ok.ipynb'),
      path.join(root, 'notebooks', 'ok.ipynb'),
    );
    await machine.npm(0, '');
    return machine;
  }

  async remove(): Promise<void> {
    await rm(path.dirname(this.root), { recursive: true });
  }

  /** npm prints a text and ends with a code; it is slow when it succeeds, so that another failure comes first. */
  async npm(code: number, text: string): Promise<void> {
    const wait = code === 0 ? 4000 : 0;
    await writeFile(
      path.join(this.bin, 'npm-cli.js'),
      `console.error(${JSON.stringify(text)});\nsetTimeout(() => process.exit(${code}), ${wait});\n`,
    );
  }

  /** A `python3` of some version; what it says to \`-m venv\` and \`-m pip\`, each with an exit code. */
  async python(options: {
    version: string;
    hasVenv?: boolean;
    venv?: [number, string];
    pip?: [number, string];
  }): Promise<void> {
    const { version, hasVenv = true, venv = [0, ''], pip = [0, ''] } = options;
    const python = path.join(this.bin, 'python3');
    const inside = path.join(this.root, '.venv', 'bin');
    await rm(path.join(this.root, '.venv'), { recursive: true, force: true });
    await writeFile(
      python,
      `#!/bin/sh
case "$*" in
  *keras-primer*) echo "keras-primer ${version} ${hasVenv ? 1 : 0} ${python}" ;;
  *"-m venv"*)
    echo "${venv[1]}" >&2
    [ ${venv[0]} = 0 ] && /bin/mkdir -p "${inside}" && /bin/cp "${python}" "${inside}/python"
    exit ${venv[0]} ;;
  *"-m pip"*) echo "${pip[1]}" >&2; exit ${pip[0]} ;;
esac
`,
      { mode: 0o755 },
    );
  }

  /** Runs `node scripts/<program>` with nothing on the PATH but the fakes, from another working directory; `first` is code run before it. */
  async run(program: string, args: string[] = [], { first = '' } = {}): Promise<Ended> {
    const preload = path.join(this.bin, 'first.cjs');
    await writeFile(preload, first);
    const child = spawn(
      process.execPath,
      ['--require', preload, path.join(this.root, 'scripts', program), ...args],
      {
        cwd: os.tmpdir(),
        env: { PATH: this.bin, npm_execpath: path.join(this.bin, 'npm-cli.js'), INIT_CWD: os.tmpdir() },
      },
    );
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', code => resolve({ code, output }));
    });
  }
}
