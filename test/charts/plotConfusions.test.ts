import assert from 'node:assert/strict';
import { plotConfusions } from '../../src/charts/plotConfusions';
import { checkChart } from './checkChart';
import { moveSlider } from './moveSlider';
import { shaped } from './untyped';
import { valuesOf } from './valuesOf';

const matrix = [
  [9, 1, 0, 0],
  [2, 5, 3, 0],
  [0, 4, 4, 0],
  [0, 0, 0, 6],
];
const labels = ['earn', 'grain', 'wheat', 'gold'];

describe('plotConfusions', () => {
  it('shows the mistakes around the class with the most, and a list to pick another', async () => {
    const chart = plotConfusions(matrix, { labels, what: 'topic' });
    // Two panels with two bars each: their names, their numbers, and a heading of two lines.
    await checkChart('plotConfusions', chart, { rect: 4, text: 10 });
    assert.deepEqual(shaped<{ params: unknown }>(chart.spec).params, [
      {
        name: 'picked',
        value: 'grain',
        bind: { input: 'select', options: ['grain', 'wheat', 'earn', 'gold'], name: 'topic ' },
      },
    ]);
    assert.equal(
      String(chart),
      'Most confused\n  10 are grain, 5 found; the others were taken for: wheat 3, earn 2\n' +
        '  10 were called grain, 5 rightly; the others really were: wheat 4, earn 1',
    );
  });

  it('tells what the list picks', async () => {
    const texts = await moveSlider(plotConfusions(matrix, { labels }), 'picked', 'earn');
    assert.ok(texts.includes('is earn: 10, found 9 (90.0%)'), texts.join('|'));
    assert.ok(texts.includes('called earn: 11, rightly 9 (81.8%)'));
    assert.deepEqual(
      texts.filter(text => labels.includes(text)),
      ['grain', 'grain'],
    );
  });

  it('states the most frequent mistakes of every class', async () => {
    const [table, ...others] = await valuesOf(plotConfusions(matrix, { labels, what: 'topic' }));
    assert.deepEqual(others, []);
    assert.deepEqual(table, [
      'topic | how many | found | the others taken for | called so | rightly | the others really',
      'grain | 10 | 5 | wheat 3, earn 2 | 10 | 5 | wheat 4, earn 1',
      'wheat | 8 | 4 | grain 4 | 7 | 4 | grain 3',
      'earn | 10 | 9 | grain 1 | 11 | 9 | grain 2',
      'gold | 6 | 6 | – | 6 | 6 | –',
    ]);
    // Seven others, of which five are told.
    const many = Array.from({ length: 8 }, (_, i) => Array.from({ length: 8 }, () => (i === 0 ? 1 : 0)));
    const [wide] = await valuesOf(plotConfusions(many));
    assert.equal(wide?.[1], '0 | 8 | 1 | 1 1, 2 1, 3 1, 4 1, 5 1 | 1 | 1 | –');
  });

  it('copes with a class that is never called, or does not occur', async () => {
    const lazy = plotConfusions([[5, 0], [5, 0]], { labels: ['a', 'b'], picked: 'b' }); // prettier-ignore
    assert.match(String(lazy), /0 were called b, 0 rightly; the others really were: nothing/);
    await lazy.toSVG();
    const texts = await moveSlider(lazy, 'picked', 'b');
    assert.ok(texts.includes('called b: 0, rightly 0'));
  });

  it('refuses what it cannot draw', () => {
    assert.throws(
      () =>
        plotConfusions([
          [5, 0],
          [0, 5],
        ]),
      {
        // prettier-ignore
        message: 'Expected a matrix with mistakes, received none.',
      },
    );
    assert.throws(() => plotConfusions(matrix, { labels, picked: 'corn' }), {
      message: 'Expected picked to be "grain" or "wheat" or "earn" or "gold", received "corn".',
    });
    assert.throws(() => plotConfusions(matrix, { labels: ['a'] }), {
      message: /^Expected labels to be 4 names/,
    });
  });
});
