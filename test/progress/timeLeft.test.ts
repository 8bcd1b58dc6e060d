import assert from 'node:assert/strict';
import { timeLeft } from '../../src/progress/timeLeft';

describe('timeLeft', () => {
  it('goes on as before', () => {
    assert.equal(timeLeft(10, 0.5), 'about 10 s left');
    assert.equal(timeLeft(1, 0.999), 'about 1 s left');
    assert.equal(timeLeft(60, 0.25), 'about 3 min left');
    assert.equal(timeLeft(3600, 0.25), 'about 3 h 0 min left');
  });

  it('says nothing where nobody can tell', () => {
    assert.equal(timeLeft(0.1, 0.5), undefined);
    assert.equal(timeLeft(10, 0), undefined);
    assert.equal(timeLeft(10, 1), undefined);
  });
});
