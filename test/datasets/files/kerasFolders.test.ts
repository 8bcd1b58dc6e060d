import assert from 'node:assert/strict';
import path from 'node:path';
import { kerasFolders } from '../../../src/datasets/files/kerasFolders';

describe('kerasFolders', () => {
  const posix = { home: '/home/li', temp: '/tmp', path: path.posix };
  const windows = { home: 'C:\\Users\\Li Wei', temp: 'C:\\Temp', path: path.win32 };

  it('is ~/.keras/datasets, then the temporary folder', () => {
    assert.deepEqual(kerasFolders({ ...posix, env: {} }), [
      '/home/li/.keras/datasets',
      '/tmp/.keras/datasets',
    ]);
    assert.deepEqual(kerasFolders({ ...posix, env: { KERAS_HOME: '' } })[0], '/home/li/.keras/datasets');
    assert.deepEqual(kerasFolders({ ...windows, env: {} }), [
      'C:\\Users\\Li Wei\\.keras\\datasets',
      'C:\\Temp\\.keras\\datasets',
    ]);
  });

  it('is $KERAS_HOME/datasets where that is set', () => {
    assert.equal(kerasFolders({ ...posix, env: { KERAS_HOME: '/data/k' } })[0], '/data/k/datasets');
    assert.equal(kerasFolders({ ...posix, env: { KERAS_HOME: '~/k' } })[0], '/home/li/k/datasets');
    assert.equal(kerasFolders({ ...posix, env: { KERAS_HOME: '~' } })[0], '/home/li/datasets');
    assert.equal(kerasFolders({ ...posix, env: { KERAS_HOME: '/课程/k' } })[0], '/课程/k/datasets');
    assert.equal(kerasFolders({ ...windows, env: { KERAS_HOME: 'D:\\k' } })[0], 'D:\\k\\datasets');
    assert.equal(
      kerasFolders({ ...windows, env: { KERAS_HOME: '~\\k' } })[0],
      'C:\\Users\\Li Wei\\k\\datasets',
    );
  });
});
