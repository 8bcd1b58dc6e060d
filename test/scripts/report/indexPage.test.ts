import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { indexPage } from '../../../scripts/report/indexPage.mjs';

const result = {
  name: '03 情感',
  title: 'Reviews & <feelings>',
  lead: 'Is "it" good? 好吗？',
  seconds: 4,
  cells: 5,
  failure: null,
  sources: [{ kind: 'data' as const, name: 'imdb', detail: 'sample data, seed 0' }],
};

describe('indexPage', () => {
  const page = indexPage(
    [result, { ...result, name: 'b', failure: { cell: 2, name: 'Error', message: '<b>' } }],
    {
      css: 'body { color: red }',
      facts: [['Node.js', '20.19.0']],
    },
  );

  it('links each report and says how it went, text never as markup', () => {
    assert.ok(page.includes('<a href="03%20%E6%83%85%E6%84%9F.html">Reviews &#38; &#60;feelings&#62;</a>'));
    assert.ok(page.includes('Is &#34;it&#34; good? 好吗？'));
    assert.ok(page.includes('imdb: sample data'));
    assert.ok(page.includes('failed in cell 2: Error: &#60;b&#62;'));
    assert.ok(page.includes('<dt>Node.js</dt><dd>20.19.0</dd>'));
  });

  it('is self-contained: its policy allows no request, and it names no address', () => {
    assert.ok(page.includes(`default-src 'none'`));
    assert.doesNotMatch(page, /https?:|<script|<link|url\(/);
  });
});
