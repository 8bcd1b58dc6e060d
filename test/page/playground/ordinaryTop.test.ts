import assert from 'node:assert/strict';
import { ordinaryTop } from '../../../src/page/playground/ordinaryTop';

/** A training that goes well: from 1 down to `end`. */
const falling = (end: number): number[] => Array.from({ length: 80 }, (_, i) => end + (1 - end) / (1 + i));

describe('ordinaryTop', () => {
  it('is the highest value of ordinary curves', () => {
    assert.equal(ordinaryTop(falling(0.1)), 1);
    assert.equal(ordinaryTop(falling(0)), 1);
    assert.equal(ordinaryTop([0.5, 0.5, 0.5, 0.5, 0.9]), 0.9);
    assert.equal(ordinaryTop([0, 0, 0, 0, 0, 1]), 1);
    assert.equal(ordinaryTop([-3, -2, -1]), -1);
    assert.equal(ordinaryTop([7]), 7);
    // All are large: no single one is beyond the others.
    assert.equal(ordinaryTop(falling(0.1).map(value => value * 1e15)), 1e15);
  });

  it('leaves single huge values out', () => {
    assert.equal(ordinaryTop([1.5e15, ...falling(0.1)]), 1);
    assert.equal(ordinaryTop([1.5e15, 8e11, 40.1, ...falling(40)]) < 1000, true);
    // Hardly any spread beside the huge one.
    assert.equal(ordinaryTop([1e15, 40, 40, 40, 40.1, 40]), 40.1);
  });

  it('leaves out the end of a run that grows without bound, beside the run of the notebook', () => {
    const growing = Array.from({ length: 20 }, (_, i) => 10 ** i);
    const top = ordinaryTop([...falling(0.1), ...growing, ...growing]);
    assert.ok(top >= 1 && top <= 1e10, String(top));
  });
});
