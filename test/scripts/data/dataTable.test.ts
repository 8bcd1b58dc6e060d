import assert from 'node:assert/strict';

describe('dataTable', () => {
  it('says of each file whether it is verified, and where it is or why not', async () => {
    const { dataTable } = await import('../../../scripts/data/dataTable.mjs');
    const table = dataTable([
      {
        name: 'imdb.npz',
        size: 17464789,
        algorithm: 'sha256',
        path: '/k/datasets/imdb.npz',
        how: 'was there',
      },
      { name: 'i.json', size: 550378, algorithm: 'md5', path: undefined, how: 'answered HTTP 404' },
    ]);
    assert.deepEqual(table.split('\n'), [
      'imdb.npz  17.5 MB  sha256 verified  was there, /k/datasets/imdb.npz',
      'i.json             MISSING          answered HTTP 404',
    ]);
  });
});
