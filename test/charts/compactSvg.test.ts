import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { compactSvg } from '../../src/charts/compactSvg';

describe('compactSvg', () => {
  it('says once what all marks of a group have in common', () => {
    assert.equal(
      compactSvg(
        '<g class="mark-rule role-mark"><line stroke="red" stroke-width="2" opacity="0.5" x2="1"/><line stroke="red" stroke-width="3" opacity="0.5" x2="2"/></g>',
      ),
      '<g class="mark-rule role-mark" stroke="red"><line stroke-width="2" opacity="0.5" x2="1"/><line stroke-width="3" opacity="0.5" x2="2"/></g>',
    );
    assert.equal(
      compactSvg(
        '<g class="mark-text role-mark"><text fill="a" x="1">p &lt; q</text><text fill="a" x="1">r</text></g>',
      ),
      '<g class="mark-text role-mark" fill="a"><text x="1">p &lt; q</text><text x="1">r</text></g>',
    );
  });

  it('leaves groups of groups, single marks, and what is not inherited', () => {
    for (const svg of [
      '<g class="mark-group role-scope"><g transform="a" fill="red"/><g transform="a" fill="red"/></g>',
      '<g class="mark-rect role-mark"><path fill="red"/></g>',
      '<g class="mark-rect role-mark"><path d="M0" opacity="0.5"/><path d="M0" opacity="0.5"/></g>',
      '<g class="mark-rect role-mark"><path fill="red"/><path d="M0"/></g>',
    ]) {
      assert.equal(compactSvg(svg), svg);
    }
  });

  it('writes colours in hex', () => {
    assert.equal(compactSvg('<path fill="rgb(0, 10, 255)"/>'), '<path fill="#000aff"/>');
  });
});
