import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { firefoxCandidates } from '../../../scripts/testing/findFirefox.mjs';

describe('firefoxCandidates', () => {
  it('the one that is named, alone', () => {
    assert.deepEqual(
      firefoxCandidates('linux', { KERAS_PRIMER_FIREFOX: '/火狐/firefox', PATH: '/usr/bin' }),
      ['/火狐/firefox'],
    );
  });

  it('where each system keeps it', () => {
    assert.deepEqual(firefoxCandidates('linux', { PATH: '/a:/b' }), [
      '/a/firefox-esr',
      '/b/firefox-esr',
      '/a/firefox',
      '/b/firefox',
    ]);
    assert.deepEqual(firefoxCandidates('win32', { ProgramFiles: 'C:\\Program Files' }), [
      'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
    ]);
    assert.deepEqual(firefoxCandidates('darwin', {}), ['/Applications/Firefox.app/Contents/MacOS/firefox']);
    assert.deepEqual(firefoxCandidates('linux', {}), []);
  });
});
