import assert from 'node:assert/strict';
import { hasNvidiaDriver } from '../../../src/engines/native/hasNvidiaDriver';

describe('hasNvidiaDriver', () => {
  it('looks for the marks of the platform', () => {
    const asked: string[] = [];
    const none = (file: string): boolean => asked.push(file) === 0;
    assert.equal(hasNvidiaDriver('linux', none), false);
    assert.equal(hasNvidiaDriver('win32', none), false);
    assert.equal(
      hasNvidiaDriver('darwin', () => true),
      false,
    );
    assert.equal(
      hasNvidiaDriver('linux', file => file === '/dev/nvidiactl'),
      true,
    );
    assert.equal(
      hasNvidiaDriver('win32', file => file.endsWith('\\nvcuda.dll')),
      true,
    );
    assert.equal(asked.length, 4);
  });
});
