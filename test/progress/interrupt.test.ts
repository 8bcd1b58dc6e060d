import assert from 'node:assert/strict';
import { interrupt, onInterrupt } from '../../src/progress/interrupt';

describe('onInterrupt', () => {
  it('is told until its watch ends', () => {
    let heard = 0;
    const end = onInterrupt(() => heard++);
    assert.equal(interrupt(), true);
    end();
    assert.equal(interrupt(), false);
    assert.equal(heard, 1);
  });
});
