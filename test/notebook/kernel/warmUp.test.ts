import assert from 'node:assert/strict';
import { warmUp } from '../../../src/notebook/kernel/warmUp';

describe('warmUp', () => {
  const doneUntil = async (wantedFrom: number, fails = -1) => {
    const done: string[] = [];
    const step = (name: string) => {
      if (done.length === fails) throw new Error(`no ${name}`);
      done.push(name);
    };
    await warmUp({
      directory: '/course',
      converter: {
        convert: (before, code) => {
          step(`${before}${code}`);
          return { diagnostics: [] };
        },
      },
      wanted: () => done.length >= wantedFrom,
      idleMs: 1,
      load: step,
    });
    return done;
  };
  const types = "import * as module0 from '@tensorflow/tfjs';\nimport * as module1 from 'keras-primer';";

  it('reads the types of what notebooks import, then loads it', async () => {
    assert.deepEqual(await doneUntil(Infinity), [types, '@tensorflow/tfjs', 'keras-primer']);
  });

  it('does nothing for a kernel that is wanted at once', async () => {
    assert.deepEqual(await doneUntil(0), []);
  });

  it('stops when a cell comes, and at the first failure', async () => {
    assert.deepEqual(await doneUntil(2), [types, '@tensorflow/tfjs']);
    assert.deepEqual(await doneUntil(Infinity, 1), [types]);
  });
});
