import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { remove } from '../../../scripts/engine/remove.mjs';
import { staged } from '../../../scripts/engine/stage.mjs';
import { status } from '../../../scripts/engine/status.mjs';
import { Failure } from '../../../scripts/cli/Failure.mjs';

describe('an engine on the disk', () => {
  let root: string;
  let engines: string;
  beforeEach(() => {
    root = mkdtempSync(path.join(os.tmpdir(), 'kp engine '));
    engines = path.join(root, '.cache', 'engines');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const write = (text: string) => (folder: string) => writeFile(path.join(folder, 'engine.json'), text);
  const read = () => readFileSync(path.join(engines, 'cpu', 'engine.json'), 'utf8');
  const note = JSON.stringify({ kind: 'cpu', version: '4.22.0', tensorflow: '2.15.1', source: 'wheel' });

  it('comes in one step and replaces an older one', async () => {
    await staged(root, 'cpu', write('first'));
    await staged(root, 'cpu', async folder => {
      assert.equal(read(), 'first');
      await write('second')(folder);
    });
    assert.equal(read(), 'second');
    assert.deepEqual(await readdir(engines), ['cpu']);
  });

  it('stays as it was when the work fails, and nothing is left', async () => {
    const fails = async (folder: string): Promise<void> => {
      await write('half')(folder);
      throw new Error('stopped');
    };
    await assert.rejects(staged(root, 'cpu', fails), { message: 'stopped' });
    assert.equal(existsSync(engines), false);
    await staged(root, 'cpu', write('first'));
    await assert.rejects(staged(root, 'cpu', fails), { message: 'stopped' });
    assert.equal(read(), 'first');
    assert.deepEqual(await readdir(engines), ['cpu']);
  });

  it('is removed with what a killed installation left, but not what one under way makes', async () => {
    assert.equal(await remove(root, ['cpu', 'gpu']), 'No engine is installed; nothing to remove.');
    await staged(root, 'cpu', write('x'.repeat(2e6)));
    // No process has this number: it is above the largest that Linux gives.
    await mkdir(path.join(engines, '.staging-99999999'));
    await mkdir(path.join(engines, `.staging-${process.ppid}`));
    assert.equal(await remove(root, ['cpu', 'gpu']), 'Removed the cpu engine: 2 MB freed.');
    assert.deepEqual(await readdir(engines), [`.staging-${process.ppid}`]);
  });

  it('is shown by its state', async () => {
    const none = 'cpu  not installed: `npm run engine -- install cpu`\n';
    const noGpu = 'gpu  not installed: `npm run engine -- install gpu`';
    assert.equal(await status(root), none + noGpu);
    await staged(root, 'cpu', write(note));
    const head = 'cpu  @tensorflow/tfjs-node 4.22.0, TensorFlow 2.15.1 (wheel), 0 MB\n     ';
    assert.equal(await status(root), `${head}not tried: run \`npm run build\` first\n${noGpu}`);
    const built = path.join(root, 'dist', 'engines', 'native');
    await mkdir(built, { recursive: true });
    await writeFile(path.join(built, 'mendNative.js'), '');
    const works = () => Promise.resolve({ tensorflow: '2.15.1', gpu: false });
    assert.equal(await status(root, { checks: works }), `${head}works, on the processor\n${noGpu}`);
    const broken = () => Promise.reject(new Failure('The library is gone.'));
    assert.equal(
      await status(root, { checks: broken }),
      `${head}does not work. The library is gone.\n${noGpu}`,
    );
  });
});
