import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ProgressLines } from '../../../scripts/report/ProgressLines.mjs';

const result = (failure: { cell: number | null; name: string; message: string } | null) => ({
  name: '01-tensors',
  title: '',
  lead: '',
  seconds: 3.21,
  cells: 9,
  failure,
  sources: [],
});

function run(isTTY: boolean, failure: { cell: number | null; name: string; message: string } | null = null) {
  let text = '';
  const lines = new ProgressLines({ write: piece => (text += piece), isTTY, columns: 40 }, [
    '01-tensors',
    '03-imdb',
  ]);
  lines.start('01-tensors');
  lines.cell('01-tensors', 1, 9);
  lines.end(result(failure));
  return text;
}

describe('ProgressLines', () => {
  it('writes one line for each notebook where lines cannot be rewritten', () => {
    assert.equal(run(false), '01-tensors  9 cells  3.2 s\n');
  });

  it('rewrites the line in place on a terminal, and leaves the same line', () => {
    const text = run(true);
    assert.ok(text.includes('\r\x1b[2K01-tensors  cell 1 of 9  0 s'));
    assert.ok(text.endsWith('\r\x1b[2K01-tensors  9 cells  3.2 s\n'));
  });

  it('names the failing cell', () => {
    assert.equal(
      run(false, { cell: 4, name: 'Error', message: 'x' }),
      '01-tensors  failed in cell 4 of 9  3.2 s\n',
    );
    assert.equal(run(false, { cell: null, name: 'Error', message: 'x' }), '01-tensors  failed  3.2 s\n');
  });
});
