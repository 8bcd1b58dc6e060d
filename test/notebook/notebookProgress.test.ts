import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { notebookProgress } from '../../src/notebook/notebookProgress';

describe('notebookProgress', () => {
  const setUp = () => {
    const shown: { text: unknown; id: string | undefined; update: boolean | undefined; at: number }[] = [];
    const progress = notebookProgress((bundle, { id, update } = {}) => {
      shown.push({ text: bundle['text/plain'], id, update, at: performance.now() });
    });
    return { shown, progress };
  };

  it('updates one display, at most ten times a second, and always shows the last state', async () => {
    const { shown, progress } = setUp();
    const line = progress.line();
    const end = performance.now() + 350;
    let count = 0;
    while (performance.now() < end) {
      line.update(`step ${++count}`);
      await delay(1);
    }
    line.finish('done');
    await delay(150);
    assert.equal(shown.at(-1)?.text, 'done');
    assert.equal(new Set(shown.map(({ id }) => id)).size, 1);
    assert.deepEqual(
      shown.map(({ update }) => update),
      shown.map((_, at) => at > 0),
    );
    assert.ok(shown.length >= 3, `${shown.length} updates`);
    for (const [at, { at: time }] of shown.entries()) {
      const before = shown[at - 1];
      if (before) assert.ok(time - before.at >= 95, `${time - before.at} ms`);
    }
  });

  it('gathers the lines that follow each other', () => {
    const { shown, progress } = setUp();
    for (let epoch = 1; epoch <= 3; epoch++) progress.line().finish(`Epoch ${epoch}`);
    progress.line().update('Epoch 4 half');
    progress.flush();
    assert.deepEqual(
      shown.map(({ text }) => text),
      ['Epoch 1', 'Epoch 1\nEpoch 2\nEpoch 3\nEpoch 4 half'],
    );
    progress.flush();
    assert.equal(shown.length, 2);
  });

  it('begins a new display after other output, and after many lines', () => {
    const { shown, progress } = setUp();
    progress.line().finish('a');
    progress.breakBlock();
    for (let at = 0; at < 120; at++) progress.line().finish(`line ${at}`);
    progress.flush();
    const ids = [...new Set(shown.map(({ id }) => id))];
    const blocks = ids.map(id => String(shown.findLast(message => message.id === id)?.text).split('\n'));
    assert.deepEqual(blocks.flat(), ['a', ...Array.from({ length: 120 }, (_, at) => `line ${at}`)]);
    assert.deepEqual(
      blocks.map(block => block.length),
      [1, 50, 50, 20],
    );
  });
});
