import assert from 'node:assert/strict';
import { plotBars } from '../../src/charts/plotBars';
import { checkChart } from './checkChart';
import { untyped } from './untyped';

describe('plotBars', () => {
  it('draws one bar for each pair, repeated labels included, and never takes a label for markup', async () => {
    const chart = plotBars(
      [
        ['dull', -0.34],
        ['<script>alert(1)</script>', 0.1],
        ['dull', 0.2],
        ['好: 看', 0],
      ],
      {
        title: 'Word effects <b>',
        valueTitle: 'change',
        meaning: ['more "positive"', 'more negative'],
      },
    );
    const svg = await checkChart('plotBars', chart, { rect: 4 });
    assert.ok(!svg.includes('<script') && !svg.includes('<b>'));
    for (const text of ['&lt;script&gt;', '好: 看', 'more "positive"']) assert.ok(svg.includes(text), text);
    assert.equal(svg.match(/>dull</g)?.length, 4, 'twice in the wide and twice in the narrow layout');
  });

  it('takes an object, and words its own title', () => {
    const chart = plotBars({ wonderful: 0.21, dull: -0.34 }, { valueTitle: 'effect' });
    assert.equal(String(chart), 'Effect\n  wonderful: 0.21\n  dull: -0.34');
  });

  it('refuses what it cannot draw', () => {
    assert.throws(() => plotBars([]), { message: 'Expected at least one bar, received none.' });
    assert.throws(() => plotBars({ a: NaN }), {
      message: 'Expected bar 0 to be a label and a finite number, received ["a", NaN].',
    });
    assert.throws(() => plotBars(untyped([1])), {
      message: 'Expected bar 0 to be a label and a finite number, received 1.',
    });
    assert.throws(() => plotBars(untyped(3)), {
      message: 'Expected [label, amount] pairs or an object, received 3.',
    });
    assert.throws(() => plotBars({ a: 1 }, untyped({ titel: 'x' })), {
      message:
        'Unknown option "titel" of plotBars. Did you mean "title"? Its options are: valueTitle, title, meaning.',
    });
  });
});
