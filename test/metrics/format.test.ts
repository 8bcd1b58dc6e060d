import { strictEqual } from 'node:assert';
import { fixed, floatText, padLeft } from '../../src/metrics/format';

describe('format', () => {
  it('rounds ties to even as Python does', () => {
    const cases: [number, number, string][] = [
      [0.125, 2, '0.12'],
      [0.375, 2, '0.38'],
      [0.5, 0, '0'],
      [1.5, 0, '2'],
      [2.5, 0, '2'],
      [9.5, 0, '10'],
      [0.135, 2, '0.14'],
      [1.005, 2, '1.00'],
      [-0.125, 2, '-0.12'],
      [-0, 1, '-0.0'],
      [0.1, 20, '0.10000000000000000555'],
      [NaN, 2, 'nan'],
      [Infinity, 2, 'inf'],
    ];
    for (const [value, digits, text] of cases) strictEqual(fixed(value, digits), text);
  });

  it('writes floats as Python does', () => {
    const cases: [number, string][] = [
      [3, '3.0'],
      [0.1, '0.1'],
      [1e-5, '1e-05'],
      [0.0001, '0.0001'],
      [1.5e-7, '1.5e-07'],
      [1e16, '1e+16'],
      [123456789012345680, '1.2345678901234568e+17'],
      [1e15, '1000000000000000.0'],
      [1e100, '1e+100'],
      [-0, '-0.0'],
      [NaN, 'nan'],
      [-Infinity, '-inf'],
    ];
    for (const [value, text] of cases) strictEqual(floatText(value), text);
  });

  it('pads by characters', () => {
    strictEqual(padLeft('\u{1f40d}', 3), '  \u{1f40d}');
    strictEqual(padLeft('long', 3), 'long');
  });
});
