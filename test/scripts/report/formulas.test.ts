import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { formulas } from '../../../scripts/report/formulas.mjs';

describe('formulas', () => {
  it('draws what was marked, in the line or by itself, and keeps its TeX for who copies it', () => {
    const { html, problems } = formulas(
      '<p>So <span class="formula">a &lt; b</span>:</p><span class="formula display">\\sum_i x_i</span> $5',
    );
    assert.deepEqual(problems, []);
    assert.match(html, /^<p>So <math><semantics><mrow>.*<mo>&lt;<\/mo>.*<\/math>:<\/p><math display="block"/);
    assert.match(html, /<annotation encoding="application\/x-tex">\\sum_i x_i<\/annotation>/);
    assert.match(html, / \$5$/);
    assert.doesNotMatch(html, /class="formula/);
  });

  it('leaves what is no TeX as code, never as markup, and says so', () => {
    const { html, problems } = formulas('<span class="formula">\\frac{&lt;b&gt;</span>');
    assert.equal(html, '<code>\\frac{&#60;b&#62;</code>');
    assert.equal(problems.length, 1);
    assert.match(problems[0] ?? '', /^the formula \\frac\{<b> is not drawn: /);
  });

  it('text in a formula is never markup', () => {
    assert.ok(!formulas('<span class="formula">\\text{&lt;img src=x&gt;}</span>').html.includes('<img'));
  });
});
