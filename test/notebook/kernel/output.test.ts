import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import * as fc from 'fast-check';
import { Output } from '../../../src/notebook/kernel/output';

describe('Output', () => {
  const setUp = () => {
    const before: string[] = [];
    const sent: [string, unknown][] = [];
    const output = new Output((name, text) => before.push(`${name}: ${text}`));
    const direct = () =>
      output.direct({
        publish: (type, content) => sent.push([type, content.text ?? content.data ?? content]),
      });
    return { output, sent, before, direct };
  };

  it('keeps all text in its order, in fewer messages', () => {
    const part = fc.tuple(fc.constantFrom('stdout' as const, 'stderr' as const), fc.string({ minLength: 1 }));
    fc.assert(
      fc.property(fc.array(part), parts => {
        const { output, sent, direct } = setUp();
        direct();
        for (const [name, text] of parts) output.stream(name, text);
        output.flush();
        assert.equal(sent.map(([, text]) => text).join(''), parts.map(([, text]) => text).join(''));
        const changes = parts.filter(([name], at) => name !== parts[at - 1]?.[0]).length;
        assert.ok(sent.length >= changes);
      }),
    );
  });

  it('sends text before a display that follows it, and after a while by itself', async () => {
    const { output, sent, direct } = setUp();
    direct();
    output.stream('stdout', 'a');
    output.display({ 'text/plain': 'b' }, { id: '1', update: true });
    output.stream('stdout', 'c');
    assert.deepEqual(sent, [
      ['stream', 'a'],
      ['update_display_data', { 'text/plain': 'b' }],
    ]);
    await delay(120);
    assert.deepEqual(sent.at(-1), ['stream', 'c']);
  });

  it('prints to the terminal before the first cell', () => {
    const { output, before, sent, direct } = setUp();
    output.stream('stderr', 'early');
    direct();
    assert.deepEqual(before, ['stderr: early']);
    assert.deepEqual(sent, []);
  });

  it('puts bytes of a character together and calls back', async () => {
    const { output, sent, direct } = setUp();
    direct();
    const write = output.writer('stdout');
    const bytes = Buffer.from('电影');
    write(bytes.subarray(0, 2));
    await new Promise<void>(resolve => write(bytes.subarray(2), () => resolve()));
    output.flush();
    assert.deepEqual(sent, [['stream', '电影']]);
  });
});
