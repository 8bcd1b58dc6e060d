import assert from 'node:assert/strict';
import { knownTslab, loadTslab, tslabChanges } from '../../../src/notebook/kernel/tslabParts';

describe('tslabParts', () => {
  const { parts, changes } = loadTslab({ maps: [] });

  it('finds the tslab that is installed unchanged', () => {
    assert.deepEqual(changes, []);
  });

  it('says what has changed', () => {
    const createExecutor = () => assert.fail();
    const other = {
      ...parts,
      executor: { ...parts.executor, createExecutor },
      jupyter: { ...parts.jupyter, ZmqServer: Reflect.get({}, 'gone') },
    };
    assert.deepEqual(tslabChanges('1.0.23', other), [
      'it is version 1.0.23',
      'createExecutor no longer has new Proxy(exports',
      'createExecutor no longer has console.error(e)',
      'createExecutor no longer has console.log(ret)',
      'createExecutor no longer has breakOnSigint',
      'createExecutor no longer has interruptPromise',
      'ZmqServer is gone',
    ]);
    assert.deepEqual(tslabChanges(knownTslab, parts), []);
  });
});
