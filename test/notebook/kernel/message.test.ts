import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { Message, type Header } from '../../../src/notebook/kernel/message';

describe('Message', () => {
  const header: Header = {
    msg_id: '1',
    msg_type: 't',
    session: 's',
    username: 'u',
    date: 'd',
    version: '5.3',
  };
  const parse = (frames: (Buffer | string)[], key: string) =>
    Message.parse(
      frames.map(frame => Buffer.from(frame)),
      key,
    );

  it('reads what it writes, for any content, key and identities', () => {
    const identity = fc.uint8Array({ minLength: 1, maxLength: 5 }).map(bytes => Buffer.from(bytes));
    fc.assert(
      fc.property(
        fc.string(),
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.array(identity),
        (key, value, identities) => {
          const content = JSON.parse(JSON.stringify({ value }));
          const message = parse(
            [...identities, ...Message.frames(key, header, { msg_id: '0' }, content)],
            key,
          );
          assert.deepEqual(message.header, header);
          assert.deepEqual(message.parent, { msg_id: '0' });
          assert.deepEqual(message.content, content);
          assert.deepEqual(message.identities, identities);
        },
      ),
    );
  });

  it('answers to the same identities, about the same message', () => {
    const message = parse(['me', ...Message.frames('k', header, {}, {})], 'k');
    const reply = parse(message.reply('x_reply', { status: 'ok' }).frames('k'), 'k');
    assert.deepEqual(reply.identities.map(String), ['me']);
    assert.equal(reply.parent.msg_id, '1');
    assert.equal(reply.header.msg_type, 'x_reply');
    const published = parse(message.publication('stream', {}).frames('k'), 'k');
    assert.deepEqual(published.identities.map(String), ['stream']);
    assert.equal(published.parent.msg_id, '1');
  });

  it('refuses what is not signed with the key, or no message', () => {
    assert.throws(() => parse(Message.frames('a', header, {}, {}), 'b'), {
      message: 'Expected a Jupyter message signed with the key of this kernel, received another.',
    });
    assert.throws(() => parse(['x'], 'k'), { message: 'Expected a Jupyter message of 6 parts, received 1.' });
  });
});
