import assert from 'node:assert/strict';
import { textWidth } from '../../src/charts/textWidth';

describe('textWidth', () => {
  it('gives narrow and wide letters, capitals and Chinese signs their own widths', () => {
    assert.ok(textWidth('illi') < textWidth('noon'));
    assert.ok(textWidth('noon') < textWidth('mmww'));
    assert.ok(textWidth('abc') < textWidth('ABC'));
    assert.equal(textWidth('电影', { size: 100 }), 204);
  });

  it('grows with the size and with bold letters', () => {
    assert.ok(textWidth('accuracy', { size: 15 }) > textWidth('accuracy'));
    assert.ok(textWidth('accuracy', { bold: true }) > textWidth('accuracy'));
    assert.equal(textWidth(''), 0);
  });

  it('is no narrower than DejaVu Sans, and hardly wider', () => {
    // The font's own widths at 100 pixels.
    const measured = {
      'strategic-metal': 764,
      'validation accuracy': 975,
      '0.7879 ± 0.0074': 847,
      'TAX and RAD': 653,
      '1,200': 286,
      '64 → 128 → 32': 740,
    };
    for (const [text, pixels] of Object.entries(measured)) {
      const estimate = textWidth(text, { size: 100 });
      assert.ok(estimate >= pixels && estimate < 1.12 * pixels, `${text}: ${estimate} for ${pixels}`);
    }
  });
});
