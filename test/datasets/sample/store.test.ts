import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toCorpus, type Corpus } from '../../../src/datasets/sample/corpus';
import { obtain, type Recipe } from '../../../src/datasets/sample/obtain';
import { cacheFolder, readCorpus, toBytes, writeCorpus } from '../../../src/datasets/sample/store';

const small = (): Corpus =>
  toCorpus(['never', 'b', 'a', 'c'], Uint16Array.of(1, 2, 1, 3, 1, 2, 3), [0, 3], [1, 0]);

describe('store', () => {
  let folder = '';
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'sample-'))));
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('numbers words by frequency, equal ones by the alphabet, without those never written', () => {
    const corpus = small();
    assert.deepEqual(corpus.words, ['b', 'a', 'c']);
    assert.deepEqual([...corpus.ids], [1, 2, 1, 3, 1, 2, 3]);
  });

  it('reads what it wrote', async () => {
    assert.equal(await writeCorpus(folder, 'x.bin', small()), true);
    assert.deepEqual(await readCorpus(join(folder, 'x.bin')), small());
    assert.deepEqual(await readdir(folder), ['x.bin']);
  });

  it('takes a missing, cut or changed file for none', async () => {
    const path = join(folder, 'x.bin');
    assert.equal(await readCorpus(path), undefined);
    const bytes = toBytes(small());
    for (let length = 0; length < bytes.length; length++) {
      await writeFile(path, bytes.subarray(0, length));
      assert.equal(await readCorpus(path), undefined, `${length} bytes`);
    }
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1;
      await writeFile(path, changed);
      assert.equal(await readCorpus(path), undefined, `byte ${at}`);
    }
  });

  it('makes no error of a folder that cannot be written, and leaves nothing behind', async () => {
    await writeFile(join(folder, 'file'), '');
    assert.equal(await writeCorpus(join(folder, 'file'), 'x.bin', small()), false);
    assert.deepEqual(await readdir(folder), ['file']);
  });

  it('writes once, shares the work of calls at once, and writes anew what was damaged', async () => {
    let written = 0;
    const recipe: Recipe = {
      name: 'tiny',
      files: ['names'],
      settings: {},
      write: () => (written++, small()),
    };
    const [a, b] = await Promise.all([obtain(recipe, folder), obtain(recipe, folder)]);
    assert.equal(a, b);
    assert.deepEqual(await obtain(recipe, folder), small());
    assert.equal(written, 1);
    const [name] = await readdir(folder);
    await writeFile(join(folder, name!), 'damaged');
    assert.deepEqual(await obtain(recipe, folder), small());
    assert.equal(written, 2);
    // Other settings, another file.
    await obtain({ ...recipe, settings: { seed: 2 } }, folder);
    assert.equal((await readdir(folder)).length, 2);
  });

  it('lets two processes write at once', async () => {
    const program =
      `const { obtain } = require('./src/datasets/sample/obtain');` +
      `const { reutersRecipe } = require('./src/datasets/sample/sampleReuters');` +
      `obtain(reutersRecipe, ${JSON.stringify(folder)}).then(c => process.stdout.write(String(c.ids.length)));`;
    const run = (): Promise<string> =>
      new Promise((resolve, reject) => {
        const child = spawn(process.execPath, ['--require', 'tsx/cjs', '--eval', program]);
        let out = '';
        child.stdout.on('data', (data: Buffer) => void (out += data.toString()));
        child.stderr.on('data', (data: Buffer) => void (out += data.toString()));
        child.on('error', reject);
        child.on('close', () => resolve(out));
      });
    const [a, b] = await Promise.all([run(), run()]);
    assert.match(a, /^\d+$/);
    assert.equal(a, b);
    const names = await readdir(folder);
    assert.equal(names.length, 1, names.join(' '));
    assert.ok((await readFile(join(folder, names[0]!))).length > 1e6);
    assert.ok(await readCorpus(join(folder, names[0]!)));
  }).timeout(60_000);

  it('keeps samples in the checkout, and of an installed package in the user’s cache', () => {
    assert.equal(cacheFolder('/home/me/course', {}, 'linux'), join('/home/me/course', '.cache', 'sample'));
    const installed = ['', 'home', 'me', 'node_modules', 'keras-primer'].join('/');
    assert.equal(
      cacheFolder(installed, { XDG_CACHE_HOME: '/c' }, 'linux'),
      join('/c', 'keras-primer', 'sample'),
    );
    assert.match(cacheFolder(installed, {}, 'darwin'), /Library.Caches.keras-primer.sample$/);
    assert.equal(
      cacheFolder(installed, { LOCALAPPDATA: '/l' }, 'win32'),
      join('/l', 'keras-primer', 'sample'),
    );
  });
});
