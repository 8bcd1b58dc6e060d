import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readNpy } from '../../../src/datasets/files/readNpy';
import { Npz } from '../../../src/datasets/files/readNpz';
import { readPickle } from '../../../src/datasets/files/readPickle';
import { untyped } from '../../untyped';
import { fixtures } from '../golden';

describe('damaged files', () => {
  it('end in values or in a clear error (the whole run: npm run fuzz)', async () => {
    const { fuzzReaders } = await import('../../../scripts/fuzz/fuzzReaders.mjs');
    const result = fuzzReaders({ Npz, readNpy, readPickle }, fixtures, { runs: 3000, seed: 1_000_000 });
    assert.equal(result.read + result.refused, 3000);
    assert.ok(result.read > 100, 'the mutations leave something readable');
    assert.ok(result.refused > 1000, 'the mutations do damage');
  }).timeout(60_000);

  it('are found where a reader fails in another way', async () => {
    const { fuzzReaders } = await import('../../../scripts/fuzz/fuzzReaders.mjs');
    const broken = (): never => untyped(JSON.parse('{'));
    assert.throws(() => fuzzReaders({ Npz, readNpy: broken, readPickle }, fixtures, { runs: 100, seed: 0 }), {
      message: /^Seed \d+ ended in another way\.$/,
    });
  });

  it('do not count the file of Python 2, which is whole', () => {
    const content = readNpy(readFileSync(join(fixtures, 'python2.npy')), 'python2.npy');
    assert.ok(content.kind === 'sequences');
    const { ids, starts, ends } = content.sequences;
    const rows = Array.from(starts, (from, i) => Array.from(ids.subarray(from, ends[i])));
    assert.deepEqual(rows, [
      [5, 300, 70000, 1],
      [],
      [9],
      Array.from({ length: 1100 }, (_, i) => i * 7),
      [2, 2],
    ]);
  });
});
