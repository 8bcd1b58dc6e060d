import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { withNeighbours } from '../../../scripts/report/withNeighbours.mjs';

const page =
  '<main></main><nav aria-label="Reports" class="pages"><a href="index.html">All</a></nav><footer>';
const links = (html: string) =>
  Array.from(html.matchAll(/<a [^>]*href="(.*?)">(.*?)<\/a>/g), ([, to, words]) => [to, words]);

describe('withNeighbours', () => {
  const previous = { name: '01 一', title: 'A & <b>' };
  const next = { name: '03-c', title: '$& C' };

  it('leads to the report before, the index and the report after, text never as markup', () => {
    assert.deepEqual(links(withNeighbours(page, { previous, next })), [
      ['01%20%E4%B8%80.html', '<span>Previous</span> A &#38; &#60;b&#62;'],
      ['index.html', 'All reports'],
      ['03-c.html', '<span>Next</span> $&#38; C'],
    ]);
  });

  it('writes the links anew, and nothing for what is not there', () => {
    const html = withNeighbours(withNeighbours(page, { previous, next }), { previous: undefined });
    assert.deepEqual(links(html), [['index.html', 'All reports']]);
    assert.equal(withNeighbours('', { next }), '');
  });
});
