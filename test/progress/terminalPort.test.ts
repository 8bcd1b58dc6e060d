import assert from 'node:assert/strict';
import { terminalPort } from '../../src/progress/terminalPort';

function fakeStream(isTTY: boolean, columns?: number) {
  const written: string[] = [];
  return { isTTY, columns, written, write: (text: string) => written.push(text) };
}

describe('terminalPort', () => {
  it('rewrites one line on a terminal', () => {
    const stream = fakeStream(true);
    const line = terminalPort(stream).line();
    line.update('one');
    line.update('two, too soon to draw');
    line.finish('three');
    assert.deepEqual(stream.written, ['\r\x1b[2Kone', '\r\x1b[2Kthree\n']);
  });

  it('cuts a moving line to the width of the terminal, and ends it whole', () => {
    const stream = fakeStream(true, 10);
    const line = terminalPort(stream).line();
    line.update('0123456789abc');
    line.finish('0123456789abc');
    assert.deepEqual(stream.written, ['\r\x1b[2K01234567…', '\r\x1b[2K0123456789abc\n']);
  });

  it('writes finished lines only elsewhere', () => {
    const stream = fakeStream(false);
    const line = terminalPort(stream).line();
    line.update('one');
    line.finish('two');
    assert.deepEqual(stream.written, ['two\n']);
  });
});
