import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { notebookProgress } from '../../src/notebook/notebookProgress';
import type { ProgressPort } from '../../src/progress/progressPort';

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

  describe('of trainings', () => {
    const plan = { runs: [{ name: '' }], first: 1, last: 5 };
    const setUpBoards = (lastOnly?: ProgressPort) => {
      const shown: {
        html: string;
        text: unknown;
        id: string | undefined;
        update: boolean | undefined;
        at: number;
      }[] = [];
      const progress = notebookProgress(
        (bundle, { id, update } = {}) => {
          const [html, text] = [String(bundle['text/html']), bundle['text/plain']];
          shown.push({ html, text, id, update, at: performance.now() });
        },
        { lastOnly },
      );
      const board = progress.board!(plan)!;
      return { shown, progress, board };
    };

    it('is one display, at most ten times a second, and always shows the last state', async () => {
      const { shown, board } = setUpBoards();
      const line = board.line();
      const end = performance.now() + 350;
      let count = 0;
      while (performance.now() < end) {
        line.update(`step ${++count}`);
        board.point('', count, { loss: 1 / count });
        await delay(1);
      }
      line.finish('done');
      board.close();
      assert.equal(shown.at(-1)?.text, 'done');
      assert.ok(!shown.at(-1)?.html.includes('<progress'));
      assert.equal(new Set(shown.map(({ id }) => id)).size, 1);
      assert.deepEqual(
        shown.map(({ update }) => update),
        shown.map((_, at) => at > 0),
      );
      assert.ok(shown.length >= 3, `${shown.length} updates`);
      // The last state does not wait.
      for (const [at, { at: time }] of shown.slice(0, -1).entries()) {
        const before = shown[at - 1];
        if (before) assert.ok(time - before.at >= 95, `${time - before.at} ms`);
      }
      const length = shown.length;
      await delay(150);
      assert.equal(shown.length, length);
    });

    it('is not drawn for a training of two epochs', () => {
      const { progress } = setUpBoards();
      assert.equal(progress.board!({ ...plan, last: 2 }), undefined);
    });

    it('keeps its place when something else is shown meanwhile', () => {
      const { shown, progress, board } = setUpBoards();
      board.advance(0.1);
      for (let i = 0; i < 100; i++) progress.breakBlock();
      assert.equal(shown.length, 1);
      progress.line().finish('other');
      progress.flush();
      board.close();
      assert.deepEqual(
        shown.map(({ id }) => id === shown[0]!.id),
        [true, false, true],
      );
    });

    it('shows the last state only, where asked to, and lines elsewhere', async () => {
      const lines: string[] = [];
      const { shown, progress, board } = setUpBoards({
        line: () => ({ update: () => {}, finish: text => void lines.push(text) }),
      });
      progress.line().finish('before');
      board.line().finish('Epoch 1/5');
      board.point('', 1, { loss: 1 });
      progress.breakBlock();
      progress.flush();
      await delay(120);
      assert.equal(shown.length, 0);
      board.close();
      board.close();
      assert.equal(shown.length, 1);
      assert.deepEqual([lines, shown[0]!.text], [['before'], 'Epoch 1/5']);
    });
  });
});
