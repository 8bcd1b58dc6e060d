import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { nodeIsTooOld } from '../../../scripts/cli/nodeIsTooOld.mjs';

describe('nodeIsTooOld', () => {
  it('accepts 20.19 and everything later', () => {
    for (const version of ['20.19.0', '20.20.2', '22.0.0', '24.21.0', '26.10.0', '100.0.0']) {
      assert.equal(nodeIsTooOld(version), '', version);
    }
  });

  it('names the version and the mend in one sentence each', () => {
    for (const version of ['12.22.12', '18.20.4', '20.18.3']) {
      assert.equal(
        nodeIsTooOld(version),
        `Keras Primer needs Node.js 20.19 or newer, and this is Node.js ${version}. Install a current version from https://nodejs.org and run the command again.`,
      );
    }
  });
});
