import assert from 'node:assert/strict';
import { howToInstall } from '../../../src/engines/native/howToInstall';

describe('howToInstall', () => {
  it('names a command that is there', () => {
    assert.equal(howToInstall('cpu'), 'npm run engine -- install cpu');
    assert.equal(howToInstall('gpu', false), 'npm install @tensorflow/tfjs-node-gpu@4.22.0');
  });
});
