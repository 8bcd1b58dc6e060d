import assert from 'node:assert/strict';
import { provenance, recordProvenance } from '../../src/provenance/provenance';

describe('provenance', () => {
  const own = () => provenance().filter(entry => entry.name.startsWith('provenance test'));

  it('keeps the order of first use and counts a repeated note once', () => {
    recordProvenance('data', 'provenance test b', 'sample');
    recordProvenance('engine', 'provenance test a', 'cpu');
    recordProvenance('data', 'provenance test b', 'sample');
    recordProvenance('data', 'provenance test b', 'real');
    assert.deepEqual(own(), [
      { kind: 'data', name: 'provenance test b', detail: 'sample' },
      { kind: 'engine', name: 'provenance test a', detail: 'cpu' },
      { kind: 'data', name: 'provenance test b', detail: 'real' },
    ]);
  });

  it('hands out copies', () => {
    recordProvenance('data', 'provenance test copy', 'real');
    for (const entry of provenance()) entry.detail = 'changed';
    assert.equal(own().at(-1)?.detail, 'real');
  });
});
