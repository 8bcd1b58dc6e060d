import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, it } from 'mocha';
import { Failure } from '../../../scripts/cli/Failure.mjs';
import { watchSources } from '../../../scripts/lab/watchSources.mjs';
import { build } from '../../../scripts/setup/build.mjs';

const checkout = path.resolve(__dirname, '..', '..', '..');

describe('build', function () {
  this.timeout(60_000);
  let root = '';
  const source = (text: string) => writeFile(path.join(root, 'src', 'index.ts'), text);
  const built = () => readFile(path.join(root, 'dist', 'index.js'), 'utf8');
  before(async () => {
    root = path.join(await mkdtemp(path.join(os.tmpdir(), '目录 x-')), '构建 here');
    await mkdir(path.join(root, 'src'), { recursive: true });
    for (const name of ['tsconfig.json', 'tsconfig.build.json', 'package-lock.json']) {
      await cp(path.join(checkout, name), path.join(root, name));
    }
    await symlink(path.join(checkout, 'node_modules'), path.join(root, 'node_modules'), 'junction');
    await source('export const answer: number = 41;\n');
  });
  after(() => rm(path.dirname(root), { recursive: true }));

  it('builds once, and again only when something has changed or is missing', async () => {
    assert.equal(await build(root), true);
    assert.match(await built(), /answer = 41/);
    assert.equal(await build(root), false);
    assert.equal(await build(root, { force: true }), true);
    await source('export const answer: number = 42;\n');
    assert.equal(await build(root), true);
    assert.match(await built(), /answer = 42/);
    await rm(path.join(root, 'dist', 'index.d.ts'));
    assert.equal(await build(root), true);
    assert.equal(await build(root), false);
  });

  it('says what does not compile, and tries again next time', async () => {
    await source('export const answer: number = "x";\n');
    for (let i = 0; i < 2; i++) {
      await assert.rejects(build(root), (error: unknown) => {
        assert.ok(error instanceof Failure);
        assert.equal(
          error.message,
          'TypeScript does not compile; the messages are above. Correct what they name and run the command again.',
        );
        assert.match(error.details, /src\/index\.ts\(1,14\): error TS2322/);
        return true;
      });
    }
    await source('export const answer: number = 43;\n');
    assert.equal(await build(root), true);
  });

  it('watchSources builds on a change and says that the kernel must be restarted', async () => {
    const lines: string[] = [];
    const told = async (count: number) => {
      for (let i = 0; i < 300 && lines.length < count; i++) await sleep(100);
      return lines[count - 1];
    };
    const end = watchSources(root, line => lines.push(line));
    try {
      await source('export const answer: number = 44;\n');
      assert.match(
        (await told(1)) ?? '',
        /^src has changed and is built again \(\d+\.\d s\)\. Restart the kernel to use it: menu Kernel, Restart Kernel\.$/,
      );
      assert.match(await built(), /answer = 44/);
      await source('export const answer: number = ;\n');
      assert.match(
        (await told(2)) ?? '',
        /error TS1109[\s\S]*src has changed and could not be built; the kernels keep the last build\.$/,
      );
      assert.match(await built(), /answer = 44/);
      await mkdir(path.join(root, 'src', 'room'));
      await writeFile(path.join(root, 'src', 'room', 'more.ts'), 'export const more: number = 1;\n');
      await source("export { more as answer } from './room/more';\n");
      assert.match((await told(3)) ?? '', /^src has changed and is built again/);
      await writeFile(path.join(root, 'src', 'room', 'more.ts'), 'export const more: number = 2;\n');
      assert.match((await told(4)) ?? '', /^src has changed and is built again/);
      // What goes wrong outside the compilers must not end JupyterLab.
      await rm(path.join(root, '.cache'), { recursive: true });
      await writeFile(path.join(root, '.cache'), 'a file where a folder is needed');
      await source('export const answer: number = 45;\n');
      assert.match((await told(5)) ?? '', /(ENOTDIR|EEXIST)[\s\S]*could not be built/);
    } finally {
      end();
    }
  });

  it('says that the node packages are missing', async () => {
    const bare = await mkdtemp(path.join(os.tmpdir(), 'bare-'));
    await cp(path.join(checkout, 'package-lock.json'), path.join(bare, 'package-lock.json'));
    await assert.rejects(build(bare), {
      name: 'Failure',
      message:
        'The node packages are not those that package-lock.json names. Run `npm ci` and then the command again.',
    });
    await rm(bare, { recursive: true });
  });
});
