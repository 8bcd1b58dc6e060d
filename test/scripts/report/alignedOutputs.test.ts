import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { alignedOutputs } from '../../../scripts/report/alignedOutputs.mjs';

const output = (text: string) => `<div class="output stream"><pre tabindex="0">${text}</pre></div>`;

describe('alignedOutputs', () => {
  it('marks columns, which stay reachable by keyboard', () => {
    const columns = '<span class="ansi-bold">a</span>   1\n<span>bb</span>  2';
    assert.equal(
      alignedOutputs(output(columns)),
      `<div class="output stream"><pre class="aligned" tabindex="0">${columns}</pre></div>`,
    );
  });

  it('leaves other outputs and sources, whose markup counts for nothing', () => {
    const sentence = output('a<span  x>b</span><span  y>\nc</span>');
    assert.equal(alignedOutputs(sentence), sentence);
    const source = '<div class="source"><pre tabindex="0">a   1\nb   2</pre></div>';
    assert.equal(alignedOutputs(source), source);
  });
});
