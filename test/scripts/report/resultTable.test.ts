import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { resultTable, sampleNotice, sourcesInBrief } from '../../../scripts/report/resultTable.mjs';

const good = {
  name: '03-imdb',
  title: 'IMDB',
  lead: '',
  seconds: 12.34,
  cells: 40,
  failure: null,
  sources: [
    { kind: 'data' as const, name: 'imdb', detail: 'real data, imdb.npz' },
    { kind: 'data' as const, name: 'imdb', detail: 'real data, imdb_word_index.json' },
    { kind: 'engine' as const, name: 'tfjs', detail: 'wasm, 4.22.0' },
  ],
};
const bad = {
  ...good,
  name: '04-reuters',
  seconds: 1,
  sources: [],
  failure: { cell: 7, name: 'TypeError', message: 'x is not a function\n    at <cell>' },
};

describe('resultTable', () => {
  it('says for each notebook how long, on what, with what, and how it ended', () => {
    assert.equal(
      resultTable([good, bad]),
      [
        'notebook    seconds  data             engine      result',
        '-------------------------------------------------------------------------------------------',
        '03-imdb        12.3  imdb: real data  tfjs: wasm  ok',
        '04-reuters      1.0  –                –           cell 7: TypeError: x is not a function',
      ]
        .map((line, i, lines) =>
          i === 1 ? '-'.repeat(Math.max(...lines.filter((_, j) => j !== 1).map(l => l.length))) : line,
        )
        .join('\n'),
    );
  });

  it('tells a failure outside the cells without a cell number', () => {
    const failure = { cell: null, name: 'NoSuchKernel', message: 'The kernel did not start' };
    assert.match(resultTable([{ ...good, failure }]), / {2}NoSuchKernel: The kernel did not start$/);
  });

  it('sourcesInBrief names a source once', () => {
    assert.equal(sourcesInBrief(good, 'data'), 'imdb: real data');
    assert.equal(sourcesInBrief(bad, 'engine'), '–');
  });

  it('sampleNotice names the data sets that were generated, once each, and says nothing of real ones', () => {
    const sample = { ...good, sources: [{ kind: 'data' as const, name: 'imdb', detail: 'sample' }] };
    assert.equal(sampleNotice([good, bad]), '');
    assert.equal(
      sampleNotice([sample, sample, bad]),
      'SAMPLE DATA for imdb: generated texts, not the real data set. `npm run data` fetches the real files, or says where to put them.',
    );
  });
});
