import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';

// Keeps 100 MB and lets four times as much go by, each piece long enough alive to leave the young generation.
const script = `
  const kept = Array.from({ length: 100 }, (_, i) => new Array(125_000).fill(i));
  const passing = [];
  let most = 0;
  for (let i = 0; i < 400; i++) {
    passing.push(new Array(125_000).fill(i));
    if (passing.length > 8) passing.shift();
    most = Math.max(most, process.memoryUsage().heapTotal);
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
    // Node 26 collects as soon by itself.
    assert.ok(sooner < 0.85 * usual || usual < 250, `${sooner} MB, without it ${usual} MB`);
    assert.ok(sooner < 250, `${sooner} MB`);
  });
});
