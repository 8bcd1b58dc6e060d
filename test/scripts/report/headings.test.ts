import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { headings } from '../../../scripts/report/headings.mjs';

const prose = (html: string) => `<section class="cell prose">${html}</section>`;

describe('headings', () => {
  it('sections get readable addresses, each its own, without their numbers', () => {
    const html = headings(
      prose("<h2>1. The data, other people's</h2>") +
        prose('<h3>What does <code>B</code> do?</h3>') +
        prose('<h2>2. 数据 &amp; more</h2><h3>More</h3><h3>More</h3><h2>…</h2>') +
        '<p id="more-2"></p>',
    );
    assert.deepEqual(
      Array.from(html.matchAll(/<h[23] id="([^"]*)"/g), ([, id]) => id),
      ['the-data-other-peoples', 'what-does-b-do', '数据-more', 'more', 'more-3', 'section'],
    );
    assert.ok(
      html.includes(
        '<h3 id="what-does-b-do"><a class="self" href="#what-does-b-do">What does <code>B</code> do?</a></h3>',
      ),
    );
    assert.ok(html.includes('href="#%E6%95%B0%E6%8D%AE-more"'));
  });

  it('headings in outputs, with a link or with an id of their own stay as they are', () => {
    const html =
      '<div class="html"><h2>An output</h2></div>' +
      prose('<h2><a href="x">A link</a></h2><h3 id="own">Own</h3>');
    assert.equal(headings(html), html);
  });

  it('the contents stand after the first paragraph, numbers as in the headings', () => {
    const html = headings(
      prose('<h1>Title</h1><p>Lead.</p><p>More.</p>') +
        prose('<h2>1. A</h2>') +
        prose('<h2>2. B</h2><h3>b</h3>') +
        prose('<h2>End</h2>'),
    );
    assert.match(html, /<p>Lead\.<\/p><nav class="contents" aria-label="Contents"><details><summary>/);
    assert.deepEqual(
      Array.from(html.matchAll(/<li><a href="(.*?)">(.*?)<\/a><\/li>/g), ([, to, words]) => [to, words]),
      [
        ['#a', '1. A'],
        ['#b', '2. B'],
        ['#end', 'End'],
      ],
    );
  });

  it('the contents stand before the first section where no paragraph comes first; two sections need none', () => {
    const two = prose('<h2>1. A</h2><p>a</p>') + prose('<h2>2. B</h2>');
    assert.ok(!headings(two).includes('<nav'));
    assert.match(
      headings(two + prose('<h2>3. C</h2>')),
      /<section class="cell prose"><nav .*<\/nav>\n<h2 id="a"/s,
    );
  });

  it('mentions of a section lead there, but not in links, code and headings, nor of another page or none', () => {
    const html = headings(
      prose('<h2>4. Real data</h2>') +
        prose(
          '<p>Section 4 and <em>section 4</em>, section 5, section 4 of Reuters, section 41.</p>' +
            '<p><a href="x">section 4</a> <code>section 4</code></p><h3>After section 4</h3>',
        ) +
        '<pre>section 4</pre>',
    );
    assert.ok(
      html.includes(
        '<p><a href="#real-data">Section 4</a> and <em><a href="#real-data">section 4</a></em>, section 5, section 4 of Reuters, section 41.</p>',
      ),
    );
    assert.equal(html.split('href="#real-data"').length, 4, 'two mentions and the heading');
  });
});
