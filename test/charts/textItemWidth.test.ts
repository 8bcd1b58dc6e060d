import assert from 'node:assert/strict';
import { textItemWidth } from '../../src/charts/textItemWidth';
import { textWidth } from '../../src/charts/textWidth';

describe('textItemWidth', () => {
  it('follows size and weight, and stops at the limit', () => {
    assert.equal(textItemWidth({ fontSize: 12 }, 'epoch'), textWidth('epoch'));
    assert.equal(textItemWidth({}, 'epoch'), textWidth('epoch', { size: 11 }));
    assert.equal(textItemWidth({ fontWeight: 600 }, 'epoch'), textWidth('epoch', { size: 11, bold: true }));
    assert.equal(textItemWidth({ limit: 20 }, 'a long label'), 20);
  });

  it('takes what Vega gives: numbers and nothing', () => {
    assert.equal(textItemWidth({}, 0.25), textWidth('0.25', { size: 11 }));
    assert.equal(textItemWidth({}, null), 0);
  });
});
