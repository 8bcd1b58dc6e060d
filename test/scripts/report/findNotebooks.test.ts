import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { Failure } from '../../../scripts/cli/Failure.mjs';
import { findNotebooks } from '../../../scripts/report/findNotebooks.mjs';

describe('findNotebooks', () => {
  let root = '';
  let folder = '';
  before(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), '笔记 本-'));
    folder = path.join(root, 'notebooks');
    await mkdir(path.join(folder, '.ipynb_checkpoints'), { recursive: true });
    for (const name of ['03-imdb.ipynb', '01-tensors.ipynb', 'notes.txt'])
      await writeFile(path.join(folder, name), '{}');
  });
  after(() => rm(root, { recursive: true }));

  it('finds all, in order', async () => {
    assert.deepEqual(
      (await findNotebooks(folder)).map(({ name }) => name),
      ['01-tensors', '03-imdb'],
    );
  });

  it('finds one by path from the working directory, from the checkout, by its name', async () => {
    const wanted = [{ name: '03-imdb', path: path.join(folder, '03-imdb.ipynb') }];
    assert.deepEqual(await findNotebooks(folder, ['notebooks/03-imdb.ipynb'], { cwd: os.tmpdir() }), wanted);
    assert.deepEqual(await findNotebooks(folder, ['03-imdb.ipynb'], { cwd: folder }), wanted);
    assert.deepEqual(await findNotebooks(folder, ['03-imdb'], { cwd: os.tmpdir() }), wanted);
    assert.deepEqual(await findNotebooks(folder, [path.join(folder, '03-imdb.ipynb')], { cwd: '/' }), wanted);
  });

  it('refuses one that does not exist, with the nearest', async () => {
    await assert.rejects(
      findNotebooks(folder, ['notebooks/03-imbd.ipynb']),
      new Failure('There is no notebook notebooks/03-imbd.ipynb. Did you mean notebooks/03-imdb.ipynb?'),
    );
    // Not near only because both end in .ipynb.
    await assert.rejects(
      findNotebooks(folder, ['05-bostn.ipynb']),
      new Failure('There is no notebook 05-bostn.ipynb. The notebooks are 01-tensors.ipynb, 03-imdb.ipynb.'),
    );
    await assert.rejects(
      findNotebooks(folder, ['zzzzzzzzzzzzzzzzzzzzzzz']),
      new Failure(
        'There is no notebook zzzzzzzzzzzzzzzzzzzzzzz. The notebooks are 01-tensors.ipynb, 03-imdb.ipynb.',
      ),
    );
  });

  it('refuses an empty folder', async () => {
    const empty = path.join(root, 'empty');
    await assert.rejects(
      findNotebooks(empty),
      new Failure(`There is no notebook in ${empty}. Put one there and run the command again.`),
    );
  });
});
