import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '../../..');
const run = (script: string, ...args: string[]) =>
  spawnSync(process.execPath, [join(root, 'scripts', script), ...args], { encoding: 'utf8' });

describe('npm run data and npm run fuzz', () => {
  it('explain themselves and refuse what they do not know', () => {
    assert.match(run('data.mjs', '--help').stdout, /^npm run data \[-- options\]\n/);
    assert.match(run('fuzz.mjs', '--help').stdout, /^npm run fuzz \[-- options\]\n/);
    const wrong = run('data.mjs', '--chek');
    assert.equal(
      wrong.stderr,
      'There is no option --chek. Did you mean --check? `npm run data -- --help` lists the options.\n',
    );
    assert.equal(wrong.status, 1);
    assert.equal(
      run('data.mjs', 'imdb').stderr,
      'npm run data takes no names, received "imdb": it fetches all five files.\n',
    );
    assert.equal(
      run('fuzz.mjs', '--runs', 'many').stderr,
      'Expected --runs to be a whole number, received "many".\n',
    );
  });
});
