import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isAligned } from '../../../scripts/report/isAligned.mjs';

describe('isAligned', () => {
  it('is what stands in columns or has rules', () => {
    assert.ok(isAligned('swapped:      0.683\nright:        0.805'));
    assert.ok(isAligned('          precision  recall\n\n  cocoa        0.88    0.58'));
    assert.ok(isAligned('______________\nLayer (type)\n=============='));
  });

  it('is not what is only indented, a sentence with one gap, or nothing', () => {
    assert.ok(!isAligned('{\n  a: {\n    b: 1\n  }\n}'));
    assert.ok(!isAligned('One sentence.  And another.\nA line of its own.'));
    assert.ok(!isAligned('a - b -- c'));
    assert.ok(!isAligned(''));
  });
});
