import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, it } from 'mocha';
import { checkout } from './runNotebooks';

interface Running {
  pid: number;
  /** That of the cell, and that of the notebook after it, which has started ahead. */
  kernels: number[];
  ended: Promise<number | null>;
}

/** Ids of the kernels that the process `ancestor` has started, directly or not (Linux). */
async function kernelsOf(ancestor: number): Promise<number[]> {
  const parents = new Map<number, number>();
  const kernels: number[] = [];
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const [status, command] = await Promise.all(
      ['status', 'cmdline'].map(file => readFile(`/proc/${entry}/${file}`, 'utf8').catch(() => '')),
    );
    parents.set(Number(entry), Number(/^PPid:\s+(\d+)/m.exec(status ?? '')?.[1] ?? 0));
    if (command?.includes('--config-path')) kernels.push(Number(entry));
  }
  return kernels.filter(kernel => {
    for (let id: number | undefined = kernel; id; id = parents.get(id)) if (id === ancestor) return true;
    return false;
  });
}

const isAlive = async (id: number) =>
  !/^State:\s+[ZX]/m.test(await readFile(`/proc/${id}/status`, 'utf8').catch(() => 'State: X'));

const anyAlive = async (ids: number[]) => (await Promise.all(ids.map(isAlive))).includes(true);

/** Waits until a condition holds; fails after some seconds. */
async function until<T>(what: string, seconds: number, condition: () => Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
    const value = await condition();
    if (value) return value;
    await sleep(100);
  }
  throw new Error(`${what}: not within ${seconds} s`);
}

if (process.platform !== 'linux') {
  describe('stopping a run', () =>
    it('not run: it looks for kernels in /proc, which only Linux has', () => {}));
} else {
  describe('stopping a run leaves no kernel behind', () => {
    let reports = '';
    before(async () => (reports = await mkdtemp(path.join(os.tmpdir(), 'stopping-'))));
    after(() => rm(reports, { recursive: true }));

    /**
     * A runner on a cell that never ends, in a process group of its own as in a terminal; comes back when that cell runs, or at once
     * when the kernel's process is there.
     */
    async function start({ early = false } = {}): Promise<Running> {
      const runner = spawn(
        process.execPath,
        ['--require', 'tsx/cjs', path.join(__dirname, 'runForever.ts'), reports],
        { cwd: checkout, detached: true, stdio: ['ignore', 'pipe', 'inherit'] },
      );
      let told = '';
      runner.stdout.setEncoding('utf8').on('data', text => (told += text));
      const { pid } = runner;
      assert.ok(pid);
      const ended = new Promise<number | null>(resolve => runner.on('close', resolve));
      const kernels = await until(early ? 'a kernel starts' : 'both kernels start', 60, async () => {
        const found = await kernelsOf(pid);
        return found.length >= (early ? 1 : 2) ? found : undefined;
      });
      if (!early) await until('the cell runs', 60, () => Promise.resolve(told.includes('cell 2 of 3')));
      assert.ok(await anyAlive(kernels));
      return { pid, kernels, ended };
    }

    it('Ctrl-C: the whole group gets SIGINT', async () => {
      const { pid, kernels, ended } = await start();
      process.kill(-pid, 'SIGINT');
      assert.equal(await ended, 130);
      await until('the kernels end', 1, async () => !(await anyAlive(kernels)));
    });

    it('SIGTERM to the runner alone', async () => {
      const { pid, kernels, ended } = await start();
      process.kill(pid, 'SIGTERM');
      assert.equal(await ended, 130);
      await until('the kernels end', 1, async () => !(await anyAlive(kernels)));
    });

    it('the runner is killed and can do nothing more', async () => {
      const { pid, kernels } = await start();
      process.kill(pid, 'SIGKILL');
      await until('the kernels end', 8, async () => !(await anyAlive(kernels)));
    });

    it('the whole group is killed at once', async () => {
      const { pid, kernels } = await start();
      process.kill(-pid, 'SIGKILL');
      await until('the kernels end', 8, async () => !(await anyAlive(kernels)));
    });

    it('the whole group is killed while the kernel is starting', async () => {
      const { pid, kernels } = await start({ early: true });
      process.kill(-pid, 'SIGKILL');
      await until('the kernel ends', 60, async () => !(await anyAlive(kernels)));
    });
  });
}
