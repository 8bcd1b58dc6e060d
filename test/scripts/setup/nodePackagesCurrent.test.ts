import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { nodePackagesCurrent } from '../../../scripts/setup/nodePackagesCurrent.mjs';

const lock = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/only-windows': { version: '2.0.0', integrity: 'sha512-w', optional: true },
    'node_modules/self': { link: true },
  },
};
const installed = {
  packages: {
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/self': { link: true },
  },
};

describe('nodePackagesCurrent', () => {
  it('is true when all is there but what belongs to another platform', () => {
    assert.equal(nodePackagesCurrent(lock, installed), true);
  });

  it('is false when nothing is installed, or npm was stopped on the way', () => {
    assert.equal(nodePackagesCurrent(lock, null), false);
    assert.equal(nodePackagesCurrent(lock, {}), false);
  });

  it('is false when one is missing or of another version', () => {
    assert.equal(nodePackagesCurrent(lock, { packages: { 'node_modules/self': { link: true } } }), false);
    const other = {
      packages: { ...installed.packages, 'node_modules/a': { version: '1.0.1', integrity: 'sha512-b' } },
    };
    assert.equal(nodePackagesCurrent(lock, other), false);
  });
});
