import assert from 'node:assert/strict';
import { formatPath } from '../../../src/training/callbacks/formatPath';

describe('formatPath', () => {
  it('fills in as str.format of Python does', () => {
    // Checked with Python 3.11.
    const cases: [string, string][] = [
      ['{epoch}', '7'],
      ['{epoch:02d}', '07'],
      ['{epoch:4d}|', '   7|'],
      ['{epoch:.1f}', '7.0'],
      ['{loss:.2f}', '0.12'],
      ['{up:.2f}', '0.38'],
      ['{loss}', '0.125'],
      ['{loss:f}', '0.125000'],
      ['{loss:e}', '1.250000e-01'],
      ['{loss:.1%}', '12.5%'],
      ['{low:08.2f}', '-0001.50'],
      ['{low:8.2f}', '   -1.50'],
      ['{small}', '1e-05'],
      ['{nan:.2f}', 'nan'],
      ['{{{epoch}}}', '{7}'],
      ['no fields', 'no fields'],
    ];
    const values = { epoch: 7, loss: 0.125, up: 0.375, low: -1.5, small: 1e-5, nan: NaN };
    for (const [path, expected] of cases) assert.equal(formatPath(path, values), expected, path);
  });

  it('refuses what it cannot fill in', () => {
    const refused: [string, string][] = [
      [
        '{epch}',
        'Expected {epch} in the filepath "{epch}" to be one of epoch, loss, received "epch". Did you mean "epoch"?',
      ],
      [
        '{epoch',
        'Expected filepath to have its braces in pairs, received "{epoch". Write {{ or }} for a brace.',
      ],
      ['}', 'Expected filepath to have its braces in pairs, received "}". Write {{ or }} for a brace.'],
      ['{loss:d}', 'Expected the format of {loss} in the filepath to be like :.2f or :.2e, received ":d".'],
      ['{loss:<5}', 'Expected the format of {loss} in the filepath to be like :.2f or :.2e, received ":<5".'],
      ['{epoch:x}', 'Expected the format of {epoch} in the filepath to be like :02d, received ":x".'],
    ];
    for (const [path, message] of refused)
      assert.throws(() => formatPath(path, { epoch: 1, loss: 2 }), { name: 'RangeError', message });
  });
});
