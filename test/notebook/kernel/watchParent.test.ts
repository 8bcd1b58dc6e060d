import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from '../KernelClient';

describe('watchParent', function () {
  this.timeout(30_000);

  it('ends a process whose parent was killed, and leaves it alone before', async () => {
    const watched = path.join(root, 'dist', 'notebook', 'kernel', 'watchParent.js');
    const child = `require(${JSON.stringify(watched)}).watchParent(); setInterval(() => {}, 1000); console.log(process.pid);`;
    const parent = `const { spawn } = require('node:child_process');
      spawn(process.execPath, ['-e', process.env.CHILD], { stdio: ['ignore', 'inherit', 'ignore'] });`;
    const runner = spawn(process.execPath, ['-e', parent], {
      env: { ...process.env, CHILD: child },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const pid = Number(await new Promise(resolve => runner.stdout.once('data', resolve)));
    try {
      await delay(1500);
      assert.ok(isAlive(pid));
      runner.kill('SIGKILL');
      const end = Date.now() + 5000;
      while (isAlive(pid) && Date.now() < end) await delay(100);
      assert.equal(isAlive(pid), false);
    } finally {
      runner.kill('SIGKILL');
      if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    }
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
