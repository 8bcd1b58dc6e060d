import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { diskFailure } from '../../../scripts/cli/diskFailure.mjs';

describe('diskFailure', () => {
  it('knows a full disk from what npm, Node and Python print, and nothing else', () => {
    const sentence = 'The disk is full. Free about 1.5 GB and run the command again.';
    for (const text of [
      'npm error code ENOSPC',
      "ENOSPC: no space left on device, write '/a/b'",
      'OSError: [Errno 28] No space left on device',
    ]) {
      assert.equal(diskFailure(text)?.message, sentence);
    }
    assert.equal(diskFailure('EACCES: permission denied'), null);
  });
});
