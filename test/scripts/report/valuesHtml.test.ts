import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { valuesHtml } from '../../../scripts/report/valuesHtml.mjs';

describe('valuesHtml', () => {
  it('a closed table that says what it belongs to, text never as markup', () => {
    const html = valuesHtml('A & <b>', [{ columns: ['a<'], rows: [['1.5'], ['</table>']], of: 2 }], 'unused');
    assert.match(
      html,
      /^<details class="values"><summary>Values<span class="unseen"> of the chart: A &#38; &#60;b&#62;<\/span><\/summary>/,
    );
    assert.match(html, /<th scope="col">a&#60;<\/th>/);
    assert.match(html, /<td class="n">1\.5<\/td>/);
    assert.match(html, /<td>&#60;\/table&#62;<\/td>/);
    assert.doesNotMatch(html, /caption|unused/);
  });

  it('says when rows are left out', () => {
    const html = valuesHtml('t', [{ columns: ['a'], rows: [['1'], ['–']], of: 4000 }], '');
    assert.match(html, /<th scope="col" class="n">a<\/th>/);
    assert.match(html, /<caption>2 of 4,000 rows, evenly chosen<\/caption>/);
  });

  it('the text where there is no table, nothing where there is neither', () => {
    assert.match(valuesHtml('t', [], 'one <line>'), /<pre tabindex="0">one &#60;line&#62;<\/pre>/);
    assert.match(
      valuesHtml('t', [], 'a   1\nb   2'),
      /<pre class="aligned" tabindex="0">a   1\nb   2<\/pre>/,
    );
    assert.equal(valuesHtml('t', [], ''), '');
  });
});
