import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { escapeHtml } from '../../../scripts/report/escapeHtml.mjs';

describe('escapeHtml', () => {
  it('leaves nothing that could be markup, and all else', () => {
    assert.equal(
      escapeHtml(`<a href="x">it's & 好</a>`),
      '&#60;a href=&#34;x&#34;&#62;it&#39;s &#38; 好&#60;/a&#62;',
    );
  });
});
