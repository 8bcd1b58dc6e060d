import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { crc32c } from '../../../../src/training/callbacks/events/crc32c';
import { EventFile } from '../../../../src/training/callbacks/events/EventFile';
import { histogramBuckets } from '../../../../src/training/callbacks/events/histogramBuckets';
import { readEvents } from './readEvents';

describe('EventFile', () => {
  const folder = path.join(mkdtempSync(path.join(tmpdir(), 'keras-primer-events-')), 'deep', 'er');
  after(() => rmSync(path.dirname(path.dirname(folder)), { recursive: true }));

  it('writes what was added, when it is told, in records with their checksums', async () => {
    const file = new EventFile(folder);
    file.scalar('loss', 1 / 3, 0);
    file.scalar('Verlust – ü', NaN, 2 ** 40);
    assert(!existsSync(folder));
    await file.write();
    file.histogram('w', [1, 2, 2, 4], 300);
    await file.write();
    const [name = ''] = readdirSync(folder);
    assert.match(name, /^events\.out\.tfevents\.\d{10}\..+\.v2$/);
    assert.deepEqual(readEvents(readFileSync(path.join(folder, name))), [
      { step: 0, fileVersion: 'brain.Event:2', values: [] },
      { step: 0, values: [{ tag: 'loss', scalar: 1 / 3 }] },
      { step: 2 ** 40, values: [{ tag: 'Verlust – ü', scalar: NaN }] },
      { step: 300, values: [{ tag: 'w', histogram: histogramBuckets([1, 2, 2, 4]) }] },
    ]);
  });

  it('has the checksum of RFC 3720', () => {
    assert.equal(crc32c(Buffer.alloc(32)), 0x8a9136aa);
    assert.equal(crc32c(Buffer.from('123456789')), 0xe3069283);
  });
});

describe('histogramBuckets', () => {
  it('counts every finite number once, the largest in the last bucket', () => {
    assert.deepEqual(histogramBuckets([0, 1, 2, 3, 4, NaN, Infinity], 2), [
      [0, 2, 2],
      [2, 4, 3],
    ]);
    assert.equal(histogramBuckets([-1, 5]).length, 30);
  });

  it('makes one bucket of numbers that are the same, none of nothing', () => {
    assert.deepEqual(histogramBuckets(new Float32Array(7)), [[0, 0, 7]]);
    assert.deepEqual(histogramBuckets([]), []);
    assert.deepEqual(histogramBuckets([NaN]), []);
  });
});
