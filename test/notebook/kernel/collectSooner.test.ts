import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';

// Keeps 160 MB and lets five times as much go by, each piece long enough alive to leave the young generation.
const script = `
  const kept = Array.from({ length: 20_000 }, (_, i) => new Array(1000).fill(i));
  const passing = [];
  let most = 0;
  for (let i = 0; i < 100_000; i++) {
    passing[i % 5000] = new Array(1000).fill(i);
    if (i % 50 === 0) most = Math.max(most, process.memoryUsage().heapTotal);
  }
  console.log(Math.round(most / 1e6), kept.length);`;

function most(before: string): number {
  const args = ['--require', 'tsx/cjs', '-e', before + script];
  const root = path.join(__dirname, '..', '..', '..');
  return Number.parseInt(execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' }), 10);
}

describe('collectSooner', () => {
  it('keeps the heap smaller where much is kept and much goes by', function () {
    this.timeout(120_000);
    const [sooner, usual] = [
      most("require('./src/notebook/kernel/collectSooner').collectSooner();"),
      most(''),
    ];
    assert.ok(sooner < 0.75 * usual, `${sooner} MB, without it ${usual} MB`);
  });
});
