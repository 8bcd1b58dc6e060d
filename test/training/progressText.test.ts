import assert from 'node:assert/strict';
import { progressText } from '../../src/training/progressText';

describe('progressText', () => {
  const text = (current: number, target: number, seconds: number, done: boolean, logs = {}, bar = true) =>
    progressText({ current, target, seconds, logs, done }, bar);

  it('draws as Keras does', () => {
    assert.equal(
      text(30, 30, 0.9, true, { accuracy: 0.78367, loss: 0.51072 }),
      '30/30 ━━━━━━━━━━━━━━━━━━━━ 1s 30ms/step - accuracy: 0.7837 - loss: 0.5107',
    );
    assert.equal(text(15, 30, 1.5, false), '15/30 ━━━━━━━━━━╌╌╌╌╌╌╌╌╌╌ 1s 100ms/step');
    assert.equal(text(3, 120, 0.0003, false), '  3/120 ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ 0s 100us/step');
    assert.equal(text(1, 101, 1, false), '  1/101 ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ 1:40 1s/step');
    assert.equal(text(1, 3601, 2, false), '   1/3601 ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ 2:00:00 2s/step');
    assert.equal(text(0, 5, 0, false), '0/5 ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ 0s 0s/step');
    assert.equal(text(2, 2, 5, true, { loss: 1 }, false), '2/2 - 5s - 3s/step - loss: 1.0000');
  });

  it('writes numbers as Keras does', () => {
    assert.equal(
      text(1, 1, 0.001, true, { a: 1e-3, b: 1.5e-12, c: 0, d: -2, e: NaN, f: Infinity, g: 1.5e-123 }, false),
      '1/1 - 0s - 1ms/step - a: 1.0000e-03 - b: 1.5000e-12 - c: 0.0000e+00 - d: -2.0000 - e: nan - f: inf - g: 1.5000e-123',
    );
  });
});
