import assert from 'node:assert/strict';
import { LiveBoard } from '../../src/notebook/LiveBoard';

describe('LiveBoard', () => {
  it('stays small over very many epochs, and knows the first and the newest', () => {
    const epochs = 20_000;
    const shown: { html: string; text: string }[] = [];
    const board = new LiveBoard(
      { runs: [{ name: '' }], first: 1, last: epochs },
      bundle => void shown.push({ html: String(bundle['text/html']), text: String(bundle['text/plain']) }),
      true,
      () => {},
    );
    for (let epoch = 1; epoch <= epochs; epoch++) {
      board.line().finish(`Epoch ${epoch}`);
      board.point('', epoch, { loss: 1 / epoch });
    }
    board.close();
    const { html, text } = shown[0]!;
    assert.equal(shown.length, 1);
    assert.ok(html.length < 20_000, String(html.length));
    const lines = text.split('\n');
    assert.equal(lines.length, 101);
    assert.deepEqual(
      [lines[0], lines[49], lines[50], lines[51], lines[100]],
      ['Epoch 1', 'Epoch 50', '… 19900 more …', 'Epoch 19951', 'Epoch 20000'],
    );
    assert.match(html, /training 0\.00005</);
    // From the first epoch, at the left end and high up, to the last, at the right end and low.
    const path = / d="M([\d.]+),([\d.]+)h0L.*L([\d.]+),([\d.]+)" fill="none"/
      .exec(html)!
      .slice(1)
      .map(Number);
    assert.deepEqual([path[0], path[2]], [48, 318]);
    assert.ok(path[1]! < 15 && path[3]! > 105);
  });

  it('draws what was shown when a callback changes the values later', () => {
    let html = '';
    const board = new LiveBoard(
      { runs: [{ name: '' }], first: 1, last: 3 },
      bundle => void (html = String(bundle['text/html'])),
      true,
      () => {},
    );
    const logs: Record<string, number> = { loss: 0.5 };
    board.point('', 1, logs);
    logs['more'] = 1;
    board.close();
    assert.ok(html.includes('loss by epoch') && !html.includes('more'));
  });
});
