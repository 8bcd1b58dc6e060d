import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { watchBackground } from '../../../src/notebook/kernel/background';
import { KeyboardInterrupt } from '../../../src/notebook/kernel/KeyboardInterrupt';

describe('watchBackground', () => {
  const setUp = () => {
    const emitter = new EventEmitter();
    const noticed: unknown[] = [];
    return { emitter, noticed, background: watchBackground(emitter, reason => noticed.push(reason)) };
  };

  it('keeps rejections and errors once, and strikes out what is handled after all', () => {
    const { emitter, noticed, background } = setUp();
    const reason = new Error('a');
    const first = {};
    const second = {};
    assert.equal(emitter.emit('unhandledRejection', reason, first), true);
    emitter.emit('uncaughtException', reason);
    emitter.emit('unhandledRejection', new Error('b'), second);
    emitter.emit('rejectionHandled', second);
    assert.equal(noticed.length, 3);
    assert.deepEqual(background.take(), [reason]);
    assert.deepEqual(background.take(), []);
  });

  it('keeps other handlers from these events, and only from these', () => {
    const { emitter, background } = setUp();
    const heard: string[] = [];
    for (const event of ['unhandledRejection', 'uncaughtException', 'other'])
      emitter.on(event, () => heard.push(event));
    for (const event of ['unhandledRejection', 'uncaughtException', 'other']) emitter.emit(event, 1, {});
    assert.deepEqual(heard, ['other']);
    background.close();
    emitter.emit('uncaughtException', 1);
    assert.deepEqual(heard, ['other', 'uncaughtException']);
  });

  it('takes what the stop button threw for no error', () => {
    const { emitter, background, noticed } = setUp();
    emitter.emit('unhandledRejection', new KeyboardInterrupt(), {});
    emitter.emit('uncaughtException', new KeyboardInterrupt());
    assert.deepEqual([background.take(), noticed], [[], []]);
  });
});
